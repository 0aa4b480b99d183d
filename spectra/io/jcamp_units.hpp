#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spectra/core/spectrum.hpp"

// What the words of a JCAMP-DX header mean here.
namespace singel::spectra::io {

core::Technique jcamp_technique(std::string_view data_type);  // "INFRARED SPECTRUM"
core::Ordinate jcamp_ordinate(std::string_view y_units);      // "TRANSMITTANCE"

// The axis of abscissas in the given XUNITS. Units of another world (Hz, ppm) and none at all give an axis that only
// numbers the points, and a warning; a Raman block without units is taken as Raman shift, with a warning.
core::Result<core::Axis> jcamp_axis(std::string_view x_units, core::Technique technique, std::vector<double> x,
                                    std::vector<std::string>& warnings);

}  // namespace singel::spectra::io
