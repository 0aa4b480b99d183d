#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "firmware-bridge/wire/decoded.hpp"

namespace singel::firmware_bridge::wire::ooi {

inline constexpr std::uint8_t sync_byte = 0x69;  // last, as a packet of its own

constexpr std::size_t spectrum_bytes(std::size_t pixels) {
    return 2 * pixels + 1;
}

// What to ask for in a bulk read: whole packets, so that one byte too many is data and not an overflow.
constexpr std::size_t spectrum_capacity(std::size_t pixels, std::size_t packet_size) {
    return (spectrum_bytes(pixels) + packet_size - 1) / packet_size * packet_size;
}

Bytes encode_spectrum(std::span<const std::uint16_t> counts);

// Exactly pixels values and the sync byte. Anything else means that the stream has lost its step: drop the frame
// and recover (section 9.3).
Decoded<std::vector<std::uint16_t>> decode_spectrum(ByteView bytes, std::size_t pixels);

}  // namespace singel::firmware_bridge::wire::ooi
