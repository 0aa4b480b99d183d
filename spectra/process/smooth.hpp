#pragma once

#include <cstddef>

#include "spectra/core/result.hpp"
#include "spectra/core/spectrum.hpp"

// Steps on a spectrum that change its shape. sigma follows as if the noise of the points were independent; provenance
// grows by one step.
namespace singel::spectra::process {

// Mean over half_width pixels on each side; fewer at the ends, NaN points left out.
core::Spectrum boxcar(const core::Spectrum& spectrum, std::size_t half_width);

// Savitzky-Golay (Anal. Chem. 36 (1964) 1627): at each point the value, or the derivative-th derivative per point, of
// the polynomial that fits the half_width points on each side best. At the ends the outermost window's polynomial is
// used. Refuses order > 6, derivative > order, and a window with no more points than the polynomial has coefficients
// or longer than the spectrum. Points whose window holds a NaN become NaN.
core::Result<core::Spectrum> savitzky_golay(const core::Spectrum& spectrum, std::size_t half_width, std::size_t order,
                                            std::size_t derivative = 0);

}  // namespace singel::spectra::process
