#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "spectra/core/parallel.hpp"
#include "spectra/core/result.hpp"
#include "spectra/identify/learned_file.hpp"
#include "spectra/identify/library.hpp"
#include "spectra/learn/pairs.hpp"

// Everything that is learned from pairs of spectra, in one call.
namespace singel::spectra::learn {

// Queries of one instrument against a library of another. Nothing is looked at but the queries of the pairs listed;
// the library's references may be of any substances.
struct Source {
    const Paired& paired;
    identify::LibraryPtr library;
    std::vector<std::size_t> pairs;  // which of paired.pairs
};

struct Effort {
    std::size_t sums = 400;      // simulated samples that teach the certainty
    std::size_t complete = 250;  // that teach what is usually left unexplained
    std::size_t spikes = 300;    // that teach the detection limit
    bool mismatch = false;       // the mismatch variance and deviations too; else those of starting_figures() stay
};

using Account = identify::LearnedFrom;

struct Learning {
    identify::Learned learned;
    Account account;
};

inline constexpr std::size_t fewest_substances = 10;

// What is calibrated on one half of the substances (certainty, unexplained bands, limits, shares, rates) is simulated
// with the mismatch and the certainty that the other half taught, so that no residual is in-sample; the mismatch that
// ships is of all. Other solid forms are found by the pair's own residual and left out of all but the certainty.
// It begins with starting_figures(), whatever the libraries were prepared with. Sources share
// substances by name. Refuses fewer than fewest_substances, in words that say how many there are.
core::Result<Learning> relearn(std::span<const Source> sources, const Effort& effort, std::uint64_t seed,
                               const core::ParallelFor& parallel = core::in_order);

}  // namespace singel::spectra::learn
