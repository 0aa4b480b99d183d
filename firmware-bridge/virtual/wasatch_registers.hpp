#pragma once

#include <cstdint>
#include <map>

#include "firmware-bridge/wire/fid/operations.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// What a host has set and reads back, by operation; 0 where nobody set anything.
class WasatchRegisters {
public:
    using Operation = wire::fid::Operation;

    void clear() { values_.clear(); }
    void set(const Operation& row, std::uint64_t value) { values_[&row] = value; }
    std::uint64_t get(const Operation& row) const {
        const auto found = values_.find(&row);
        return found == values_.end() ? 0 : found->second;
    }

private:
    std::map<const Operation*, std::uint64_t> values_;
};

}  // namespace singel::firmware_bridge::virtual_instrument
