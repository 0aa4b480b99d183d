#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "spectra/identify/explain.hpp"
#include "spectra/identify/library.hpp"
#include "tests/accuracy/mixing.hpp"

// Learns what ships in spectra/identify/learned.cpp from simulated sums of measured pure spectra.
namespace singel::tests::accuracy {

namespace identify = spectra::identify;

// One fitted member of one simulated sample, and whether it was really in it.
struct Row {
    std::array<double, identify::certainty_features> features{};
    bool truth = false;
};

struct Bench {
    const Measured& measured;
    const Mixer& mixer;
    identify::LibraryPtr library;

    // The pair that this library reference names rightly, or none of them.
    bool names(std::size_t pair, std::size_t reference) const;
};

// The library with some references made unusable.
identify::LibraryPtr struck(const identify::Library& library, const std::vector<std::size_t>& references);
identify::LibraryPtr with_learned(const identify::Library& library, const identify::Learned& learned);

// Sums of one to three of the pairs, shares log-uniform, noise 0.2 to 1.5 %, in one of five a component struck.
std::vector<Row> simulate(const Bench& bench, const std::vector<std::size_t>& pairs, std::size_t samples,
                          std::uint64_t seed);

// Ridge logistic regression on standardised features, weights given for the raw ones.
void learn_certainty(identify::Learned& learned, const std::vector<Row>& rows, double ridge = 3.0);

// Strongest unexplained bands of sums of the pairs with nothing struck, rising.
std::vector<double> unexplained(const Bench& bench, const std::vector<std::size_t>& pairs, std::size_t samples,
                                std::uint64_t seed);

// One spike of an absent substance into a sum of two others, at the limit that a multiple kappa would state.
struct Spike {
    double kappa = 0.0, share = 0.0;
    std::size_t pair = 0;
    bool named = false;
};
// as_printed: the library's own limits with their floors; otherwise a multiple is drawn for each spike (log-uniform,
// 3 to 80) and the floors are taken off.
std::vector<Spike> spike(const Bench& bench, const std::vector<std::size_t>& pairs, std::size_t samples,
                         bool as_printed, std::uint64_t seed);

// The multiple that is named in 95 % of cases, by logistic regression on its logarithm.
double learn_kappa(const std::vector<Spike>& spikes);

// Strongest band that the named components leave unexplained.
double strongest_unexplained(const identify::Explanation& explanation, const identify::Library& library);

}  // namespace singel::tests::accuracy
