#include <csignal>
#include <gtest/gtest.h>
#include <numeric>

#include "tests/usb-instrument/on_the_bus.hpp"
#include "tests/usb/spawned.hpp"

// A program dies in the midst of a frame; the next one needs no replug, and no frame of the dead one's.
namespace singel::tests {
namespace {

using namespace std::chrono_literals;

double level(const core::Frame& frame) {
    const double sum = std::accumulate(frame.counts.begin(), frame.counts.end(), 0.0);
    return sum / static_cast<double>(frame.counts.size());
}

asio::awaitable<void> expect_right_frames(asio::io_context&) {
    const auto spectrometer = co_await instrument::open("");
    const core::FrameSettings in_force =
        co_await spectrometer->apply(settings_near(spectrometer->description(), 20ms));
    const core::Frame first = co_await spectrometer->capture();
    EXPECT_EQ(first.settings.integration_time, in_force.integration_time);
    EXPECT_EQ(first.number, 1u);
    double later = 0.0;
    for (int i = 0; i < 5; ++i) {
        const core::Frame frame = co_await spectrometer->capture();
        later += level(frame) / 5;
    }
    // The dead program's frame had twenty times the light.
    EXPECT_NEAR(level(first), later, 0.02 * later + 3.0);
    EXPECT_EQ(spectrometer->counters().frames_lost, 0u);
    co_await spectrometer->close();
}

TEST(Killed, LeavesAnInstrumentThatNeedsNoReplug) {
    for (int times = 0; times < 3; ++times) {
        Spawned victim({SINGEL_BIN_DIR "/../tests/usb-instrument-victim"});
        ASSERT_EQ(victim.read_line(), "in the midst of a frame");
        victim.send(SIGKILL);
        ASSERT_EQ(victim.exit_code(), 128 + SIGKILL);
        run_on_the_bus(expect_right_frames);
    }
}

}  // namespace
}  // namespace singel::tests
