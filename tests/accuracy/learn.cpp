#include "tests/accuracy/learn.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

#include "spectra/identify/detection_limit.hpp"
#include "spectra/identify/unknown.hpp"

namespace singel::tests::accuracy {
namespace {

double log_uniform(double low, double high, std::mt19937_64& random) {
    return std::exp(std::uniform_real_distribution<double>(std::log(low), std::log(high))(random));
}

std::vector<std::size_t> draw(std::vector<std::size_t> from, std::size_t count, std::mt19937_64& random) {
    for (std::size_t i = 0; i < count; ++i)
        std::swap(from[i], from[std::uniform_int_distribution<std::size_t>(i, from.size() - 1)(random)]);
    from.resize(count);
    return from;
}

struct Drawn {
    std::vector<std::size_t> pairs;
    std::vector<double> shares;
    spectra::core::Spectrum spectrum;
};

Drawn draw_sample(const Bench& bench, const std::vector<std::size_t>& pairs, double least, std::mt19937_64& random) {
    constexpr std::array<std::size_t, 5> sizes{1, 2, 2, 2, 3};
    Drawn drawn;
    drawn.pairs = draw(pairs, sizes[std::uniform_int_distribution<std::size_t>(0, 4)(random)], random);
    double sum = 0.0;
    for (std::size_t k = 0; k < drawn.pairs.size(); ++k)
        sum += drawn.shares.emplace_back(k == 0 ? 1.0 : log_uniform(least, 0.6, random));
    for (double& share : drawn.shares) share /= sum;
    std::vector<std::size_t> queries;
    for (const std::size_t pair : drawn.pairs) queries.push_back(bench.measured.pairs[pair].query);
    drawn.spectrum = bench.mixer.mix(queries, drawn.shares, log_uniform(0.002, 0.015, random), random);
    return drawn;
}

std::optional<double> limit_of(const spectra::core::Spectrum& spectrum, const identify::Library& library,
                               const Pair& pair) {
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

bool named_in(const spectra::core::Spectrum& spectrum, const Bench& bench, const identify::Library& library,
              std::size_t pair) {
    const auto explained = identify::explain(spectrum, library);
    return explained && std::ranges::any_of(explained->weighed, [&](const identify::Evidence& evidence) {
               return evidence.certainty >= library.learned.probable && bench.names(pair, evidence.member->index);
           });
}

}  // namespace

bool Bench::names(std::size_t pair, std::size_t reference) const {
    const auto& right = measured.pairs[pair].references;
    return std::ranges::find(right, reference) != right.end();
}

identify::LibraryPtr struck(const identify::Library& library, const std::vector<std::size_t>& references) {
    auto copy = std::make_shared<identify::Library>(library);
    for (const std::size_t reference : references) copy->usable[reference] = 0;
    return copy;
}

identify::LibraryPtr with_learned(const identify::Library& library, const identify::Learned& learned) {
    auto copy = std::make_shared<identify::Library>(library);
    copy->learned = learned;
    return copy;
}

std::vector<Row> simulate(const Bench& bench, const std::vector<std::size_t>& pairs, std::size_t samples,
                          std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<Row> rows;
    for (std::size_t i = 0; i < samples; ++i) {
        const Drawn drawn = draw_sample(bench, pairs, 0.015, random);
        identify::LibraryPtr library = bench.library;
        if (std::uniform_real_distribution<double>(0.0, 1.0)(random) < 0.2) {
            const std::size_t which = std::uniform_int_distribution<std::size_t>(0, drawn.pairs.size() - 1)(random);
            library = struck(*library, bench.measured.pairs[drawn.pairs[which]].references);
        }
        const auto explained = identify::explain(drawn.spectrum, *library);
        if (!explained) continue;
        for (const identify::Evidence& evidence : explained->weighed) {
            const bool truth = std::ranges::any_of(
                drawn.pairs, [&](std::size_t pair) { return bench.names(pair, evidence.member->index); });
            rows.push_back({evidence.features, truth});
        }
    }
    return rows;
}

void learn_certainty(identify::Learned& learned, const std::vector<Row>& rows, double ridge) {
    const auto n = static_cast<Eigen::Index>(rows.size());
    const auto f = static_cast<Eigen::Index>(identify::certainty_features);
    Eigen::MatrixXd x(n, f);
    Eigen::VectorXd truth(n);
    for (Eigen::Index i = 0; i < n; ++i) {
        const Row& row = rows[static_cast<std::size_t>(i)];
        for (Eigen::Index k = 0; k < f; ++k) x(i, k) = row.features[static_cast<std::size_t>(k)];
        truth[i] = row.truth ? 1.0 : 0.0;
    }
    const Eigen::RowVectorXd mean = x.colwise().mean();
    const Eigen::RowVectorXd spread =
        ((x.rowwise() - mean).cwiseAbs2().colwise().mean().cwiseSqrt().array() + 1e-9).matrix();
    Eigen::MatrixXd z = Eigen::MatrixXd::Ones(n, f + 1);
    z.rightCols(f) = (x.rowwise() - mean).array().rowwise() / spread.array();
    Eigen::VectorXd weights = Eigen::VectorXd::Zero(f + 1), penalty = Eigen::VectorXd::Constant(f + 1, ridge);
    penalty[0] = 1e-6;
    for (int step = 0; step < 30; ++step) {
        const Eigen::VectorXd p = (1.0 + (-(z * weights).array()).exp()).inverse().matrix();
        const Eigen::VectorXd slope = z.transpose() * (truth - p) - penalty.cwiseProduct(weights);
        Eigen::MatrixXd curvature = z.transpose() * (p.array() * (1.0 - p.array())).matrix().asDiagonal() * z;
        curvature.diagonal() += penalty;
        weights += curvature.ldlt().solve(slope);
    }
    learned.certainty_intercept = weights[0];
    for (Eigen::Index k = 0; k < f; ++k) {
        learned.certainty_weights[static_cast<std::size_t>(k)] = weights[k + 1] / spread[k];
        learned.certainty_intercept -= weights[k + 1] * mean[k] / spread[k];
    }
}

double strongest_unexplained(const identify::Explanation& explanation, const identify::Library& library) {
    const identify::Statement statement = identify::state(explanation, library);
    const identify::Fit named = identify::named_fit(explanation, library, statement);
    return identify::strongest_unexplained(explanation.observed.observation, library, named);
}

std::vector<Spike> spike(const Bench& bench, const std::vector<std::size_t>& pairs, std::size_t samples,
                         bool as_printed, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<Spike> spikes;
    for (std::size_t i = 0; i < samples; ++i) {
        const auto drawn = draw(pairs, 3, random);
        auto library = std::make_shared<identify::Library>(*bench.library);
        if (!as_printed) {
            library->learned.limit_kappa = log_uniform(3.0, 80.0, random);
            library->settings.unverified_floor = library->settings.published_floor = 0.0;
        }
        const double minor = std::uniform_real_distribution<double>(0.05, 0.5)(random);
        const std::vector<std::size_t> queries{bench.measured.pairs[drawn[0]].query,
                                               bench.measured.pairs[drawn[1]].query,
                                               bench.measured.pairs[drawn[2]].query};
        const auto before = bench.mixer.mix({queries[0], queries[1]}, {1.0 - minor, minor}, 0.005, random);
        const auto limit = limit_of(before, *library, bench.measured.pairs[drawn[2]]);
        if (!limit || *limit > 0.9) continue;
        const double left = 1.0 - *limit;
        const auto after =
            bench.mixer.mix(queries, {left * (1.0 - minor), left * minor, *limit}, 0.005, random);  // noise redrawn
        spikes.push_back(
            {library->learned.limit_kappa, *limit, drawn[2], named_in(after, bench, *library, drawn[2])});
    }
    return spikes;
}

double learn_kappa(const std::vector<Spike>& spikes) {
    double slope = 1.0, middle = std::log(10.0);  // p = 1 / (1 + exp(-slope (log kappa - middle)))
    for (int step = 0; step < 200; ++step) {
        double g0 = 0.0, g1 = 0.0, h00 = 1e-6, h01 = 0.0, h11 = 1e-6;
        for (const Spike& spike : spikes) {
            const double x = std::log(spike.kappa), p = 1.0 / (1.0 + std::exp(-slope * (x - middle)));
            const double error = (spike.named ? 1.0 : 0.0) - p, weight = p * (1.0 - p);
            g0 += error;
            g1 += error * x;
            h00 += weight;
            h01 += weight * x;
            h11 += weight * x * x;
        }
        const double determinant = h00 * h11 - h01 * h01;
        const double intercept = -slope * middle + 0.5 * (h11 * g0 - h01 * g1) / determinant;
        slope = std::max(0.2, slope + 0.5 * (h00 * g1 - h01 * g0) / determinant);
        middle = -intercept / slope;
    }
    return std::exp(middle + std::log(19.0) / slope);
}

std::vector<double> unexplained(const Bench& bench, const std::vector<std::size_t>& pairs, std::size_t samples,
                                std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<double> strongest;
    for (std::size_t i = 0; i < samples; ++i) {
        const Drawn drawn = draw_sample(bench, pairs, 0.1, random);
        const auto explained = identify::explain(drawn.spectrum, *bench.library);
        if (explained) strongest.push_back(strongest_unexplained(*explained, *bench.library));
    }
    std::ranges::sort(strongest);
    return strongest;
}

}  // namespace singel::tests::accuracy
