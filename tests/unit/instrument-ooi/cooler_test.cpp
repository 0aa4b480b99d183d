#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/instrument-ooi/stand.hpp"

namespace singel::instrument::ooi_test {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::Not;

TEST(OceanCooler, CoolsToItsSetpointAndTheFrameSaysHowColdItWas) {
    for (const char* model : {"QE65000", "NIRQuest512"}) {
        Stand stand(model);
        const auto error = stand.run([](Stand& s) -> asio::awaitable<void> {
            co_await s.open();
            Cooler* cooler = s.instrument->cooler();
            EXPECT_NE(cooler, nullptr);
            co_await cooler->cool_to(core::Celsius{-8.5});
            co_await s.wait(600'000ms);
            const CoolerState state = co_await cooler->read_state();
            EXPECT_TRUE(state.enabled);
            EXPECT_EQ(state.setpoint, core::Celsius{-8.5});
            EXPECT_NEAR(state.temperature->value, -8.5, 0.2);
            const core::Frame frame = co_await s.instrument->capture();
            EXPECT_NEAR(frame.detector_temperature->value, -8.5, 0.2);
            co_await s.close();
        });
        EXPECT_FALSE(error.has_value()) << error->sentence();
    }
}

TEST(OceanCooler, RefusesATemperatureThatCannotBeMeant) {
    for (const double celsius : {-273.15, 1e9, std::numeric_limits<double>::quiet_NaN()}) {
        Stand stand("QE65000");
        stand.run([](Stand& s) -> asio::awaitable<void> { co_await s.open(); });
        stand.device->log.clear();
        static double asked = 0;
        asked = celsius;
        const auto error = stand.run([](Stand& s) -> asio::awaitable<void> {
            co_await s.instrument->cooler()->cool_to(core::Celsius{asked});
        });
        ASSERT_TRUE(error.has_value());
        EXPECT_EQ(error->fault, core::Fault::invalid_argument);
        EXPECT_TRUE(stand.device->log.empty());
    }
}

TEST(OceanCooler, IsLeftAsFoundAndUntouchedWhenNobodyUsedIt) {
    Stand stand("QE65000");
    stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.open();
        co_await s.instrument->cooler()->cool_to(core::Celsius{5.0});
        s.device->log.clear();
        co_await s.close();
    });
    EXPECT_THAT(stand.device->log, Contains("out 71"));
    stand.device->log.clear();
    stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.open();
        co_await s.instrument->capture();
        co_await s.close();
    });
    EXPECT_THAT(stand.device->log, Not(Contains("out 71")));
    EXPECT_THAT(stand.device->log, Not(Contains("out 73")));
}

TEST(OceanCooler, IsNotThereAndNoFrameHasATemperatureWithoutOne) {
    Stand stand("USB4000");
    stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.open();
        EXPECT_EQ(s.instrument->cooler(), nullptr);
        EXPECT_FALSE(s.instrument->description().has_cooler);
        const core::Frame frame = co_await s.instrument->capture();
        EXPECT_FALSE(frame.detector_temperature.has_value());
    });
}

}  // namespace
}  // namespace singel::instrument::ooi_test
