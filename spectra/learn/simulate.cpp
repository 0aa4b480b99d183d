#include "spectra/learn/simulate.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "spectra/identify/unknown.hpp"

namespace singel::spectra::learn {
namespace {

constexpr std::size_t fewest_of_a_kind = 3;
constexpr double least_share = 0.015, struck_part = 0.2, least_judged_share = 0.1;

struct Drawn {
    std::vector<std::size_t> pairs;
    std::vector<double> shares;
    core::Spectrum spectrum;
};

Drawn draw_sample(const Bench& bench, std::span<const std::size_t> pairs, double least, std::mt19937_64& random) {
    constexpr std::array<std::size_t, 5> sizes{1, 2, 2, 2, 3};
    const std::size_t size = sizes[std::uniform_int_distribution<std::size_t>(0, 4)(random)];
    Drawn drawn{draw_alike(bench.paired, pairs, size, random), {}, {}};
    double sum = 0.0;
    for (std::size_t k = 0; k < drawn.pairs.size(); ++k)
        sum += drawn.shares.emplace_back(k == 0 ? 1.0 : log_uniform(least, 0.6, random));
    for (double& share : drawn.shares) share /= sum;
    std::vector<std::size_t> queries;
    for (const std::size_t pair : drawn.pairs) queries.push_back(bench.paired.pairs[pair].query);
    drawn.spectrum = bench.mixer.mix(queries, drawn.shares, log_uniform(0.002, 0.015, random), random);
    return drawn;
}

// Which part of the sample the reference names rightly; none for a wrong name.
std::optional<std::size_t> part_named(const Bench& bench, const Drawn& drawn, std::size_t reference) {
    for (std::size_t k = 0; k < drawn.pairs.size(); ++k)
        if (bench.names(drawn.pairs[k], reference)) return k;
    return std::nullopt;
}

void set_area_errors(std::vector<Row>& rows, const std::vector<double>& ratios, std::size_t parts) {
    const auto judged = std::ranges::count_if(rows, [](const Row& row) { return row.area_error.has_value(); });
    if (parts < 2 || static_cast<std::size_t>(judged) != parts) {
        for (Row& row : rows) row.area_error.reset();
        return;
    }
    const auto n = static_cast<double>(parts);
    double mean = 0.0;
    for (const double ratio : ratios) mean += ratio / n;
    for (Row& row : rows)
        if (row.area_error) row.area_error = (*row.area_error - mean) * std::sqrt(n / (n - 1.0));
}

std::vector<Row> judged(const Bench& bench, std::span<const std::size_t> pairs, std::mt19937_64 random) {
    const Drawn drawn = draw_sample(bench, pairs, least_share, random);
    identify::LibraryPtr library = bench.library;
    if (std::uniform_real_distribution<double>(0.0, 1.0)(random) < struck_part) {
        const std::size_t which = std::uniform_int_distribution<std::size_t>(0, drawn.pairs.size() - 1)(random);
        library = struck(*library, bench.paired.pairs[drawn.pairs[which]].references);
    }
    std::vector<Row> rows;
    const auto explained = identify::explain(drawn.spectrum, *library);
    if (!explained) return rows;
    std::vector<double> ratios;
    for (const identify::Evidence& evidence : explained->weighed) {
        const auto part = part_named(bench, drawn, evidence.member->index);
        Row& row = rows.emplace_back(Row{evidence.features, part.has_value(), {}});
        if (part && drawn.shares[*part] >= least_judged_share && evidence.share > 0.0)
            row.area_error = ratios.emplace_back(std::log(evidence.share / drawn.shares[*part]));
    }
    set_area_errors(rows, ratios, drawn.pairs.size());
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

std::vector<std::size_t> draw_alike(const Paired& paired, std::span<const std::size_t> pairs, std::size_t count,
                                    std::mt19937_64& random) {
    std::array<std::vector<std::size_t>, 2> kinds;
    for (const std::size_t pair : pairs) kinds[paired.pairs[pair].solid ? 1 : 0].push_back(pair);
    std::vector<std::size_t> all(pairs.begin(), pairs.end());
    if (std::min(kinds[0].size(), kinds[1].size()) >= fewest_of_a_kind) {
        const std::size_t first = std::uniform_int_distribution<std::size_t>(0, all.size() - 1)(random);
        all = kinds[paired.pairs[all[first]].solid ? 1 : 0];
    }
    std::vector<std::size_t> chosen;
    for (const std::size_t pair : draw(all, all.size(), random)) {
        const bool again = std::ranges::any_of(
            chosen, [&](std::size_t other) { return substance_of(paired, other) == substance_of(paired, pair); });
        if (!again && chosen.size() < count) chosen.push_back(pair);
    }
    return chosen;
}

std::vector<Row> simulate(const Bench& bench, std::span<const std::size_t> pairs, std::size_t samples,
                          std::uint64_t seed, const core::ParallelFor& parallel) {
    std::vector<std::vector<Row>> of_sample(samples);
    parallel(samples, [&](std::size_t i) { of_sample[i] = judged(bench, pairs, generator(seed, i)); });
    std::vector<Row> rows;
    for (const auto& some : of_sample) rows.insert(rows.end(), some.begin(), some.end());
    return rows;
}

double strongest_unexplained(const identify::Explanation& explanation, const identify::Library& library) {
    const identify::Statement statement = identify::state(explanation, library);
    const identify::Fit named = identify::named_fit(explanation, library, statement);
    return identify::strongest_unexplained(explanation.observed.observation, library, explanation.all, named);
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
