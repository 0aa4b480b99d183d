#include "instrument/lasting.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spectra/core/result.hpp"
#include "tests/usb-instrument/on_the_bus.hpp"

// singel-bridge takes the first instrument away and brings it back under another address.
namespace singel::tests {
namespace {

using namespace std::chrono_literals;
using instrument::Presence;
using What = Presence::What;

constexpr int frames_after_return = 5;

asio::awaitable<void> capture_until_well_after(instrument::Spectrometer& spectrometer,
                                               const std::vector<Presence>& heard) {
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    std::uint64_t last = 0;
    for (int left = frames_after_return; left > 0 && std::chrono::steady_clock::now() < deadline;) {
        const core::Frame frame = co_await spectrometer.capture();
        EXPECT_GT(frame.number, last);
        last = frame.number;
        if (heard.size() == 2) --left;
    }
    const instrument::Counters counters = spectrometer.counters();
    EXPECT_EQ(last, counters.frames_delivered + counters.frames_lost);
}

asio::awaitable<void> go_on(asio::io_context& io) {
    std::vector<Presence> heard;
    instrument::LastingOptions options;
    options.witness = [&heard](const Presence& presence) { heard.push_back(presence); };
    const std::string id = co_await first_id();
    const auto spectrometer = co_await open_lasting(instrument::usb_bus(io.get_executor()), id, options);
    const core::InstrumentIdentity before = spectrometer->description().identity;
    const auto settings = settings_near(spectrometer->description(), 50ms);
    const core::FrameSettings asked = co_await spectrometer->apply(settings);
    co_await capture_until_well_after(*spectrometer, heard);
    EXPECT_EQ(heard.size(), 2u);
    EXPECT_EQ(heard.at(0).what, What::away);
    EXPECT_EQ(heard.at(1).what, What::back);
    EXPECT_EQ(heard.at(0).frames_lost, spectrometer->counters().frames_lost);
    const core::Frame frame = co_await spectrometer->capture();
    EXPECT_EQ(frame.instrument.serial, before.serial);
    EXPECT_EQ(frame.settings.integration_time, asked.integration_time);
    co_await spectrometer->close();
}

TEST(LastingOnTheBus, GoesOnWithTheSameUnitAfterAReplug) {
    run_on_the_bus(go_on);
}

asio::awaitable<std::optional<core::Fault>> fault_of_opening() {
    try {
        const auto spectrometer = co_await instrument::open("");
        (void)spectrometer;
    } catch (const core::Failure& failure) {
        co_return failure.error().fault;
    }
    co_return std::nullopt;
}

// Claims are refused for three seconds after the plug: longer than we are patient.
TEST(NotReady, IsTriedForASecondAndThenReported) {
    run_on_the_bus([](asio::io_context&) -> asio::awaitable<void> {
        const auto began = std::chrono::steady_clock::now();
        const auto fault = co_await fault_of_opening();
        EXPECT_TRUE(fault.has_value());
        EXPECT_GE(std::chrono::steady_clock::now() - began, 1s);
    });
}

}  // namespace
}  // namespace singel::tests
