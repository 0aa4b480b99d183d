#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "spectra/core/reference.hpp"

namespace singel::spectra::io {

// BLAKE2b-256 (RFC 7693) over a sequence of fields. Numbers count as eight little-endian bytes, texts are preceded
// by their length in bytes, so that no two different sequences give the same bytes.
class Digest {
public:
    Digest();
    Digest& bytes(std::span<const std::byte> data);  // no length before them
    Digest& text(std::string_view text);
    Digest& number(std::uint64_t value);
    Digest& number(double value);
    std::string hex();  // 64 digits; nothing may be added afterwards

private:
    struct Wipe {
        void operator()(void* state) const;
    };
    std::unique_ptr<void, Wipe> state_;
};

// Of the float values alone, in their little-endian bytes.
std::string matrix_digest(std::span<const float> values);

// Of everything that a library says: FORMATS.md lists the fields in order. The matrix enters by its own digest, so
// that opening a library can check all of it but the matrix.
std::string library_id(const core::ReferenceSet& references, std::string_view matrix_digest);

}  // namespace singel::spectra::io
