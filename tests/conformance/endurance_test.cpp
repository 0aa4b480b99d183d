#include <fstream>
#include <iostream>
#include <unistd.h>

#include "tests/conformance/bench.hpp"

// Spectra by the hundred thousand: none lost, none stale, and no memory that grows.
namespace singel::conformance {
namespace {

using namespace std::chrono_literals;
using instrument::Settings;

std::size_t resident_bytes() {
    std::ifstream file("/proc/self/statm");
    std::size_t total = 0, resident = 0;
    file >> total >> resident;
    return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

struct Run {
    std::uint64_t delivered = 0, last = 0, out_of_order = 0, other_settings = 0;
    core::FrameSettings in_force;
};

asio::awaitable<void> stream_on(Bench& b, Run& run, std::uint64_t frames) {
    const instrument::FrameSink sink = [&run](core::Frame frame) {
        ++run.delivered;
        if (frame.number != run.last + 1) ++run.out_of_order;
        if (frame.settings != run.in_force) ++run.other_settings;
        run.last = frame.number;
    };
    co_await b.instrument->stream(frames, sink);
}

asio::awaitable<void> stream_for_long(Bench& b) {
    constexpr std::size_t growth_allowed = 2u
                                           << 20;  // an allocator's own reserve; a leak of 64 bytes a frame is more
    const std::uint64_t warm_up = b.parameter / 10;
    Run run;
    co_await b.open();
    run.in_force = co_await b.instrument->apply(Settings{b.possible(b.instrument->description().integration.min)});
    co_await stream_on(b, run, warm_up);
    const std::size_t before = resident_bytes();
    co_await stream_on(b, run, b.parameter - warm_up);
    const std::size_t after = resident_bytes();
    EXPECT_EQ(run.delivered, b.parameter);
    EXPECT_EQ(run.out_of_order, 0u);
    EXPECT_EQ(run.other_settings, 0u);
    EXPECT_EQ(b.instrument->counters().frames_lost, 0u);
    EXPECT_LE(after, before + growth_allowed);
    std::cout << run.delivered << " spectra, resident memory " << before / 1024 << " -> " << after / 1024 << " KiB\n";
    co_await b.close();
}

TEST(Endurance, LosesNoFrameAndNoMemory) {
    const Case which = cases().front().attached ? cases().front() : Case{"USB2000+", false};
    Bench bench(which);
    const std::uint64_t sampled = bench.attached() ? 2000 : 8000, whole = bench.attached() ? 100000 : 1000000;
    bench.parameter = whole_campaign() ? whole : sampled;
    bench.run(stream_for_long);
}

}  // namespace
}  // namespace singel::conformance
