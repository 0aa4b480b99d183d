#pragma once

#include <span>

#include "spectra/core/result.hpp"
#include "spectra/core/spectrum.hpp"
#include "spectra/identify/fit.hpp"
#include "spectra/identify/identification.hpp"

namespace singel::spectra::identify {

// What the engine looks at: the spectrum on the analysis grid, its noise, and what can be said of its worth.
struct Observed {
    Observation observation;
    Vector bands;  // the observation less its own baseline (arPLS), for search and pictures; not for the fit
    Quality quality;
    bool noise_known = false;  // a detection limit may be stated
};

// Refuses another technique than the library's, a kind of axis that cannot be turned into the technique's, too little
// in common with the analysis range, and empty or constant input.
core::Result<Observed> observe(const core::Spectrum& spectrum, const Library& library);

// arPLS under the known points, 0 elsewhere; gaps are closed up for the smoother.
Vector baseline_under(const Vector& y, const Vector& known, const TechniqueSettings& settings);

// Standard deviation of white noise from third differences: a median, so that bands do not count. NaN are skipped;
// 0 when fewer than eight differences are left.
double third_difference_noise(std::span<const double> values);

}  // namespace singel::spectra::identify
