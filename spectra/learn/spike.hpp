#pragma once

#include <span>
#include <string>
#include <vector>

#include "spectra/learn/simulate.hpp"

namespace singel::spectra::learn {

// One spike of an absent substance into a sum of two others, at the limit that a multiple kappa would state.
struct Spike {
    double kappa = 0.0, share = 0.0;
    std::size_t pair = 0;
    bool named = false;
    std::string substance = {};
};

// as_printed: the library's own limits with their floors; otherwise a multiple is drawn for each spike (log-uniform,
// 3 to 200) and the floors are taken off. Noise is redrawn between stating the limit and spiking. Nothing comes of
// fewer than three substances.
std::vector<Spike> spike(const Bench& bench, std::span<const std::size_t> pairs, std::size_t samples, bool as_printed,
                         std::uint64_t seed, const core::ParallelFor& parallel = core::in_order);

}  // namespace singel::spectra::learn
