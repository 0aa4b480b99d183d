#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/instrument-ooi/stand.hpp"

// Calibration memory that cannot be: a warning with the slot and its text, never a crash and never an axis.
namespace singel::instrument::ooi_test {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

void set_slot(Stand& stand, std::uint8_t slot, std::string text, std::uint8_t rest = 0) {
    stand.device->change_reply({0x05, slot}, [text, rest](Between::Reply& reply) {
        std::fill(reply.begin() + 2, reply.end(), rest);
        std::copy(text.begin(), text.end(), reply.begin() + 2);
    });
}

const Description& opened(Stand& stand) {
    const auto error = stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.open();
        co_await s.instrument->capture();
    });
    EXPECT_FALSE(error.has_value()) << error->sentence();
    return stand.instrument->description();
}

struct Bad {
    std::uint8_t slot;
    std::string text, named;
};

TEST(OceanMemory, WavelengthsThatAreNoNumbersEndInAWarningWithSlotAndText) {
    for (const Bad& bad : {Bad{2, "nan", "nan"}, Bad{1, "inf", "inf"}, Bad{3, "-1,6e-05", "-1,6e-05"},
                           Bad{4, "abc", "abc"}, Bad{1, "1e999", "1e999"}}) {
        Stand stand("USB2000+");
        set_slot(stand, bad.slot, bad.text);
        const Description& description = opened(stand);
        EXPECT_TRUE(description.wavelengths.empty()) << bad.text;
        EXPECT_THAT(description.warnings,
                    ElementsAre(AllOf(HasSubstr("slot " + std::to_string(bad.slot)), HasSubstr(bad.named))));
    }
}

TEST(OceanMemory, WavelengthsThatCannotBeEndInAWarningWithTheirCoefficients) {
    for (const Bad& bad : {Bad{1, "1e9", "1e+09"}, Bad{3, "-2e-4", "-0.0002"}, Bad{4, "1000000000", "1e+09"}}) {
        Stand stand("USB2000+");
        set_slot(stand, bad.slot, bad.text);
        const Description& description = opened(stand);
        EXPECT_TRUE(description.wavelengths.empty()) << bad.text;
        EXPECT_THAT(description.warnings, ElementsAre(AllOf(HasSubstr("slots 1 to 4"), HasSubstr(bad.named))));
    }
}

TEST(OceanMemory, ASlotWithoutNulIsReadToItsEnd) {
    Stand stand("USB2000+");
    set_slot(stand, 1, "3.3973800000e+0", '2');
    EXPECT_THAT(opened(stand).warnings, ElementsAre(HasSubstr("slots 1 to 4")));  // 3.39738e+0 nm: too short
    Stand other("USB2000+");
    set_slot(other, 1, "339.7380000000", '0');
    EXPECT_NEAR(opened(other).wavelengths[0], 339.738, 1e-9);
}

TEST(OceanMemory, ErasedMemoryGivesWarningsAndFramesAllTheSame) {
    Stand stand("USB2000+");
    for (std::uint8_t slot = 0; slot < 18; ++slot) set_slot(stand, slot, "", 0xFF);
    const Description& description = opened(stand);
    EXPECT_TRUE(description.wavelengths.empty());
    EXPECT_TRUE(description.nonlinearity.empty());
    EXPECT_TRUE(description.stray_light.empty());
    EXPECT_EQ(description.full_scale, 65535u);
    EXPECT_THAT(description.warnings, Contains(HasSubstr("serial number")));
    EXPECT_THAT(description.warnings, Contains(HasSubstr("slot 1")));
}

TEST(OceanMemory, NonlinearityThatWouldDivideByZeroIsRefused) {
    Stand stand("USB2000+");
    set_slot(stand, 6, "1");
    set_slot(stand, 7, "-1e-4");
    const Description& description = opened(stand);
    EXPECT_TRUE(description.nonlinearity.empty());
    EXPECT_THAT(description.warnings, ElementsAre(AllOf(HasSubstr("slots 6 on"), HasSubstr("-0.0001"))));
}

TEST(OceanMemory, AnImpossibleOrderIsNamed) {
    for (const char* order : {"9", "-1", "1.5"}) {
        Stand stand("USB2000+");
        set_slot(stand, 14, order);
        const Description& description = opened(stand);
        EXPECT_TRUE(description.nonlinearity.empty());
        EXPECT_THAT(description.warnings, ElementsAre(AllOf(HasSubstr("slot 14"), HasSubstr(order))));
    }
}

TEST(OceanMemory, StrayLightMayHaveTwoCoefficients) {
    Stand one("USB2000+"), two("USB2000+");
    set_slot(one, 5, "0.0012", 0xFF);
    set_slot(two, 5, std::string("0.0012\0-3e-4\0", 13));
    EXPECT_THAT(opened(one).stray_light, ElementsAre(0.0012));
    EXPECT_THAT(opened(two).stray_light, ElementsAre(0.0012, -3e-4));
}

TEST(OceanMemory, TheConverterIsFullWhereSlotSeventeenSays) {
    Stand stand("USB2000+");
    stand.device->change_reply({0x05, 17}, [](Between::Reply& reply) { reply.at(6) = 0x00, reply.at(7) = 0xD0; });
    EXPECT_EQ(opened(stand).full_scale, 0xD000u);
    Stand maya("Maya2000Pro");  // first two bytes, and small values mean nothing
    maya.device->change_reply({0x05, 17}, [](Between::Reply& reply) { reply.at(2) = 0x00, reply.at(3) = 0x10; });
    EXPECT_EQ(opened(maya).full_scale, 64000u);
    Stand nir("NIRQuest512");
    nir.device->change_reply({0x05, 17}, [](Between::Reply& reply) {
        reply.at(6) = 0x00, reply.at(7) = 0xC0, reply.at(8) = 0, reply.at(9) = 0;
    });
    EXPECT_EQ(opened(nir).full_scale, 0xC000u);
}

TEST(OceanMemory, IrradianceThatWasNeverWrittenIsNone) {
    Stand stand("USB2000+");
    stand.device->change_reply({0x6D}, [](Between::Reply& reply) { std::fill(reply.begin(), reply.end(), 0xFF); });
    const Description& description = opened(stand);
    EXPECT_TRUE(description.irradiance.empty());
    EXPECT_THAT(description.warnings, IsEmpty());
    Stand written("USB2000+");
    EXPECT_EQ(opened(written).irradiance.size(), 2048u);
}

TEST(OceanMemory, AnOlderAnswerInTheQueueIsNotTakenForTheSlot) {
    Stand stand("USB2000+");
    const auto error = stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.tell("05 02");
        co_await s.tell("05 03");
        co_await s.open();
    });
    EXPECT_FALSE(error.has_value());
    EXPECT_THAT(stand.instrument->description().warnings, IsEmpty());
}

}  // namespace
}  // namespace singel::instrument::ooi_test
