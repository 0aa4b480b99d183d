#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <random>
#include <span>
#include <vector>

#include "spectra/core/parallel.hpp"
#include "spectra/identify/explain.hpp"
#include "spectra/learn/bench.hpp"

// Samples made of measured pure spectra, and what the engine makes of them.
namespace singel::spectra::learn {

// The generator of sample `index` of a run: the same for any order and number of workers.
std::mt19937_64 generator(std::uint64_t seed, std::size_t index);

double log_uniform(double low, double high, std::mt19937_64& random);

// count of them without repetition, in random order.
std::vector<std::size_t> draw(std::vector<std::size_t> from, std::size_t count, std::mt19937_64& random);

// Pairs of that many different substances of one kind, in random order; fewer where there are not so many.
std::vector<std::size_t> draw_alike(const Paired& paired, std::span<const std::size_t> pairs, std::size_t count,
                                    std::mt19937_64& random);

// One fitted member of one simulated sample, and whether it was really in it.
struct Row {
    std::array<double, identify::certainty_features> features{};
    bool truth = false;
    // ln of its share over the true one, less the mean of the sample's members and scaled for their number: how much
    // the area of a substance differs between the instruments. None for a share below a tenth, or where a part is
    // not among the members.
    std::optional<double> area_error;
};

// Sums of one to three substances of the pairs, powders with powders where three are known, shares log-uniform, noise
// 0.2 to 1.5 %, in one of five a component struck.
std::vector<Row> simulate(const Bench& bench, std::span<const std::size_t> pairs, std::size_t samples,
                          std::uint64_t seed, const core::ParallelFor& parallel = core::in_order);

// Strongest band that the named components leave unexplained.
double strongest_unexplained(const identify::Explanation& explanation, const identify::Library& library);

// The same of sums of the pairs with nothing struck and no share below a tenth, rising.
std::vector<double> unexplained(const Bench& bench, std::span<const std::size_t> pairs, std::size_t samples,
                                std::uint64_t seed, const core::ParallelFor& parallel = core::in_order);

}  // namespace singel::spectra::learn
