#pragma once

#include <chrono>
#include <vector>

#include "firmware-bridge/wire/bytes.hpp"

// Spectra as OBP devices send them: notes on the OBP protocol, sections 8.3 and 8.4.
namespace singel::firmware_bridge::wire::obp {

using Counts = std::vector<std::uint32_t>;

// ---- 00101000, 00101100: u16 a pixel and nothing else -------------------------------------------------------

Bytes encode_plain(const Counts& counts);
Decoded<Counts> decode_plain(ByteView payload, std::size_t pixels);

// ---- 00100928 (QE-PRO): 32 bytes of metadata, then u32 a pixel of which 18 bits count -----------------------

inline constexpr std::size_t buffered_metadata_bytes = 32;
inline constexpr std::uint32_t eighteen_bits = 0x3FFFF;

struct BufferedSpectrum {
    std::uint32_t count = 0;  // of spectra since power-up: proves that none was lost
    std::chrono::microseconds ticks{};
    std::chrono::microseconds integration_time{};
    std::uint8_t trigger = 0;
    Counts counts;
    friend bool operator==(const BufferedSpectrum&, const BufferedSpectrum&) = default;
};
Bytes encode_buffered(const BufferedSpectrum& spectrum);
Decoded<BufferedSpectrum> decode_buffered(ByteView payload, std::size_t pixels);

// ---- 00100980 (Flame-X, Ocean FX): for each spectrum 64 bytes of metadata, the pixels, 4 unused bytes --------

inline constexpr std::size_t fast_metadata_bytes = 64, fast_trailing_bytes = 4, fast_spectra_limit = 15;

enum class PixelFormat : std::uint32_t { u16 = 1, u24 = 2, u32 = 3, f32 = 4 };

struct FastSpectrum {
    std::chrono::microseconds ticks{};
    std::chrono::microseconds integration_time{};
    std::uint32_t count = 0;       // of this spectrum: proves that none was lost
    std::uint32_t last_count = 0;  // of the newest spectrum in the buffer
    std::chrono::microseconds last_ticks{};
    std::uint16_t scans_averaged = 1;
    Counts counts;
    friend bool operator==(const FastSpectrum&, const FastSpectrum&) = default;
};
Bytes encode_fast(const std::vector<FastSpectrum>& spectra);  // u16 a pixel
// None up to fast_spectra_limit. Refuses a pixel format other than u16, u24 and u32, and lengths that do not belong
// to this number of pixels.
Decoded<std::vector<FastSpectrum>> decode_fast(ByteView payload, std::size_t pixels);

// ---- 00001C00 (OBP2): 32 bytes of metadata that nobody has explained, then u16 a pixel, or u32 sums ---------

inline constexpr std::size_t obp2_metadata_bytes = 32;

struct Obp2Spectrum {
    bool sums = false;  // of as many scans as an earlier session asked for: the device does not tell how many
    Counts counts;
    friend bool operator==(const Obp2Spectrum&, const Obp2Spectrum&) = default;
};
Bytes encode_obp2(const Obp2Spectrum& spectrum);
// The width is (payload - 32) / pixels: it is not constant.
Decoded<Obp2Spectrum> decode_obp2(ByteView payload, std::size_t pixels);

}  // namespace singel::firmware_bridge::wire::obp
