#include <Eigen/Core>
#include <map>

#include "spectra/identify/library.hpp"
#include "spectra/identify/search.hpp"
#include "tests/bench-identify/side_by_side.hpp"
#include "tests/unit/spectra-identify/synthetic.hpp"

// The whole identification with all limits against libraries of 80 and 15,000 references, and ranking, beside Eigen's
// product of the library's matrix and one spectrum, on one core.
namespace singel::tests {
namespace {

namespace core = spectra::core;
namespace identify = spectra::identify;

struct Case {
    std::vector<Drawn> drawn;
    identify::LibraryPtr library;
    identify::FloatRows rows;
    std::vector<core::Spectrum> spectra;  // mixtures of two and of three
    std::vector<identify::Watched> watched;
};

// As long as the product's own list: forty substances, and four classes of ten.
std::vector<identify::Watched> watch_list(const std::vector<Drawn>& drawn) {
    std::vector<identify::Watched> list;
    for (std::size_t i = 0; i < 40; ++i) list.push_back({drawn[i].name, {"also " + drawn[i].name}, {}});
    for (std::size_t c = 0; c < 4; ++c) {
        list.push_back({"class " + std::to_string(c), {}, {}});
        for (std::size_t i = 0; i < 10; ++i) list.back().members.push_back(drawn[40 + 10 * c + i].name);
    }
    return list;
}

const Case& made(std::size_t references) {
    static std::map<std::size_t, Case> cases;
    Case& one = cases[references];
    if (one.library) return one;
    one.drawn = substances(references, 3);
    one.library = core::value_or_throw(identify::prepare(reference_set(one.drawn), on_all_cores));
    one.rows.resize(one.library->rows.rows(), one.library->points());
    for (Eigen::Index i = 0; i < one.rows.rows(); ++i) one.rows.row(i) = one.library->rows.row(i);
    for (std::size_t i = 0; i < 8; ++i) {
        one.spectra.push_back(measure(one.drawn, {.parts = {{i, 0.7}, {i + 17, 0.3}}}, i + 1));
        one.spectra.push_back(measure(one.drawn, {.parts = {{i, 0.6}, {i + 17, 0.3}, {i + 31, 0.1}}}, i + 1));
    }
    one.watched = watch_list(one.drawn);
    return one;
}

void identification(benchmark::State& state) {
    const Case& one = made(static_cast<std::size_t>(state.range(0)));
    const Eigen::VectorXf vector = Eigen::VectorXf::Random(one.rows.cols());
    Eigen::VectorXf products(one.rows.rows());
    const auto spectrum = [&](std::size_t round) -> const core::Spectrum& {
        return one.spectra[round % one.spectra.size()];
    };
    std::vector<Contender> contenders{
        {"identify",
         [&](std::size_t round) {
             benchmark::DoNotOptimize(identify::identify(spectrum(round), *one.library, one.watched));
         },
         {}},
        {"product",
         [&](std::size_t) {
             products.noalias() = one.rows * vector;
             benchmark::DoNotOptimize(products.data());
         },
         {}},
        {"rank",
         [&](std::size_t round) { benchmark::DoNotOptimize(identify::rank(spectrum(round), *one.library, 10)); },
         {}}};
    std::size_t round = 0;
    for (auto _ : state) {
        run_round(contenders, round++, Clock::own_thread);
        state.SetIterationTime(contenders.front().seconds.back());
    }
    report(state, contenders);
}
BENCHMARK(identification)->Arg(80)->Arg(15000)->Iterations(100)->UseManualTime()->Unit(benchmark::kMillisecond);

void prepare_library(benchmark::State& state) {
    const auto set = reference_set(substances(static_cast<std::size_t>(state.range(0)), 3));
    for (auto _ : state) benchmark::DoNotOptimize(identify::prepare(set));
}
BENCHMARK(prepare_library)->Arg(80)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace singel::tests
