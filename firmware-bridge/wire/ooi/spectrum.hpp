#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "firmware-bridge/wire/decoded.hpp"
#include "firmware-bridge/wire/ooi/dialect.hpp"

// Spectra: notes on the OOI protocol, section 6. Which bytes come from which endpoint depends on the bus speed.
namespace singel::firmware_bridge::wire::ooi {

inline constexpr std::uint8_t sync_byte = 0x69;  // last, as a packet of its own

// One endpoint's share of a spectrum.
struct SpectrumPart {
    std::uint8_t endpoint = 0;
    std::size_t bytes = 0;
    friend bool operator==(const SpectrumPart&, const SpectrumPart&) = default;
};

std::size_t spectrum_bytes(const Dialect& dialect);
// In the order in which the bytes belong together: one part, or two for USB4000 and HR4000 at high speed.
std::vector<SpectrumPart> spectrum_parts(const Dialect& dialect, bool high_speed);
// Full packets of counts, as the status tells it: the sync byte not counted.
std::uint8_t packets_per_spectrum(const Dialect& dialect, bool high_speed);

// What to ask for in a bulk read: whole packets, so that one byte too many is data and not an overflow.
constexpr std::size_t whole_packets(std::size_t bytes, std::size_t packet_size) {
    return (bytes + packet_size - 1) / packet_size * packet_size;
}

// All parts, one after the other. Where bytes are split, the upper four bits of a count travel as they are: noise.
Bytes encode_spectrum(std::span<const std::uint16_t> counts, const Dialect& dialect);

// Exactly the pixels of the dialect and the sync byte. Anything else means that the stream has lost its step: drop
// the frame and recover (section 9.3).
Decoded<std::vector<std::uint16_t>> decode_spectrum(ByteView bytes, const Dialect& dialect);

}  // namespace singel::firmware_bridge::wire::ooi
