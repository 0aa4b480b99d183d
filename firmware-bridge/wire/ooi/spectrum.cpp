#include "firmware-bridge/wire/ooi/spectrum.hpp"

#include "firmware-bridge/wire/bytes.hpp"

namespace singel::firmware_bridge::wire::ooi {

Bytes encode_spectrum(std::span<const std::uint16_t> counts) {
    Bytes out = encode_counts(counts);
    out.push_back(sync_byte);
    return out;
}

Decoded<std::vector<std::uint16_t>> decode_spectrum(ByteView bytes, std::size_t pixels) {
    if (bytes.size() != spectrum_bytes(pixels)) return wrong_length("spectrum", bytes.size(), spectrum_bytes(pixels));
    if (bytes.back() != sync_byte) {
        return malformed("spectrum: last byte is " + std::to_string(bytes.back()) + " instead of the sync byte 105");
    }
    return decode_counts(bytes.first(2 * pixels));
}

}  // namespace singel::firmware_bridge::wire::ooi
