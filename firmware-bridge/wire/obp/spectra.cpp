#include "firmware-bridge/wire/obp/spectra.hpp"

#include <cassert>

namespace singel::firmware_bridge::wire::obp {

namespace {

constexpr std::uint16_t fast_version = 1;

Counts read_counts(Reader& in, std::size_t pixels, std::size_t width) {
    Counts counts(pixels);
    for (std::uint32_t& count : counts) count = static_cast<std::uint32_t>(in.little(width));
    return counts;
}

void write_counts(Writer& out, const Counts& counts, std::size_t width) {
    for (const std::uint32_t count : counts) out.little(count, width);
}

// Bytes a pixel of an integer format; 0 for any other.
std::size_t width_of(std::uint32_t format) {
    switch (static_cast<PixelFormat>(format)) {
        case PixelFormat::u16: return 2;
        case PixelFormat::u24: return 3;
        case PixelFormat::u32: return 4;
        case PixelFormat::f32: break;
    }
    return 0;
}

Decoded<FastSpectrum> read_fast(Reader& in, std::size_t pixels) {
    const std::size_t begin = in.position();
    const std::uint16_t metadata = in.skip(2).u16le();
    const std::uint32_t pixel_bytes = in.u32le();
    FastSpectrum spectrum;
    spectrum.ticks = std::chrono::microseconds(static_cast<std::int64_t>(in.little(8)));
    spectrum.integration_time = std::chrono::microseconds(in.u32le());
    const std::uint32_t format = in.u32le();
    spectrum.count = in.u32le();
    spectrum.last_count = in.u32le();
    spectrum.last_ticks = std::chrono::microseconds(static_cast<std::int64_t>(in.little(8)));
    spectrum.scans_averaged = in.u16le();
    if (!in.ok()) return malformed("fast spectrum: cut short within its metadata");
    const std::size_t width = width_of(format);
    if (metadata != fast_metadata_bytes || width == 0 || pixel_bytes != width * pixels) {
        return malformed("fast spectrum: " + std::to_string(metadata) + " bytes of metadata, pixel format " +
                         std::to_string(format) + " and " + std::to_string(pixel_bytes) + " bytes for " +
                         std::to_string(pixels) + " pixels");
    }
    in.seek(begin + fast_metadata_bytes);
    spectrum.counts = read_counts(in, pixels, width);
    in.skip(fast_trailing_bytes);
    if (!in.ok()) return malformed("fast spectrum: cut short within its pixels");
    return spectrum;
}

void write_fast(Writer& out, const FastSpectrum& spectrum) {
    const std::size_t begin = out.bytes().size();
    constexpr std::size_t width = 2;
    out.u16le(fast_version).u16le(fast_metadata_bytes);
    out.u32le(static_cast<std::uint32_t>(width * spectrum.counts.size()));
    out.little(static_cast<std::uint64_t>(spectrum.ticks.count()), 8);
    out.u32le(static_cast<std::uint32_t>(spectrum.integration_time.count()));
    out.u32le(static_cast<std::uint32_t>(PixelFormat::u16)).u32le(spectrum.count).u32le(spectrum.last_count);
    out.little(static_cast<std::uint64_t>(spectrum.last_ticks.count()), 8).u16le(spectrum.scans_averaged);
    out.seek(begin + fast_metadata_bytes);
    write_counts(out, spectrum.counts, width);
    out.little(0, fast_trailing_bytes);
}

}  // namespace

Bytes encode_plain(const Counts& counts) {
    Writer out;
    write_counts(out, counts, 2);
    return out.bytes();
}

Decoded<Counts> decode_plain(ByteView payload, std::size_t pixels) {
    if (payload.size() != 2 * pixels) return wrong_length("spectrum", payload.size(), 2 * pixels);
    Reader in(payload);
    return read_counts(in, pixels, 2);
}

Bytes encode_buffered(const BufferedSpectrum& spectrum) {
    Writer out;
    out.u32le(spectrum.count).little(static_cast<std::uint64_t>(spectrum.ticks.count()), 8);
    out.u32le(static_cast<std::uint32_t>(spectrum.integration_time.count())).u8(spectrum.trigger);
    out.seek(buffered_metadata_bytes);
    write_counts(out, spectrum.counts, 4);
    return out.bytes();
}

Decoded<BufferedSpectrum> decode_buffered(ByteView payload, std::size_t pixels) {
    const std::size_t size = buffered_metadata_bytes + 4 * pixels;
    if (payload.size() != size) return wrong_length("buffered spectrum", payload.size(), size);
    Reader in(payload);
    BufferedSpectrum spectrum;
    spectrum.count = in.u32le();
    spectrum.ticks = std::chrono::microseconds(static_cast<std::int64_t>(in.little(8)));
    spectrum.integration_time = std::chrono::microseconds(in.u32le());
    spectrum.trigger = in.u8();
    in.seek(buffered_metadata_bytes);
    spectrum.counts = read_counts(in, pixels, 4);
    for (std::uint32_t& count : spectrum.counts) count &= eighteen_bits;
    return spectrum;
}

Bytes encode_fast(const std::vector<FastSpectrum>& spectra) {
    assert(spectra.size() <= fast_spectra_limit);
    Writer out;
    for (const FastSpectrum& spectrum : spectra) write_fast(out, spectrum);
    return out.bytes();
}

Decoded<std::vector<FastSpectrum>> decode_fast(ByteView payload, std::size_t pixels) {
    Reader in(payload);
    std::vector<FastSpectrum> spectra;
    while (in.left() > 0) {
        if (spectra.size() == fast_spectra_limit) {
            return malformed("fast spectra: " + std::to_string(in.left()) + " bytes after 15 spectra");
        }
        Decoded<FastSpectrum> one = read_fast(in, pixels);
        if (!one) return tl::unexpected(one.error());
        spectra.push_back(std::move(*one));
    }
    return spectra;
}

Bytes encode_obp2(const Obp2Spectrum& spectrum) {
    Writer out;
    out.seek(obp2_metadata_bytes);
    write_counts(out, spectrum.counts, spectrum.sums ? 4 : 2);
    return out.bytes();
}

Decoded<Obp2Spectrum> decode_obp2(ByteView payload, std::size_t pixels) {
    const std::size_t plain = obp2_metadata_bytes + 2 * pixels, sums = obp2_metadata_bytes + 4 * pixels;
    if (payload.size() != plain && payload.size() != sums) {
        return malformed("spectrum: " + std::to_string(payload.size()) + " bytes, neither " + std::to_string(plain) +
                         " nor " + std::to_string(sums));
    }
    Reader in(payload);
    Obp2Spectrum spectrum;
    spectrum.sums = payload.size() == sums;
    spectrum.counts = read_counts(in.skip(obp2_metadata_bytes), pixels, spectrum.sums ? 4 : 2);
    return spectrum;
}

}  // namespace singel::firmware_bridge::wire::obp
