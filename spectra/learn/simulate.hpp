#pragma once

#include <array>
#include <cstdint>
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

// One fitted member of one simulated sample, and whether it was really in it.
struct Row {
    std::array<double, identify::certainty_features> features{};
    bool truth = false;
    std::size_t sample = 0;
};

// Sums of one to three of the pairs, shares log-uniform, noise 0.2 to 1.5 %, in one of five a component struck.
std::vector<Row> simulate(const Bench& bench, std::span<const std::size_t> pairs, std::size_t samples,
                          std::uint64_t seed, const core::ParallelFor& parallel = core::in_order);

// Strongest band that the named components leave unexplained.
double strongest_unexplained(const identify::Explanation& explanation, const identify::Library& library);

// The same of sums of the pairs with nothing struck and no share below a tenth, rising.
std::vector<double> unexplained(const Bench& bench, std::span<const std::size_t> pairs, std::size_t samples,
                                std::uint64_t seed, const core::ParallelFor& parallel = core::in_order);

}  // namespace singel::spectra::learn
