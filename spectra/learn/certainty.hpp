#pragma once

#include <span>

#include "spectra/learn/simulate.hpp"

namespace singel::spectra::learn {

// The certainty's intercept and weights: ridge logistic regression on standardised features, given for the raw ones.
void learn_certainty(identify::Learned& learned, std::span<const Row> rows, double ridge = 3.0);

}  // namespace singel::spectra::learn
