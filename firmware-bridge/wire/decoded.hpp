#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace singel::firmware_bridge::wire {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

// Why bytes that others wrote could not be understood: names the field and the values.
struct Malformed {
    std::string what;
    friend bool operator==(const Malformed&, const Malformed&) = default;
};

template <class T>
struct [[nodiscard]] Decoded : tl::expected<T, Malformed> {
    using tl::expected<T, Malformed>::expected;
};

inline tl::unexpected<Malformed> malformed(std::string what) {
    return tl::unexpected<Malformed>(Malformed{std::move(what)});
}

// "spectrum: 3840 of 4097 bytes"
inline tl::unexpected<Malformed> wrong_length(std::string_view what, std::size_t have, std::size_t want) {
    return malformed(std::string(what) + ": " + std::to_string(have) + " of " + std::to_string(want) + " bytes");
}

}  // namespace singel::firmware_bridge::wire
