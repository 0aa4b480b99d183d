#pragma once

#include "spectra/core/result.hpp"
#include "spectra/core/spectrum.hpp"

namespace singel::spectra::process {

inline constexpr double blackest_absorbance = 3.0;  // beyond it stray light and rounding are read

// Absorbance, -log10 of a transmittance or of a reflectance (of an attenuated total reflection, or log 1/R of a
// diffuse one), with its sigma. Parts of one and percent are told apart by the median: above 2 it is percent. A point
// of less than a thousandth, negative ones included, says only that the sample is black there: NaN, counted as
// saturated. Absorbance and what has no such meaning come back unchanged. Refuses a spectrum of which less than half
// is left.
core::Result<core::Spectrum> absorbance(const core::Spectrum& spectrum);

// True when the values stand near their top and bands reach down: a transmittance, or sample and background
// exchanged.
bool bands_point_down(const std::vector<double>& values);

}  // namespace singel::spectra::process
