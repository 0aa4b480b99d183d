#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <sys/resource.h>

#include "acquisition/pipeline/judge.hpp"
#include "acquisition/pipeline/reanalyse.hpp"
#include "acquisition/watch_list.hpp"
#include "spectra/core/result.hpp"
#include "tests/unit/acquisition/a_folder.hpp"
#include "tests/unit/reanalyse/made_up_store.hpp"

// How many stored scans a second are asked again, against the plain loop that reads, asks and compares one after the
// other; and that the archive's size does not show in memory.
namespace singel::acquisition {
namespace {

constexpr std::size_t drawn = 20;

// A store of so many scans: a few drawn ones, repeated under other ids.
class Archive {
public:
    explicit Archive(std::size_t scans) : scans_(scans) {
        testing::fill_store(folder_.path(), drawn);
        records::Database database(records::store_file(folder_.path(), false), records::Database::Mode::read_write);
        records::Transaction transaction(database);
        for (std::size_t round = 1; round < scans / drawn; ++round)
            database.execute(fmt::format(
                "INSERT INTO samples SELECT printf('%08x', {}) || substr(id, 9), day, NULL, sold_as, library_id, "
                "algorithm, calibration_id, software, result, axis_kind, axis, scan_axis_kind, scan_axis, scan, "
                "scan_sigma, scan_ordinate, scan_noise, scan_saturated_fraction FROM samples WHERE id < '00000001'",
                round));
        transaction.commit();
    }
    const std::filesystem::path& folder() const { return folder_.path(); }
    std::size_t scans() const { return scans_; }

private:
    const testing::TemporaryFolder folder_;
    const std::size_t scans_;
};

const Archive& archive(std::size_t scans) {
    static const Archive small(200), large(2000);
    return scans == small.scans() ? small : large;
}

double megabytes_at_most() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

void OneAfterTheOther(benchmark::State& state) {
    const auto library = testing::library_after();
    const Archive& stored = archive(200);
    std::size_t changed = 0;
    for (auto _ : state) {
        records::Store store(stored.folder(), false, records::Store::Use::read);
        for (const std::string& id : store.ids()) {
            const auto before = store.read(id, records::Store::Part::without_frames);
            records::Record after = *before;
            after.identification =
                spectra::core::value_or_throw(spectra::identify::identify(before->scan, *library, watch_list()));
            after.verdict = pipeline::verdict_of(after);
            changed += change(*before, after).any() ? 1 : 0;
        }
    }
    benchmark::DoNotOptimize(changed);
    state.counters["scans/s"] =
        benchmark::Counter(static_cast<double>(state.iterations() * stored.scans()), benchmark::Counter::kIsRate);
}

void Reanalyse(benchmark::State& state) {
    const auto library = testing::library_after();
    const Archive& stored = archive(static_cast<std::size_t>(state.range(1)));
    ComputePool pool(static_cast<unsigned>(state.range(0)));
    pipeline::ReanalyseOptions options;
    options.store_folder = stored.folder();
    const std::atomic<bool> stop = false;
    for (auto _ : state) pipeline::reanalyse(*library, pool, options, stop, [](const pipeline::Again&) {});
    state.counters["scans/s"] =
        benchmark::Counter(static_cast<double>(state.iterations() * stored.scans()), benchmark::Counter::kIsRate);
    state.counters["peak_MB"] = megabytes_at_most();
}

BENCHMARK(OneAfterTheOther)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(Reanalyse)->ArgsProduct({{1, 2}, {200}})->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(Reanalyse)->Args({2, 2000})->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace singel::acquisition
