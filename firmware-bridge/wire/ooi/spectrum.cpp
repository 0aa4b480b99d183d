#include "firmware-bridge/wire/ooi/spectrum.hpp"

#include <algorithm>
#include <cassert>

#include "firmware-bridge/wire/bytes.hpp"

namespace singel::firmware_bridge::wire::ooi {

namespace {

constexpr std::uint16_t twelve_bits = 0x0FFF;

Bytes split(std::span<const std::uint16_t> counts) {
    Bytes out;
    for (std::size_t from = 0; from < counts.size(); from += full_speed_packet) {
        const auto packet = counts.subspan(from, std::min(full_speed_packet, counts.size() - from));
        for (const std::uint16_t count : packet) out.push_back(static_cast<std::uint8_t>(count & 0xFF));
        for (const std::uint16_t count : packet) out.push_back(static_cast<std::uint8_t>(count >> 8));
    }
    return out;
}

std::vector<std::uint16_t> join(ByteView bytes) {
    std::vector<std::uint16_t> counts;
    for (std::size_t from = 0; from < bytes.size(); from += 2 * full_speed_packet) {
        const std::size_t pixels = std::min(2 * full_speed_packet, bytes.size() - from) / 2;
        const ByteView low = bytes.subspan(from, pixels), high = bytes.subspan(from + pixels, pixels);
        for (std::size_t i = 0; i < pixels; ++i) {
            counts.push_back(static_cast<std::uint16_t>((low[i] | high[i] << 8) & twelve_bits));
        }
    }
    return counts;
}

}  // namespace

std::size_t spectrum_bytes(const Dialect& dialect) {
    return 2 * dialect.pixels + (dialect.sync ? 1 : 0);
}

std::vector<SpectrumPart> spectrum_parts(const Dialect& dialect, bool high_speed) {
    const std::size_t first = high_speed ? dialect.first_on_second : 0;
    const SpectrumPart rest{dialect.endpoints.spectrum, spectrum_bytes(dialect) - first};
    if (first == 0) return {rest};
    return {{dialect.endpoints.second_spectrum, first}, rest};
}

std::uint8_t packets_per_spectrum(const Dialect& dialect, bool high_speed) {
    const std::size_t packet = packet_size(dialect, high_speed);
    return static_cast<std::uint8_t>(whole_packets(2 * dialect.pixels, packet) / packet);
}

Bytes encode_spectrum(std::span<const std::uint16_t> counts, const Dialect& dialect) {
    assert(counts.size() == dialect.pixels);
    std::vector<std::uint16_t> sent(counts.begin(), counts.end());
    for (std::uint16_t& count : sent) count = static_cast<std::uint16_t>(count ^ dialect.flip);
    Bytes out = dialect.form == PixelForm::split_bytes ? split(sent) : encode_counts(sent);
    if (dialect.sync) out.push_back(sync_byte);
    return out;
}

Decoded<std::vector<std::uint16_t>> decode_spectrum(ByteView bytes, const Dialect& dialect) {
    const std::size_t expected = spectrum_bytes(dialect);
    if (bytes.size() != expected) return wrong_length("spectrum", bytes.size(), expected);
    if (dialect.sync && bytes.back() != sync_byte) {
        return malformed("spectrum: last byte is " + std::to_string(bytes.back()) + " instead of the sync byte 105");
    }
    const ByteView pixels = bytes.first(2 * dialect.pixels);
    std::vector<std::uint16_t> counts = dialect.form == PixelForm::split_bytes ? join(pixels) : decode_counts(pixels);
    for (std::uint16_t& count : counts) count = static_cast<std::uint16_t>(count ^ dialect.flip);
    return counts;
}

}  // namespace singel::firmware_bridge::wire::ooi
