#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <random>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "spectra/identify/correlation.hpp"
#include "tests/bench-identify/side_by_side.hpp"

// One query against 100,000 references of 2048 points, ranked exactly, beside reading the same floats once from
// memory and beside Eigen's product of matrix and vector (which ranks nothing yet). Every tenth ranking is compared
// with products in double of every row.
namespace singel::tests {
namespace {

namespace core = spectra::core;
namespace identify = spectra::identify;

constexpr Eigen::Index references = 100'000, points = 2048, block = 500;
constexpr std::size_t wanted = 10, checked_every = 10;
enum Content { spectra_like, noise };

void draw(Eigen::Ref<Eigen::RowVectorXf> row, Content content, std::mt19937& random) {
    std::uniform_real_distribution<float> place(0.0f, static_cast<float>(points)), part(0.0f, 1.0f);
    std::normal_distribution<float> normal;
    row.setZero();
    if (content == noise)
        for (float& value : row) value = normal(random);
    for (int line = 0; content == spectra_like && line < 9; ++line) {
        const float centre = place(random), sigma = 4.0f + 3.0f * part(random), height = 0.1f + part(random);
        const auto first = std::max<Eigen::Index>(0, static_cast<Eigen::Index>(centre - 5.0f * sigma));
        const auto last = std::min<Eigen::Index>(points, static_cast<Eigen::Index>(centre + 5.0f * sigma));
        for (Eigen::Index k = first; k < last; ++k) {
            const float u = (static_cast<float>(k) - centre) / sigma;
            row[k] += height * std::exp(-0.5f * u * u);
        }
    }
    row.array() -= row.mean();
    row.normalize();
}

// Centred rows of unit norm, so that Pearson's correlation is the product of matrix and vector.
struct Material {
    identify::FloatRows rows{references, points};
    identify::CodedRows coded;
    std::vector<Eigen::VectorXf> queries;
};

const Material& material(Content content) {
    static std::map<Content, Material> made;
    const bool fresh = !made.contains(content);
    Material& one = made[content];
    if (!fresh) return one;
    std::mt19937 random(7);
    for (Eigen::Index i = 0; i < references; ++i) draw(one.rows.row(i), content, random);
    one.coded = identify::code_rows({one.rows.data(), references, points});
    std::normal_distribution<float> normal;
    for (int q = 0; q < 64; ++q) {
        Eigen::VectorXf query = 0.7f * one.rows.row(static_cast<Eigen::Index>(random() % references)).transpose() +
                                0.3f * one.rows.row(static_cast<Eigen::Index>(random() % references)).transpose();
        for (float& value : query) value += 0.002f * normal(random);
        query.array() -= query.mean();
        one.queries.push_back(query.normalized());
    }
    return one;
}

double product(const Material& one, const Eigen::VectorXd& query, std::size_t i) {
    const float* row = one.rows.data() + static_cast<Eigen::Index>(i) * points;
    double sum = 0.0;
    for (Eigen::Index k = 0; k < points; ++k) sum += static_cast<double>(row[k]) * query[k];
    return sum;
}

using Ranking = std::vector<std::size_t>;

Ranking searched(const Material& one, const Eigen::VectorXf& single, const core::ParallelFor& parallel,
                 std::atomic<std::size_t>& scored) {
    const Eigen::VectorXd query = single.cast<double>();
    const std::vector<double> known(static_cast<std::size_t>(points), 1.0);
    const identify::Correlation correlation({query.data(), known.size()}, known,
                                            identify::Correlation::Kind::pearson);
    const auto bounds = identify::all_bounds(
        one.coded.size(),
        [&](std::size_t first, std::span<identify::Bounds> some) {
            for (std::size_t k = 0; k < some.size(); ++k)
                some[k] = correlation.bounds(one.coded, first + k, {0, points});
        },
        parallel);
    const auto exactly = [&](std::size_t i) { return ++scored, product(one, query, i); };
    Ranking ranking;
    for (const auto& best : identify::greatest(bounds, wanted, exactly, parallel)) ranking.push_back(best.index);
    return ranking;
}

Ranking compared_with_all(const Material& one, const Eigen::VectorXf& single) {
    const Eigen::VectorXd query = single.cast<double>();
    std::vector<double> scores(one.coded.size());
    on_all_cores(scores.size(), [&](std::size_t i) { scores[i] = product(one, query, i); });
    Ranking order(scores.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
    order.resize(wanted);
    return order;
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) float streamed(const float* values, std::size_t count) {
    __m256 sums[4] = {_mm256_setzero_ps(), _mm256_setzero_ps(), _mm256_setzero_ps(), _mm256_setzero_ps()};
    for (std::size_t i = 0; i < count; i += 32)
        for (std::size_t k = 0; k < 4; ++k) sums[k] = _mm256_add_ps(sums[k], _mm256_load_ps(values + i + 8 * k));
    const __m256 sum = _mm256_add_ps(_mm256_add_ps(sums[0], sums[1]), _mm256_add_ps(sums[2], sums[3]));
    return sum[0] + sum[1] + sum[2] + sum[3] + sum[4] + sum[5] + sum[6] + sum[7];
}
#endif

float read_once(const float* values, std::size_t count) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && reinterpret_cast<std::uintptr_t>(values) % 32 == 0)
        return streamed(values, count);
#endif
    return Eigen::Map<const Eigen::ArrayXf>(values, static_cast<Eigen::Index>(count)).sum();
}

constexpr auto blocks = static_cast<std::size_t>(references / block);

void read_all(const Material& one, const core::ParallelFor& parallel) {
    parallel(blocks, [&](std::size_t b) {
        benchmark::DoNotOptimize(read_once(one.rows.data() + b * block * points, block * points));
    });
}

void multiply_all(const Material& one, const Eigen::VectorXf& query, Eigen::VectorXf& products,
                  const core::ParallelFor& parallel) {
    parallel(blocks, [&](std::size_t b) {
        const auto first = static_cast<Eigen::Index>(b) * block;
        products.segment(first, block).noalias() = one.rows.middleRows(first, block) * query;
    });
    benchmark::DoNotOptimize(products.data());
}

void search_100000_x_2048(benchmark::State& state, Content content, bool all_cores) {
    const Material& one = material(content);
    const core::ParallelFor parallel =
        all_cores ? core::ParallelFor(on_all_cores) : core::ParallelFor(core::in_order);
    const auto query = [&](std::size_t round) -> const Eigen::VectorXf& {
        return one.queries[round % one.queries.size()];
    };
    Ranking ranking;
    std::atomic<std::size_t> scored{0};
    Eigen::VectorXf products(references);
    std::vector<Contender> contenders{
        {"search", [&](std::size_t q) { ranking = searched(one, query(q), parallel, scored); }, {}},
        {"reading", [&](std::size_t) { read_all(one, parallel); }, {}},
        {"eigen", [&](std::size_t q) { multiply_all(one, query(q), products, parallel); }, {}}};
    std::size_t round = 0, compared = 0, wrong = 0;
    for (auto _ : state) {
        run_round(contenders, round, all_cores ? Clock::wall : Clock::own_thread);
        state.SetIterationTime(contenders.front().seconds.back());
        if (round % checked_every == 0) {
            ++compared;
            wrong += ranking != compared_with_all(one, query(round)) ? 1 : 0;
        }
        ++round;
    }
    report(state, contenders);
    state.counters["scored_exactly"] = static_cast<double>(scored) / static_cast<double>(round);
    state.counters["rankings_compared"] = static_cast<double>(compared);
    state.counters["rankings_that_differ"] = static_cast<double>(wrong);
}

BENCHMARK_CAPTURE(search_100000_x_2048, spectra_on_one_core, spectra_like, false)
    ->Iterations(1000)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(search_100000_x_2048, spectra_on_all_cores, spectra_like, true)
    ->Iterations(1000)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
// Nothing to hold on to: the second best is as good as the thousandth.
BENCHMARK_CAPTURE(search_100000_x_2048, noise_on_one_core, noise, false)
    ->Iterations(100)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace singel::tests
