#pragma once

#include <map>
#include <optional>

#include "firmware-bridge/virtual/device.hpp"

namespace singel::firmware_bridge::trace {

using virtual_instrument::Clock;
using virtual_instrument::Completion;
using virtual_instrument::Setup;
using virtual_instrument::Status;
using virtual_instrument::UsbDevice;

// A host that remembers what it was answered. Time is what it says.
class Host {
public:
    explicit Host(UsbDevice& device) : device_(device) {
        device.on_complete = [this](Completion completion) { answers_[completion.id] = std::move(completion); };
    }
    std::uint64_t control(const Setup& setup, std::vector<std::uint8_t> out = {}) {
        device_.submit_control(++last_, setup, out, now);
        return last_;
    }
    std::uint64_t write(std::uint8_t endpoint, std::vector<std::uint8_t> data) {
        device_.submit_bulk_out(++last_, endpoint, data, now);
        return last_;
    }
    std::uint64_t read(std::uint8_t endpoint, std::size_t room) {
        device_.submit_bulk_in(++last_, endpoint, room, now);
        return last_;
    }
    const Completion* answer(std::uint64_t id) const {
        const auto found = answers_.find(id);
        return found == answers_.end() ? nullptr : &found->second;
    }
    void wait_until(Clock when) { device_.advance(now = when); }

    Clock now{0};

private:
    UsbDevice& device_;
    std::map<std::uint64_t, Completion> answers_;
    std::uint64_t last_ = 0;
};

}  // namespace singel::firmware_bridge::trace
