#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <memory>

#include "instrument/virtual_link.hpp"
#include "tests/conformance/bench.hpp"

// Several instruments in one program, on one executor.
namespace singel::conformance {
namespace {

using namespace std::chrono_literals;
using instrument::Settings;

constexpr std::uint64_t frames_each = 6;

struct Line {
    std::string model;
    std::shared_ptr<virtual_instrument::UsbDevice> device;
    std::chrono::microseconds time{};
    std::vector<core::Frame> frames;
    std::optional<core::Error> error;
    bool unplugged_halfway = false;
};

asio::awaitable<void> use(asio::any_io_executor executor, Line& line) {
    const auto link =
        instrument::VirtualLink::make(executor, line.device, instrument::LinkTime::simulated, line.model);
    const auto instrument = co_await open_over(link, *line.device);
    const auto& limits = instrument->description().integration;
    line.time = std::min<std::chrono::microseconds>(limits.min + 10ms, limits.max);
    line.time = instrument::validate(Settings{line.time}, instrument->description()).settings.integration_time;
    co_await instrument->apply(Settings{line.time});
    const instrument::FrameSink sink = [&](core::Frame frame) {
        line.frames.push_back(std::move(frame));
        if (line.unplugged_halfway && line.frames.size() == frames_each / 2) line.device->unplug(link->now());
    };
    const auto error = co_await error_of(instrument->stream(frames_each, sink));
    line.error = error;
    co_await instrument->close();
}

TEST(SeveralInstruments, EachGivesItsOwnFramesAndOneThatIsUnpluggedDisturbsNoOther) {
    if (cases().front().attached) GTEST_SKIP() << "the instruments are virtual ones, in process";
    asio::io_context io(1);
    std::vector<std::unique_ptr<Line>> lines;
    for (const Case& one : cases()) {
        lines.push_back(std::make_unique<Line>());
        lines.back()->model = one.model;
        lines.back()->device = virtual_instrument::make_instrument(one.model, scene(0.2));
    }
    lines.front()->unplugged_halfway = true;
    for (const auto& line : lines)
        asio::co_spawn(io, use(io.get_executor(), *line),
                       [&line](std::exception_ptr problem) { EXPECT_EQ(problem, nullptr) << line->model; });
    io.run();
    for (const auto& line : lines) {
        SCOPED_TRACE(line->model);
        EXPECT_EQ(line->error.has_value(), line->unplugged_halfway);
        EXPECT_EQ(line->frames.size(), line->unplugged_halfway ? frames_each / 2 : frames_each);
        for (std::size_t i = 0; i < line->frames.size(); ++i) {
            EXPECT_EQ(line->frames[i].number, i + 1);
            EXPECT_EQ(line->frames[i].settings.integration_time, line->time);
            EXPECT_EQ(line->frames[i].instrument, line->frames[0].instrument);
        }
    }
}

}  // namespace
}  // namespace singel::conformance
