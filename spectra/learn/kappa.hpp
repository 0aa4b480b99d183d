#pragma once

#include <span>

#include "spectra/learn/spike.hpp"

namespace singel::spectra::learn {

// The multiple that is named in 95 % of cases, by logistic regression on its logarithm.
double learn_kappa(std::span<const Spike> spikes);

}  // namespace singel::spectra::learn
