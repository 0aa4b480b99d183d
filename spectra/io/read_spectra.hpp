#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spectra/core/result.hpp"
#include "spectra/core/spectrum.hpp"

namespace singel::spectra::io {

// One measurement of a file: what the file holds, each column with its meaning. Personal fields are never read.
struct Measurement {
    std::string title;            // of the block or file, never a person
    core::Spectrum raw;           // detector signal, empty when the file has none
    core::Spectrum dark;          // same axis; empty when the file has none
    core::Spectrum processed;     // worked on by others; empty when the file has none
    core::Axis wavelengths;       // device nm of each point, when the file has them besides its axis; else empty
    std::size_t first_pixel = 0;  // of the detector, that the first point belongs to; 0 when the file has no pixels
    std::optional<std::chrono::microseconds> integration_time;
    std::optional<core::DeviceNm> excitation;
    std::vector<std::string> warnings;  // "block 2: NPOINTS says 800, the table has 801"
    core::Spectrum scan() const;        // raw - dark when both are there, else raw, else processed
};

struct ReadLimits {
    std::size_t max_bytes = std::size_t{64} << 20;
    std::size_t max_points = std::size_t{1} << 24;
};

// Sniffs the format by content (ENLIGHTEN CSV, BWSpec text, JCAMP-DX, text in columns or rows) and reads all spectra
// in it. Errors name the line. Pure: no I/O, no locale, no global state.
core::Result<std::vector<Measurement>> parse_spectra(std::span<const char> bytes, std::string_view source,
                                                     const ReadLimits& limits = {});

core::Result<std::vector<Measurement>> read_spectra(const std::filesystem::path& file, const ReadLimits& limits = {});

}  // namespace singel::spectra::io
