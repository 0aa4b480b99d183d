#include "instrument/wasatch/memory.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>

namespace singel::instrument::wasatch {
namespace {

Memory good_memory() {
    Memory memory;
    fid::Eeprom eeprom;
    eeprom.model = "WP-785";
    eeprom.serial = "S-1";
    eeprom.has_laser = true;
    eeprom.active_pixels = 1024;
    eeprom.wavelength_nm = {800.0F, 0.2F, 0.0F, 0.0F, 0.0F};
    eeprom.roi = {10, 1000};
    eeprom.bad_pixels = {3, 900};
    eeprom.excitation_nm = 785.0F;
    eeprom.min_integration = std::chrono::milliseconds(3);
    eeprom.max_integration = std::chrono::milliseconds(60000);
    eeprom.laser_percent_of_mw = {0.0F, 0.2F, 0.0F, 0.0F};
    eeprom.min_laser_mw = 10;
    eeprom.max_laser_mw = 450;
    eeprom.raman_intensity = {0.0F, 0.001F};
    memory.verdict = fid::check(eeprom);
    memory.eeprom = eeprom;
    return memory;
}

TEST(WasatchMemory, BecomesADescriptionInReadOutOrder) {
    const Description description = describe(good_memory(), models[0]);
    EXPECT_EQ(description.identity.model, "WP-785");
    EXPECT_EQ(description.pixels, 1024u);
    EXPECT_NEAR(description.wavelengths[100], 820.0, 1e-4);  // single precision of the memory
    EXPECT_EQ(description.usable.first, 10u);
    EXPECT_EQ(description.usable.last, 1000u);
    EXPECT_EQ(description.bad_pixels, (std::vector<std::size_t>{3, 900}));
    EXPECT_NEAR(description.raman_intensity[500], std::pow(10.0, 0.5), 1e-5);
    EXPECT_EQ(description.raman_intensity[9], 1.0);
    EXPECT_EQ(description.integration.min, std::chrono::milliseconds(3));
    EXPECT_TRUE(description.warnings.empty());
}

TEST(WasatchMemory, IsMirroredForADetectorMountedTheOtherWayRound) {
    Memory memory = good_memory();
    memory.eeprom->feature_mask = fid::feature::invert_axis;
    const Description straight = describe(good_memory(), models[0]), mirrored = describe(memory, models[0]);
    for (const std::size_t pixel : {0u, 100u, 1023u}) {
        EXPECT_EQ(mirrored.wavelengths[pixel], straight.wavelengths[1023 - pixel]);
        EXPECT_EQ(mirrored.raman_intensity[pixel], straight.raman_intensity[1023 - pixel]);
    }
    EXPECT_EQ(mirrored.usable.first, 23u);
    EXPECT_EQ(mirrored.usable.last, 1013u);
    EXPECT_EQ(mirrored.bad_pixels, (std::vector<std::size_t>{123, 1020}));
}

TEST(WasatchMemory, WithCoefficientsThatAreNotNumbersGivesNoAxisAndNoLaserPower) {
    Memory memory = good_memory();
    memory.eeprom->wavelength_nm[2] = std::numeric_limits<float>::quiet_NaN();
    memory.verdict = fid::check(*memory.eeprom);
    const Description description = describe(memory, models[0]);
    EXPECT_TRUE(description.wavelengths.empty());
    EXPECT_FALSE(description.laser_max.has_value());
    EXPECT_FALSE(description.warnings.empty());
    EXPECT_FALSE(memory.verdict.laser_usable);
}

TEST(WasatchMemory, ThatIsBlankIsSaidToBe) {
    Memory memory;
    memory.unreadable = "blank";
    const Description description = describe(memory, models[0]);
    EXPECT_FALSE(description.has_laser);
    EXPECT_EQ(description.warnings.size(), 1u);
}

TEST(LaserSenses, ComeWithFirmwareAndFeatureBitOnFx2AndAlwaysOnArm) {
    Memory memory = good_memory();
    constexpr fid::FirmwareVersion old{10, 0, 0, 10}, recent{10, 0, 0, 11};
    EXPECT_FALSE(senses(memory, fid::Board::fx2, recent).interlock);
    memory.eeprom->feature_mask = fid::feature::interlock_feedback;
    EXPECT_TRUE(senses(memory, fid::Board::fx2, recent).interlock);
    EXPECT_TRUE(senses(memory, fid::Board::fx2, recent).firing);
    EXPECT_FALSE(senses(memory, fid::Board::fx2, old).interlock);
    EXPECT_TRUE(senses({}, fid::Board::arm, {}).interlock);
}

}  // namespace
}  // namespace singel::instrument::wasatch
