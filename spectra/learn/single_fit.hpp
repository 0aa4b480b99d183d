#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "spectra/learn/relearn.hpp"

namespace singel::spectra::learn {

// A pair's query explained by its best reference alone: what of it the same substance elsewhere does not show.
// Curves are on the analysis grid and at unit amplitude.
struct SingleFit {
    std::size_t source = 0, pair = 0;
    core::Axis grid;
    double residual_part = 1.0;  // norm of the residual over that of all bands
    std::array<double, identify::nuisance_shapes> deviation{};
    identify::Vector residual, noise;                              // noise: variance
    std::array<identify::Vector, identify::mismatch_terms> terms;  // variance that a coefficient of 1 would give
    identify::Vector known;                                        // 1 where both were measured, else 0
};

// A library reference of another solid form, or of something else. Fixed beforehand; powders of one form lie at 0.05
// to 0.3 (orientation, grain).
inline constexpr double other_form_residual = 0.45;
inline bool other_form(const SingleFit& fit) {
    return fit.residual_part > other_form_residual;
}

// One for each pair whose query can be fitted, in order of sources and pairs. Deviations are bounded by the nuisance
// widths of learned, the weights are its mismatch.
std::vector<SingleFit> fit_pairs(std::span<const Source> sources, const identify::Learned& learned,
                                 const core::ParallelFor& parallel);

}  // namespace singel::spectra::learn
