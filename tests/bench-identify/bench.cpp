#include <Eigen/Core>
#include <benchmark/benchmark.h>
#include <map>

#include "spectra/identify/search.hpp"
#include "tests/unit/spectra-identify/synthetic.hpp"

// Identification against libraries of 80 and 15,000 references, beside one product of the library's matrix and a
// spectrum: the least that any search of the whole library must do.
namespace singel::tests {
namespace {

namespace core = spectra::core;
namespace identify = spectra::identify;

struct Case {
    std::vector<Drawn> drawn;
    identify::LibraryPtr library;
    std::vector<core::Spectrum> spectra;  // mixtures of two
};

const Case& made(std::size_t references) {
    static std::map<std::size_t, Case> cases;
    Case& one = cases[references];
    if (one.library) return one;
    one.drawn = substances(references, 3);
    one.library = prepared(reference_set(one.drawn));
    for (std::size_t i = 0; i < 16; ++i)
        one.spectra.push_back(measure(one.drawn, {.parts = {{i, 0.7}, {i + 17, 0.3}}}, i + 1));
    return one;
}

void identify_mixture(benchmark::State& state) {
    const Case& one = made(static_cast<std::size_t>(state.range(0)));
    std::size_t i = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(identify::identify(one.spectra[i++ % one.spectra.size()], *one.library, {}));
}
BENCHMARK(identify_mixture)->Arg(80)->Arg(15000)->Unit(benchmark::kMillisecond);

void rank_library(benchmark::State& state) {
    const Case& one = made(static_cast<std::size_t>(state.range(0)));
    std::size_t i = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(identify::rank(one.spectra[i++ % one.spectra.size()], *one.library, 10));
}
BENCHMARK(rank_library)->Arg(80)->Arg(15000)->Unit(benchmark::kMillisecond);

void matrix_vector_product(benchmark::State& state) {
    using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const Rows matrix = Rows::Random(state.range(0), 1001);
    const Eigen::VectorXf vector = Eigen::VectorXf::Random(1001);
    Eigen::VectorXf result(state.range(0));
    for (auto _ : state) {
        result.noalias() = matrix * vector;
        benchmark::DoNotOptimize(result.data());
        benchmark::ClobberMemory();
    }
}
BENCHMARK(matrix_vector_product)->Arg(80)->Arg(15000)->Unit(benchmark::kMillisecond);

void prepare_library(benchmark::State& state) {
    const auto set = reference_set(substances(static_cast<std::size_t>(state.range(0)), 3));
    for (auto _ : state) benchmark::DoNotOptimize(identify::prepare(set));
}
BENCHMARK(prepare_library)->Arg(80)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace singel::tests
