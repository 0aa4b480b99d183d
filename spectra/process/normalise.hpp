#pragma once

#include "spectra/core/result.hpp"
#include "spectra/core/spectrum.hpp"

// Steps that bring spectra to a common scale, for ranking only: the amplitude that detection rests on is lost. NaN
// points are left out and stay NaN; sigma is scaled alike; provenance grows by one step. A spectrum without the
// quantity to divide by is refused.
namespace singel::spectra::process {

core::Result<core::Spectrum> unit_norm(const core::Spectrum& spectrum);                // sum of squares 1
core::Result<core::Spectrum> standard_normal_variate(const core::Spectrum& spectrum);  // mean 0, deviation 1
core::Result<core::Spectrum> unit_area(const core::Spectrum& spectrum);                // trapezoid integral 1

}  // namespace singel::spectra::process
