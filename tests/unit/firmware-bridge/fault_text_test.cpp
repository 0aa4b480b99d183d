#include <gtest/gtest.h>

#include "firmware-bridge/virtual/faults.hpp"
#include "tests/unit/firmware-bridge/bench.hpp"

namespace singel::test {

TEST(FaultText, NamesKindExchangeAndDuration) {
    device::Faults faults;
    std::string message;
    ASSERT_TRUE(device::parse_faults("unplug@12,delay@3:500ms,interlock_open@7:2s,all_ones_memory", faults, message));
    ASSERT_EQ(faults.size(), 4u);
    EXPECT_EQ(faults[0].kind, device::FaultKind::unplug);
    EXPECT_EQ(faults[0].at, 12u);
    EXPECT_EQ(faults[1].duration, milliseconds(500));
    EXPECT_EQ(faults[2].duration, seconds(2));
    EXPECT_EQ(faults[3].kind, device::FaultKind::all_ones_memory);
    EXPECT_EQ(faults[3].at, 0u);
    ASSERT_TRUE(device::parse_faults("", faults, message));
    EXPECT_TRUE(faults.empty());
}

TEST(FaultText, TakesEveryKindThatItNames) {
    device::Faults faults;
    std::string message;
    ASSERT_FALSE(device::parse_faults("explode@3", faults, message));
    std::string names = message.substr(message.rfind(": one of ") + 9);
    for (std::size_t at = 0; (at = names.find(", ", at)) != std::string::npos;) names.replace(at, 2, "@1,");
    ASSERT_TRUE(device::parse_faults(names + "@1", faults, message)) << message;
    EXPECT_GE(faults.size(), 25u);
}

TEST(FaultText, IsRefusedWithAReasonAndLeavesTheFaultsAlone) {
    for (const char* bad :
         {"explode@3", "stall", "stall@", "stall@x", "stall@-1", "stall@3x", "delay@3:5", "delay@3:ms", "delay@3:5h",
          "stall@3,", ",stall@3", "stall@0", "stall@99999999999999999999"}) {
        device::Faults faults{{device::FaultKind::stale, 5, {}}};
        std::string message;
        EXPECT_FALSE(device::parse_faults(bad, faults, message)) << bad;
        EXPECT_FALSE(message.empty()) << bad;
        EXPECT_EQ(faults.size(), 1u);
    }
}

}  // namespace singel::test
