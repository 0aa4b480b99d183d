#pragma once

#include <span>

#include "spectra/core/spectrum.hpp"

namespace singel::spectra::process {

// Multiplies each point, and its sigma, by its own relative intensity factor (dimensionless, one a point).
core::Spectrum raman_intensity(const core::Spectrum& spectrum, std::span<const double> factors);

}  // namespace singel::spectra::process
