#pragma once

#include <cstddef>
#include <span>

#include "spectra/core/spectrum.hpp"

namespace singel::spectra::process {

// Multiplies each point by 10^(c0 + c1 pixel + …), Wasatch's relative intensity correction. first_pixel: detector
// pixel of the first point. Only points inside the calibrated range may be given: outside it the polynomial means
// nothing.
core::Spectrum raman_intensity(const core::Spectrum& spectrum, std::span<const double> coefficients,
                               std::size_t first_pixel);

}  // namespace singel::spectra::process
