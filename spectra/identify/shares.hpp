#pragma once

#include <vector>

#include "spectra/identify/fit.hpp"
#include "spectra/identify/identification.hpp"

namespace singel::spectra::identify {

struct Share {
    double value = 0.0;
    Interval interval;  // 95 %
};

// Each member's part of the area that all members explain. The interval holds the fit's own covariance (noise,
// mismatch, baseline, deviations), the relative area of one substance between instruments, and what is left over
// in the residual, which the sum lacks.
std::vector<Share> shares_of(const Observation& observation, const Library& library, const Fit& fit);

}  // namespace singel::spectra::identify
