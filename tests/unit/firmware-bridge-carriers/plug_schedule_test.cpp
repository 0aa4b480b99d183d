#include "firmware-bridge/carriers/plug_schedule.hpp"

#include <array>
#include <gtest/gtest.h>

namespace singel::firmware_bridge::carriers {
namespace {

using namespace std::chrono_literals;

TEST(PlugSchedule, GivesEachChangeOnceInTheOrderOfTheirTimes) {
    const std::array changes{PlugChange{0, 300ms, true}, PlugChange{1, 100ms, false}, PlugChange{0, 200ms, false}};
    PlugSchedule schedule;
    schedule.start(changes, 1s);
    EXPECT_EQ(schedule.next(), std::optional<PlugSchedule::Clock>(1100ms));
    EXPECT_FALSE(schedule.take_due(1099ms));
    const auto first = schedule.take_due(1250ms), second = schedule.take_due(1250ms);
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->device, 1u);
    EXPECT_EQ(second->device, 0u);
    EXPECT_FALSE(second->plugged);
    EXPECT_FALSE(schedule.take_due(1250ms));
    EXPECT_TRUE(schedule.take_due(1300ms)->plugged);
    EXPECT_FALSE(schedule.next());
}

TEST(PlugSchedule, KeepsTheGivenOrderOfEqualTimes) {
    const std::array changes{PlugChange{0, 5ms, false}, PlugChange{0, 5ms, true}};
    PlugSchedule schedule;
    schedule.start(changes, 0ns);
    EXPECT_FALSE(schedule.take_due(5ms)->plugged);
    EXPECT_TRUE(schedule.take_due(5ms)->plugged);
}

}  // namespace
}  // namespace singel::firmware_bridge::carriers
