// How long a person waits for the list of instruments and for one to open, on the bus that is there (eight virtual
// instruments when singel-bridge makes it), and what a frame costs from its last byte to the Frame, in process.

#include <benchmark/benchmark.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <string>

#include "instrument/discovery.hpp"

namespace {

namespace asio = boost::asio;
namespace instrument = singel::instrument;
using namespace std::chrono_literals;

template <class Work>
void run(Work work) {
    asio::io_context io(1);
    std::exception_ptr problem;
    asio::co_spawn(io, work(), [&problem](std::exception_ptr thrown) { problem = thrown; });
    io.run();
    if (problem) std::rethrow_exception(problem);
}

std::vector<instrument::Found> attached() {
    static std::vector<instrument::Found> found;
    run([]() -> asio::awaitable<void> { found = co_await instrument::discover(false); });
    return found;
}

void list_what_is_attached(benchmark::State& state) {
    std::size_t listed = 0;
    for (auto _ : state) listed = attached().size();
    state.SetLabel(std::to_string(listed) + " instruments");
    if (listed == 0) state.SkipWithError("no instrument is attached: run it under singel-bridge");
}
BENCHMARK(list_what_is_attached)->UseRealTime()->Unit(benchmark::kMillisecond);

asio::awaitable<void> open_and_close(const std::string& id) {
    const auto opened = co_await instrument::open(id);
    co_await opened->close();
}

void open_one_that_is_attached(benchmark::State& state) {
    const auto found = attached();
    const auto index = static_cast<std::size_t>(state.range(0));
    if (index >= found.size()) return state.SkipWithError("not attached");
    state.SetLabel(found[index].model);
    for (auto _ : state) run([&found, index] { return open_and_close(found[index].id); });
}
BENCHMARK(open_one_that_is_attached)->DenseRange(0, 7)->UseRealTime()->Unit(benchmark::kMillisecond);

struct Streamed {
    benchmark::State& state;
    std::uint64_t frames = 0;
};

asio::awaitable<void> stream(Streamed& streamed, const std::string& model) {
    instrument::VirtualOptions options;
    options.model = model;
    options.virtual_time = true;
    const auto opened = co_await instrument::open_virtual(std::move(options));
    const instrument::Settings shortest{opened->description().integration.min};
    co_await opened->apply(shortest);
    const instrument::FrameSink sink = [&streamed](const auto&) { ++streamed.frames; };
    constexpr std::uint64_t frames = 100;
    for (auto _ : streamed.state) co_await opened->stream(frames, sink);
    co_await opened->close();
}

// Virtual instrument, link, driver and book together: more than the time from the last byte to the Frame.
void frame_in_process(benchmark::State& state, const std::string& model) {
    Streamed streamed{state};
    run([&streamed, &model] { return stream(streamed, model); });
    state.SetItemsProcessed(static_cast<std::int64_t>(streamed.frames));
}
BENCHMARK_CAPTURE(frame_in_process, usb2000_plus, "USB2000+")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(frame_in_process, wp_785, "WP-785")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(frame_in_process, qe_pro, "QE-PRO")->Unit(benchmark::kMillisecond);

}  // namespace
