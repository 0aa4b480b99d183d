#include <benchmark/benchmark.h>

#include "firmware-bridge/virtual/instruments.hpp"
#include "firmware-bridge/virtual/optics/sensor.hpp"
#include "firmware-bridge/wire/ooi/commands.hpp"

// How long a virtual instrument takes: one frame of the detector, and one spectrum from request to the last byte.
namespace singel::firmware_bridge::virtual_instrument {

static void detector_frame(benchmark::State& state) {
    optics::Detector detector;
    detector.pixels = 2048;
    detector.counts_per_electron = 0.3;
    detector.read_noise_counts = 8;
    detector.dark_counts_per_s = 20;
    const optics::Sensor sensor(detector, {std::vector<double>(2048, 5000.0), {}}, 1, 2);
    std::uint64_t number = 0;
    for (auto _ : state) benchmark::DoNotOptimize(sensor.expose({1, 0, 1}, ++number));
}
BENCHMARK(detector_frame)->Unit(benchmark::kMicrosecond);

static void spectrum_over_the_endpoints(benchmark::State& state) {
    const auto device = make_instrument("USB2000+", {});
    std::size_t bytes = 0;
    device->on_complete = [&](Completion c) { bytes += c.actual; };
    TransferId id = 0;
    Clock now{0};
    for (auto _ : state) {
        device->submit_bulk_out(++id, 0x01, wire::ooi::encode(wire::ooi::RequestSpectrum{}), now);
        device->submit_bulk_in(++id, 0x82, 4608, now);
        now += std::chrono::milliseconds(6);
        device->advance(now);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(spectrum_over_the_endpoints)->Unit(benchmark::kMicrosecond);

static void make_model(benchmark::State& state) {
    const std::string model = models()[static_cast<std::size_t>(state.range(0))];
    Scene scene;
    for (int i = 0; i < 70000; ++i) {
        scene.wavelength_nm.push_back(400 + 0.01 * i);
        scene.light.push_back(i % 1000 == 0 ? 1.0 : 0.0);
    }
    for (auto _ : state) benchmark::DoNotOptimize(make_instrument(model, scene));
    state.SetLabel(model);
}
BENCHMARK(make_model)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

}  // namespace singel::firmware_bridge::virtual_instrument
