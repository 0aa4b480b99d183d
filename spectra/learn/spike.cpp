#include "spectra/learn/spike.hpp"

#include <algorithm>
#include <optional>

#include "spectra/identify/detection_limit.hpp"

namespace singel::spectra::learn {
namespace {

constexpr double noise = 0.005, least_kappa = 3.0, most_kappa = 200.0;

std::optional<double> limit_of(const core::Spectrum& spectrum, const identify::Library& library, const Pair& pair) {
    const auto explained = identify::explain(spectrum, library);
    if (!explained) return std::nullopt;
    const identify::Statement statement = identify::state(*explained, library);
    const identify::Fit named = identify::named_fit(*explained, library, statement);
    const identify::DetectionLimits limits(explained->observed.observation, library, named);
    std::optional<double> best;
    for (const std::size_t reference : pair.references)
        if (const auto limit = limits.of(reference); limit && (!best || *limit < *best)) best = limit;
    return best;
}

bool named_in(const core::Spectrum& spectrum, const Bench& bench, const identify::Library& library,
              std::size_t pair) {
    const auto explained = identify::explain(spectrum, library);
    return explained && std::ranges::any_of(explained->weighed, [&](const identify::Evidence& evidence) {
               return evidence.certainty >= library.learned.probable && bench.names(pair, evidence.member->index);
           });
}

std::optional<Spike> spiked(const Bench& bench, std::span<const std::size_t> pairs, bool as_printed,
                            std::mt19937_64 random) {
    const auto drawn = draw_alike(bench.paired, pairs, 3, random);
    if (drawn.size() < 3) return std::nullopt;
    auto library = std::make_shared<identify::Library>(*bench.library);
    if (!as_printed) {
        library->learned.limit_kappa = log_uniform(least_kappa, most_kappa, random);
        library->settings.unverified_floor = library->settings.published_floor = 0.0;
    }
    const double minor = std::uniform_real_distribution<double>(0.05, 0.5)(random);
    std::vector<std::size_t> queries;
    for (const std::size_t pair : drawn) queries.push_back(bench.paired.pairs[pair].query);
    const auto before = bench.mixer.mix({queries[0], queries[1]}, {1.0 - minor, minor}, noise, random);
    const auto limit = limit_of(before, *library, bench.paired.pairs[drawn[2]]);
    if (!limit || *limit > 0.9) return std::nullopt;
    const double left = 1.0 - *limit;
    const auto after = bench.mixer.mix(queries, {left * (1.0 - minor), left * minor, *limit}, noise, random);
    return Spike{library->learned.limit_kappa, *limit, drawn[2], named_in(after, bench, *library, drawn[2]),
                 substance_of(bench.paired, drawn[2])};
}

}  // namespace

std::vector<Spike> spike(const Bench& bench, std::span<const std::size_t> pairs, std::size_t samples, bool as_printed,
                         std::uint64_t seed, const core::ParallelFor& parallel) {
    std::vector<std::optional<Spike>> of_sample(samples);
    parallel(samples, [&](std::size_t i) { of_sample[i] = spiked(bench, pairs, as_printed, generator(seed, i)); });
    std::vector<Spike> spikes;
    for (const auto& one : of_sample)
        if (one) spikes.push_back(*one);
    return spikes;
}

}  // namespace singel::spectra::learn
