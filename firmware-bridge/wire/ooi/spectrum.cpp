#include "firmware-bridge/wire/ooi/spectrum.hpp"

namespace singel::firmware_bridge::wire::ooi {

Bytes encode_spectrum(std::span<const std::uint16_t> counts) {
    Bytes out;
    out.reserve(spectrum_bytes(counts.size()));
    for (const std::uint16_t count : counts) {
        out.push_back(static_cast<std::uint8_t>(count & 0xFF));
        out.push_back(static_cast<std::uint8_t>(count >> 8));
    }
    out.push_back(sync_byte);
    return out;
}

Decoded<std::vector<std::uint16_t>> decode_spectrum(ByteView bytes, std::size_t pixels) {
    if (bytes.size() != spectrum_bytes(pixels)) return wrong_length("spectrum", bytes.size(), spectrum_bytes(pixels));
    if (bytes.back() != sync_byte) {
        return malformed("spectrum: last byte is " + std::to_string(bytes.back()) + " instead of the sync byte 105");
    }
    std::vector<std::uint16_t> counts(pixels);
    for (std::size_t i = 0; i < pixels; ++i) {
        counts[i] = static_cast<std::uint16_t>(bytes[2 * i] | bytes[2 * i + 1] << 8);
    }
    return counts;
}

}  // namespace singel::firmware_bridge::wire::ooi
