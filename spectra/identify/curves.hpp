#pragma once

#include <vector>

#include "spectra/identify/fit.hpp"
#include "spectra/identify/identification.hpp"
#include "spectra/identify/library.hpp"

namespace singel::spectra::identify {

// What member j contributes to a fit, its deviations with it, on the analysis grid, in the observation's scale.
Vector member_curve(const Library& library, const Fit& fit, std::size_t j);

// A curve in the unit of the spectrum; NaN where nothing was measured.
std::vector<double> in_spectrum_unit(const Vector& curve, const Observation& observation);

FitCurves curves_of(const Observation& observation, const Library& library, const Fit& fit);

}  // namespace singel::spectra::identify
