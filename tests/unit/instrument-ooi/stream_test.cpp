#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "firmware-bridge/virtual/faults.hpp"
#include "instrument/ocean_ooi/models.hpp"
#include "tests/unit/instrument-ooi/stand.hpp"

namespace singel::instrument::ooi_test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using virtual_instrument::FaultKind;

class OceanStream : public testing::TestWithParam<std::string> {};
std::vector<std::string> names() {
    std::vector<std::string> all;
    for (const ocean_ooi::Model& model : ocean_ooi::models) all.emplace_back(model.known.name);
    return all;
}
INSTANTIATE_TEST_SUITE_P(Models, OceanStream, testing::ValuesIn(names()), name_of_model);

std::chrono::milliseconds integration(Stand& s) {
    return std::chrono::ceil<std::chrono::milliseconds>(s.instrument->description().integration.min) + 10ms;
}

TEST_P(OceanStream, LeavesTheInstrumentIdleAtMostOneTwentiethOfTheTime) {
    Stand stand(GetParam());
    const auto error = stand.run([](Stand& s) -> asio::awaitable<void> {
        constexpr int frames = 100;
        co_await s.open();
        const auto time = integration(s);
        co_await s.instrument->apply({time});
        std::vector<std::chrono::nanoseconds> arrived;
        std::uint64_t number = 0;
        const FrameSink sink = [&](core::Frame frame) {
            arrived.push_back(s.now());
            EXPECT_EQ(frame.number, ++number);
        };
        co_await s.instrument->stream(frames, sink);
        const auto took = arrived.back() - arrived.front();
        EXPECT_LE(took, (frames - 1) * (time + time / 20));
        EXPECT_EQ(s.instrument->counters().frames_lost, 0u);
        co_await s.close();
    });
    EXPECT_FALSE(error.has_value()) << error->sentence();
}

TEST(OceanStreams, PostTheReadsBeforeTheCommand) {
    Stand stand("USB4000");
    stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.open();
        co_await s.instrument->capture();
        s.device->log.clear();
        co_await s.instrument->capture();
    });
    EXPECT_THAT(stand.device->log, ElementsAre("in 86", "in 82", "out 09"));
}

TEST(OceanStreams, LoseWhatWasAskedForAndGoOnWithTheNextCall) {
    Stand stand("USB2000+");
    const auto error = stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.open();
        co_await s.instrument->apply({20ms});
        std::vector<std::uint64_t> numbers;
        const FrameSink sink = [&](core::Frame frame) {
            numbers.push_back(frame.number);
            if (frame.number == 3)
                s.device->inject({FaultKind::corrupt, s.device->truth().exchanges + 1, {}}, s.now());
        };
        const auto lost = co_await error_of(s.instrument->stream(20, sink));
        EXPECT_TRUE(lost.has_value());
        const Counters after = s.instrument->counters();
        EXPECT_GE(after.frames_lost, 1u);
        if (lost) {
            EXPECT_THAT(lost->what, HasSubstr("lost"));
        }
        const std::uint64_t delivered = numbers.size();
        co_await s.instrument->stream(5, sink);
        EXPECT_EQ(numbers.size(), delivered + 5);
        EXPECT_EQ(numbers.at(delivered), delivered + after.frames_lost + 1);
        EXPECT_GE(s.instrument->counters().recoveries, 1u);
        EXPECT_FALSE(s.instrument->recoveries().empty());
        co_await s.close();
    });
    EXPECT_FALSE(error.has_value()) << error->sentence();
}

TEST(OceanStreams, ThrowAwayWhatWasPreparedBeforeAPause) {
    Stand stand("USB2000+");
    const auto error = stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.open();
        co_await s.instrument->apply({20ms});
        co_await s.instrument->capture();
        co_await s.wait(60'000ms);  // meanwhile another sample
        const auto asked = s.now();
        const core::Frame frame = co_await s.instrument->capture();
        EXPECT_GE(s.last_frame().begun, asked);
        EXPECT_EQ(frame.stale_discarded, 2u);
        co_await s.close();
    });
    EXPECT_FALSE(error.has_value()) << error->sentence();
}

}  // namespace
}  // namespace singel::instrument::ooi_test
