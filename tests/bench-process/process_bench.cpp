#include <benchmark/benchmark.h>
#include <cmath>
#include <cstdlib>
#include <fmt/format.h>
#include <random>
#include <string>
#include <vector>

#include "spectra/io/read_spectra.hpp"
#include "spectra/process/baseline.hpp"
#include "spectra/process/reduce.hpp"

using namespace singel::spectra;

namespace {

constexpr std::size_t pixels = 2048;

std::vector<double> spectrum() {
    std::mt19937_64 random(1);
    std::normal_distribution<double> noise(0.0, 10.0);
    std::vector<double> values(pixels);
    for (std::size_t i = 0; i < pixels; ++i) {
        const double x = static_cast<double>(i);
        values[i] = 3000.0 * std::exp(-std::pow((x - 800.0) / 900.0, 2.0)) + noise(random);
        for (double centre : {300.0, 650.0, 900.0, 1400.0})
            values[i] += 5000.0 * std::exp(-std::pow((x - centre) / 4.0, 2.0));
    }
    return values;
}

std::vector<core::Frame> frames(std::size_t count) {
    std::vector<core::Frame> all(count);
    for (core::Frame& frame : all)
        for (double v : spectrum()) frame.counts.push_back(static_cast<std::uint32_t>(std::max(0.0, 900.0 + v)));
    return all;
}

// A block in DIFDUP form, 16384 points.
std::string jcamp() {
    constexpr int points = 16384, a_line = 16;
    std::string text = fmt::format(
        "##TITLE=bench\n##JCAMP-DX=4.24\n##DATA TYPE=RAMAN "
        "SPECTRUM\n##XUNITS=1/CM\n##XFACTOR=1\n##YFACTOR=1\n##FIRSTX=0\n"
        "##LASTX={}\n##NPOINTS={}\n##XYDATA=(X++(Y..Y))\n",
        points - 1, points);
    const auto value = [](int i) { return 100000 + (i * 7919) % 5000; };
    for (int first = 0; first < points - 1; first += a_line) {
        text += fmt::format("{}A{:05}", first, value(first) % 100000);
        for (int i = first + 1; i <= std::min(first + a_line, points - 1); ++i) {
            const std::string difference = std::to_string(std::abs(value(i) - value(i - 1)));
            const int digit = difference[0] - '0';
            const bool negative = value(i) < value(i - 1);
            text += static_cast<char>(digit == 0 ? '%' : (negative ? 'j' : 'J') + digit - 1);
            text += difference.substr(1);
        }
        text += "\n";
    }
    return text + fmt::format("{}A{:05}\n##END=\n", points - 1, value(points - 1) % 100000);
}

void arpls(benchmark::State& state) {
    const auto values = spectrum();
    for (auto _ : state) benchmark::DoNotOptimize(process::arpls(values, 1e5));
}

void reduce_frames(benchmark::State& state) {
    const auto light = frames(static_cast<std::size_t>(state.range(0))), dark = light;
    const auto axis = core::Axis::uniform(core::AxisKind::raman_shift_cm1, 0.0, 1.0, pixels);
    for (auto _ : state) benchmark::DoNotOptimize(process::reduce(light, dark, axis));
}

void parse_jcamp(benchmark::State& state) {
    const std::string text = jcamp();
    for (auto _ : state) {
        const auto read = io::parse_spectra(text, "bench");
        if (!read) {
            state.SkipWithError(read.error().sentence().c_str());
            break;
        }
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(text.size()));
}

}  // namespace

BENCHMARK(arpls)->Unit(benchmark::kMicrosecond);
BENCHMARK(reduce_frames)->Arg(1)->Arg(8)->Unit(benchmark::kMicrosecond);
BENCHMARK(parse_jcamp)->Unit(benchmark::kMicrosecond);
