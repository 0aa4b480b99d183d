#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spectra/io/read_spectra.hpp"

// What the readers share.
namespace singel::spectra::io {

inline constexpr std::size_t fewest_points = 16;

// "file.csv, line 12".
std::string at_line(std::string_view source, std::size_t line);

// The beginning of a line as it may stand in an error message: short, printable, quoted.
std::string shown(std::string_view text);

// How the three spectra of a measurement come from one instrument and one place in one file.
struct Origin {
    core::Technique technique = core::Technique::unknown;
    core::Provenance provenance;
};

// A spectrum of a file's column. Refuses values that are not there at all.
core::Spectrum column_spectrum(const core::Axis& axis, std::vector<double> values, core::NoiseBasis noise,
                               const Origin& origin);

// Fraction of the raw counts at or above the full scale of a 16-bit converter.
double clipped_fraction(const std::vector<double>& raw);

// The Raman shift axis of wavelengths that the instrument itself states, with the maker's offset in cm⁻¹.
core::Result<core::Axis> shifted_axis(const core::Axis& wavelengths, core::DeviceNm excitation,
                                      core::RamanShift offset);

}  // namespace singel::spectra::io
