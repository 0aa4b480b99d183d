#include "instrument/settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace singel::instrument {
namespace {

using namespace std::chrono_literals;

Description fine_then_coarse() {
    Description description;
    description.identity.model = "USB2000+";
    description.integration = {1ms, 65535ms, 10us, 655ms, 1ms};
    return description;
}

TEST(Settings, AreValidOnAStepOfTheInstrument) {
    for (const std::chrono::microseconds time : {1000us, 1010us, 654990us, 655000us, 65535000us}) {
        const Validated validated = validate({time}, fine_then_coarse());
        EXPECT_EQ(validated.verdict, Verdict::valid) << time.count();
        EXPECT_EQ(validated.settings.integration_time, time);
        EXPECT_TRUE(validated.why.empty());
    }
}

TEST(Settings, AreRoundedToTheNearestStepAndSaySo) {
    const Validated fine = validate({1014us}, fine_then_coarse());
    EXPECT_EQ(fine.verdict, Verdict::adjusted);
    EXPECT_EQ(fine.settings.integration_time, 1010us);
    EXPECT_EQ(validate({1015us}, fine_then_coarse()).settings.integration_time, 1020us);
    const Validated coarse = validate({700400us}, fine_then_coarse());
    EXPECT_EQ(coarse.settings.integration_time, 700ms);
    ASSERT_EQ(coarse.why.size(), 1u);
    EXPECT_THAT(coarse.why[0], testing::HasSubstr("700 ms"));
}

TEST(Settings, StayWithinTheLimitsWhenRounded) {
    Description description = fine_then_coarse();
    description.integration = {1005us, 1999us, 10us};
    EXPECT_EQ(validate({1005us}, description).settings.integration_time, 1010us);
    EXPECT_EQ(validate({1999us}, description).settings.integration_time, 1990us);
}

TEST(Settings, OutOfRangeAreInvalidAndNameTheRange) {
    for (const std::chrono::microseconds time : {0us, 999us, 65535001us}) {
        const Validated validated = validate({time}, fine_then_coarse());
        EXPECT_EQ(validated.verdict, Verdict::invalid);
        ASSERT_EQ(validated.why.size(), 1u);
        EXPECT_THAT(validated.why[0], testing::AllOf(testing::HasSubstr("1 ms"), testing::HasSubstr("65535 ms")));
    }
}

TEST(RamanShift, IsThatOfTheInstrumentsOwnWavelengthsAndLaser) {
    Description description;
    description.wavelengths = *core::Axis::make(core::AxisKind::wavelength_device_nm, {785.0, 800.0, 850.0});
    description.excitation = core::DeviceNm{785.0};
    const auto shift = description.raman_shift();
    ASSERT_TRUE(shift.has_value());
    EXPECT_DOUBLE_EQ((*shift)[0], 0.0);
    EXPECT_NEAR((*shift)[1], 1e7 / 785.0 - 1e7 / 800.0, 1e-9);
}

TEST(RamanShift, IsRefusedWithoutALaserOrWithoutWavelengths) {
    Description description;
    description.wavelengths = *core::Axis::make(core::AxisKind::wavelength_device_nm, {500.0, 501.0});
    EXPECT_EQ(description.raman_shift().error().fault, core::Fault::wrong_technique);
    description.excitation = core::DeviceNm{785.0};
    description.wavelengths = {};
    EXPECT_EQ(description.raman_shift().error().fault, core::Fault::protocol);
}

}  // namespace
}  // namespace singel::instrument
