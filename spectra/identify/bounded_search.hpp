#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "spectra/core/parallel.hpp"

// The best of many by a score that is dear to compute and cheap to bound: exactly what scoring all of them would
// give, because whatever is not scored has an upper bound below what was found.
namespace singel::spectra::identify {

struct Bounds {
    double low = 0.0, high = 0.0;
};

// Neither found nor scored.
Bounds excluded();

struct Scored {
    std::size_t index = 0;
    double score = 0.0;
};

// Writes the bounds of first, first + 1, … ; called from several threads.
using BoundsOf = std::function<void(std::size_t first, std::span<Bounds> bounds)>;
using ScoreOf = std::function<double(std::size_t index)>;

std::vector<Bounds> all_bounds(std::size_t count, const BoundsOf& bounds_of, const core::ParallelFor& parallel);

// The wanted greatest scores, greatest first, equal ones by index. low <= score <= high must hold.
std::vector<Scored> greatest(std::span<const Bounds> bounds, std::size_t wanted, const ScoreOf& score_of,
                             const core::ParallelFor& parallel = core::in_order);

}  // namespace singel::spectra::identify
