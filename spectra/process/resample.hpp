#pragma once

#include "spectra/core/spectrum.hpp"

namespace singel::spectra::process {

// The spectrum on another axis of the same kind. Where the new grid is finer or about as fine, a local cubic
// (Catmull-Rom) passes through the measured points; where it is coarser, the interpolated curve is averaged
// over each new cell, so that white noise stays white and sigma shrinks accordingly. Points outside the measured
// range become NaN. Provenance grows by "resample".
core::Result<core::Spectrum> resample(const core::Spectrum& spectrum, const core::Axis& target);

}  // namespace singel::spectra::process
