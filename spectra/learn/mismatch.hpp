#pragma once

#include <span>

#include "spectra/learn/single_fit.hpp"

// What differs between two measurements of one substance, learned from fits of single pairs. Pairs of other forms do
// not belong among them.
namespace singel::spectra::learn {

// The coefficients of the variance terms: non-negative least squares of squared residuals less noise, weighted by
// the inverse of the variance itself, fifteen times.
void learn_mismatch(identify::Learned& learned, std::span<const SingleFit> fits);

// Widths of the priors on shift, stretch, width and response: 1.48 times the median magnitude, and no less than what
// instruments that were never compared may differ by.
void learn_deviations(identify::Learned& learned, std::span<const SingleFit> fits);

// On the grid of the first fit. Smooth shapes that residuals of many substances share: the container. None from few
// pairs.
void learn_backgrounds(identify::Learned& learned, std::span<const SingleFit> fits);

}  // namespace singel::spectra::learn
