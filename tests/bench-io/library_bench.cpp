#include <benchmark/benchmark.h>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>
#include <vector>

#include "spectra/io/library_file.hpp"
#include "spectra/io/library_import.hpp"

// Opening a library of 15,000 references on 2000 points (120 MB), against the baseline that it must beat: reading the
// file whole. The machine's page cache is warm in both.
namespace {

namespace io = singel::spectra::io;
namespace core = singel::spectra::core;

constexpr std::size_t references = 15'000, points = 2'000;

class LargeLibrary {
public:
    LargeLibrary() {
        core::ReferenceSet set;
        set.technique = core::Technique::raman;
        set.axis = core::Axis::uniform(core::AxisKind::raman_shift_cm1, 200.0, 1.0, points);
        const auto values = std::make_shared<std::vector<float>>(references * points);
        for (std::size_t i = 0; i < values->size(); ++i) (*values)[i] = static_cast<float>(i % 977);
        set.values = *values;
        set.owner = values;
        for (std::size_t i = 0; i < references; ++i) {
            core::Reference reference;
            reference.substance.name = "substance number " + std::to_string(i);
            reference.substance.synonyms = {"another name of it " + std::to_string(i)};
            reference.substance.substance_class = "class " + std::to_string(i % 40);
            reference.source = "collection/of/spectra/" + std::to_string(i) + ".csv";
            reference.last = points;
            set.references.push_back(std::move(reference));
        }
        core::value_or_throw(io::write_library(file_, set));
    }
    ~LargeLibrary() { std::filesystem::remove(file_); }
    const std::filesystem::path& file() const { return file_; }

private:
    std::filesystem::path file_ =
        std::filesystem::temp_directory_path() / ("singel-bench-" + std::to_string(::getpid()) + ".h5");
};

const std::filesystem::path& large_library() {
    static const LargeLibrary library;
    return library.file();
}

void OpenLibrary(benchmark::State& state) {
    const auto& file = large_library();
    for (auto _ : state) {
        const auto opened = io::open_library(file);
        benchmark::DoNotOptimize(opened->values.data());
    }
}
BENCHMARK(OpenLibrary)->Unit(benchmark::kMillisecond);

void ReadFileWhole(benchmark::State& state) {
    const auto& file = large_library();
    for (auto _ : state) {
        std::vector<char> bytes(std::filesystem::file_size(file));
        std::ifstream(file, std::ios::binary).read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        benchmark::DoNotOptimize(bytes.data());
    }
}
BENCHMARK(ReadFileWhole)->Unit(benchmark::kMillisecond);

void VerifyLibrary(benchmark::State& state) {
    const auto& file = large_library();
    for (auto _ : state) benchmark::DoNotOptimize(io::verify_library(file).has_value());
}
BENCHMARK(VerifyLibrary)->Unit(benchmark::kMillisecond);

// A folder of 80 two-column files of 2000 points each.
void ImportFolder(benchmark::State& state) {
    const auto folder = std::filesystem::temp_directory_path() / ("singel-bench-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    for (int k = 0; k < 80; ++k) {
        std::ofstream out(folder / (std::to_string(k) + ".csv"));
        out << "Raman shift (cm-1),intensity\n";
        for (int shift = 300; shift < 2300; ++shift) out << shift << ',' << (shift * (k + 7)) % 997 << '\n';
    }
    const std::vector<std::filesystem::path> sources{folder};
    for (auto _ : state) {
        const auto imported = io::import_library(sources);
        if (!imported || imported->references.references.size() != 80) state.SkipWithError("import failed");
    }
    std::filesystem::remove_all(folder);
}
BENCHMARK(ImportFolder)->Unit(benchmark::kMillisecond);

}  // namespace
