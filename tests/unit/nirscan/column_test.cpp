#include "firmware-bridge/wire/nirscan/column.hpp"

#include <gmock/gmock.h>

namespace singel::firmware_bridge::wire::nirscan {
namespace {

using testing::HasSubstr;

// One column is one nanometre: 1700 nm at column 0.
const Calibration straight{{0, 0, 0}, {1700, -1, 0}};
const Calibration bent{{0, 0, 0}, {1781.5, -0.92, -1.2e-4}};

Configuration columns(std::uint16_t first, std::uint16_t last, std::uint16_t patterns, std::uint8_t width) {
    return {ScanType::column, 0, "", "", first, last, width, patterns, 1};
}

TEST(NirscanWavelengths, LieAtEqualStepsWhereColumnsAreWhole) {
    const auto wavelengths = pattern_wavelengths(columns(900, 1700, 5, 7), straight);
    EXPECT_THAT(*wavelengths, testing::ElementsAre(900, 1100, 1300, 1500, 1700));
}

TEST(NirscanWavelengths, OfAnEvenWidthLieHalfAColumnLower) {
    const auto wavelengths = pattern_wavelengths(columns(900, 1700, 5, 6), straight);
    EXPECT_THAT(*wavelengths, testing::ElementsAre(900.5, 1100.5, 1300.5, 1500.5, 1700.5));
}

TEST(NirscanWavelengths, StayWithinAColumnOfAnEvenDivisionThroughABentCalibration) {
    const auto wavelengths = pattern_wavelengths(columns(950, 1650, 228, 7), bent);
    ASSERT_EQ(wavelengths->size(), 228u);
    EXPECT_NEAR(wavelengths->front(), 950, 1.2);  // a column is up to 1.1 nm wide there
    EXPECT_NEAR(wavelengths->back(), 1650, 1.2);
    for (std::size_t i = 1; i < wavelengths->size(); ++i) EXPECT_GT((*wavelengths)[i], (*wavelengths)[i - 1]);
}

TEST(NirscanWavelengths, AreRefusedBeyondTheMirrorsAndForHadamard) {
    EXPECT_THAT(pattern_wavelengths(columns(900, 1710, 5, 7), straight).error().what, HasSubstr("1710 nm"));
    EXPECT_THAT(pattern_wavelengths(columns(800, 1700, 5, 7), straight).error().what, HasSubstr("800 nm"));
    EXPECT_FALSE(pattern_wavelengths(columns(900, 1700, 1, 7), straight));
    EXPECT_FALSE(pattern_wavelengths(columns(900, 1700, 625, 7), straight));
    EXPECT_FALSE(pattern_wavelengths(columns(900, 1700, 5, 7), Calibration{}));
    Configuration hadamard = columns(900, 1700, 5, 7);
    hadamard.type = ScanType::hadamard;
    EXPECT_THAT(pattern_wavelengths(hadamard, straight).error().what, HasSubstr("Hadamard"));
}

TEST(NirscanBlack, ComesAfterEvery24Patterns) {
    std::vector<std::size_t> black;
    for (std::size_t place = 0; place < values_of(228); ++place)
        if (is_black(place, 24, 25)) black.push_back(place);
    EXPECT_EQ(values_of(228), 237u);
    EXPECT_THAT(black, testing::ElementsAre(24, 49, 74, 99, 124, 149, 174, 199, 224));
    EXPECT_EQ(values_of(23), 23u);
    EXPECT_EQ(values_of(24), 25u);
}

Scan ramp(std::uint16_t patterns, std::int32_t black) {
    Scan scan;
    scan.calibration = straight;
    scan.configuration = columns(900, 1700, patterns, 7);
    std::int32_t next = 0;
    for (std::size_t place = 0; place < values_of(patterns); ++place)
        scan.values.push_back(is_black(place, 24, 25) ? black : black + 10 * next++);
    return scan;
}

TEST(NirscanInterpreted, IsWhatStandsAboveTheBlackPatterns) {
    for (const std::int32_t black : {0, 5000, -5000}) {
        const auto result = interpret(ramp(101, black));
        ASSERT_EQ(result->intensity.size(), 101u);
        for (std::size_t i = 0; i < 101; ++i) EXPECT_EQ(result->intensity[i], static_cast<std::int64_t>(10 * i));
        EXPECT_EQ(result->wavelength_nm[100], 1700);
    }
}

TEST(NirscanInterpreted, TakesTheWholePartOfTheMeanOfTheBlack) {
    Scan scan = ramp(50, 100);
    scan.values[24] = 101;  // mean 100.5
    EXPECT_EQ(interpret(scan)->intensity[0], 0);
}

TEST(NirscanInterpreted, IsRefusedWhenValuesAreMissingOrTooMany) {
    Scan scan = ramp(50, 100);
    scan.values.pop_back();
    EXPECT_THAT(interpret(scan).error().what, HasSubstr("49 values for 50 patterns"));
    scan = ramp(50, 100);
    scan.values.push_back(1);
    EXPECT_FALSE(interpret(scan));
}

}  // namespace
}  // namespace singel::firmware_bridge::wire::nirscan
