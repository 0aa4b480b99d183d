#include "spectra/learn/simulate.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "spectra/identify/unknown.hpp"

namespace singel::spectra::learn {
namespace {

struct Drawn {
    std::vector<std::size_t> pairs;
    core::Spectrum spectrum;
};

Drawn draw_sample(const Bench& bench, std::span<const std::size_t> pairs, double least, std::mt19937_64& random) {
    constexpr std::array<std::size_t, 5> sizes{1, 2, 2, 2, 3};
    const std::size_t size = std::min(sizes[std::uniform_int_distribution<std::size_t>(0, 4)(random)], pairs.size());
    Drawn drawn{draw({pairs.begin(), pairs.end()}, size, random), {}};
    std::vector<double> shares;
    double sum = 0.0;
    for (std::size_t k = 0; k < size; ++k) sum += shares.emplace_back(k == 0 ? 1.0 : log_uniform(least, 0.6, random));
    for (double& share : shares) share /= sum;
    std::vector<std::size_t> queries;
    for (const std::size_t pair : drawn.pairs) queries.push_back(bench.paired.pairs[pair].query);
    drawn.spectrum = bench.mixer.mix(queries, shares, log_uniform(0.002, 0.015, random), random);
    return drawn;
}

std::vector<Row> judged(const Bench& bench, std::span<const std::size_t> pairs, std::size_t sample,
                        std::mt19937_64 random) {
    const Drawn drawn = draw_sample(bench, pairs, 0.015, random);
    identify::LibraryPtr library = bench.library;
    if (std::uniform_real_distribution<double>(0.0, 1.0)(random) < 0.2) {
        const std::size_t which = std::uniform_int_distribution<std::size_t>(0, drawn.pairs.size() - 1)(random);
        library = struck(*library, bench.paired.pairs[drawn.pairs[which]].references);
    }
    std::vector<Row> rows;
    const auto explained = identify::explain(drawn.spectrum, *library);
    if (!explained) return rows;
    for (const identify::Evidence& evidence : explained->weighed) {
        const bool truth = std::ranges::any_of(
            drawn.pairs, [&](std::size_t pair) { return bench.names(pair, evidence.member->index); });
        rows.push_back({evidence.features, truth, sample});
    }
    return rows;
}

}  // namespace

std::mt19937_64 generator(std::uint64_t seed, std::size_t index) {
    std::seed_seq sequence{seed & 0xffffffffu, seed >> 32, std::uint64_t{index}};
    return std::mt19937_64(sequence);
}

double log_uniform(double low, double high, std::mt19937_64& random) {
    return std::exp(std::uniform_real_distribution<double>(std::log(low), std::log(high))(random));
}

std::vector<std::size_t> draw(std::vector<std::size_t> from, std::size_t count, std::mt19937_64& random) {
    for (std::size_t i = 0; i < count; ++i)
        std::swap(from[i], from[std::uniform_int_distribution<std::size_t>(i, from.size() - 1)(random)]);
    from.resize(count);
    return from;
}

std::vector<Row> simulate(const Bench& bench, std::span<const std::size_t> pairs, std::size_t samples,
                          std::uint64_t seed, const core::ParallelFor& parallel) {
    std::vector<std::vector<Row>> of_sample(samples);
    parallel(samples, [&](std::size_t i) { of_sample[i] = judged(bench, pairs, i, generator(seed, i)); });
    std::vector<Row> rows;
    for (const auto& some : of_sample) rows.insert(rows.end(), some.begin(), some.end());
    return rows;
}

double strongest_unexplained(const identify::Explanation& explanation, const identify::Library& library) {
    const identify::Statement statement = identify::state(explanation, library);
    const identify::Fit named = identify::named_fit(explanation, library, statement);
    return identify::strongest_unexplained(explanation.observed.observation, library, named);
}

std::vector<double> unexplained(const Bench& bench, std::span<const std::size_t> pairs, std::size_t samples,
                                std::uint64_t seed, const core::ParallelFor& parallel) {
    std::vector<std::optional<double>> of_sample(samples);
    parallel(samples, [&](std::size_t i) {
        std::mt19937_64 random = generator(seed, i);
        const Drawn drawn = draw_sample(bench, pairs, 0.1, random);
        const auto explained = identify::explain(drawn.spectrum, *bench.library);
        if (explained) of_sample[i] = strongest_unexplained(*explained, *bench.library);
    });
    std::vector<double> strongest;
    for (const auto& one : of_sample)
        if (one) strongest.push_back(*one);
    std::ranges::sort(strongest);
    return strongest;
}

}  // namespace singel::spectra::learn
