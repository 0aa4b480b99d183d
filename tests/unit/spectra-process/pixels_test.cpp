#include "spectra/process/pixels.hpp"

#include <gtest/gtest.h>
#include <limits>
#include <vector>

using namespace singel::spectra;
using namespace singel::spectra::process;

TEST(BadPixels, BecomeTheLineBetweenTheirGoodNeighbours) {
    const std::vector<double> counts{10.0, 999.0, 999.0, 16.0, 20.0, 999.0};
    const std::vector<std::size_t> bad{1, 2, 5};
    const auto mended = interpolate_bad_pixels(counts, bad);
    ASSERT_TRUE(mended);
    EXPECT_EQ(*mended, (std::vector<double>{10.0, 12.0, 14.0, 16.0, 20.0, 20.0}));
}

TEST(BadPixels, RefuseAListThatLeavesNothingOrLeavesTheDetector) {
    const std::vector<double> counts{1.0, 2.0};
    EXPECT_FALSE(interpolate_bad_pixels(counts, std::vector<std::size_t>{0, 1}));
    EXPECT_FALSE(interpolate_bad_pixels(counts, std::vector<std::size_t>{2}));
}

TEST(ElectricDark, IsTheMeanOfTheMaskedPixels) {
    const std::vector<double> counts{9.0, 1.0, 3.0, 9.0, 8.0};
    const std::vector<PixelRange> masked{{1, 2}, {4, 4}};
    const auto level = electric_dark(counts, masked);
    ASSERT_TRUE(level);
    EXPECT_DOUBLE_EQ(*level, 4.0);
}

TEST(ElectricDark, RefusesRangesBeyondTheDetectorAndNone) {
    const std::vector<double> counts{1.0, 2.0};
    EXPECT_FALSE(electric_dark(counts, std::vector<PixelRange>{{0, 2}}));
    EXPECT_FALSE(electric_dark(counts, std::vector<PixelRange>{{1, 0}}));
    EXPECT_FALSE(electric_dark(counts, {}));
}

TEST(Nonlinearity, DividesByTheResponseOfThePolynomial) {
    const std::vector<double> counts{0.0, 1000.0, 40000.0};
    const std::vector<double> coefficients{0.9, 1e-6};
    const auto corrected = linearised(counts, coefficients);
    ASSERT_TRUE(corrected);
    EXPECT_DOUBLE_EQ((*corrected)[0], 0.0);
    EXPECT_DOUBLE_EQ((*corrected)[1], 1000.0 / 0.901);
    EXPECT_DOUBLE_EQ((*corrected)[2], 40000.0 / 0.94);
}

TEST(Nonlinearity, RefusesAPolynomialThatIsNotPositive) {
    const std::vector<double> counts{1000.0};
    EXPECT_FALSE(linearised(counts, std::vector<double>{0.0}));
    EXPECT_FALSE(linearised(counts, std::vector<double>{1.0, -1.0}));
    EXPECT_FALSE(linearised(counts, std::vector<double>{std::numeric_limits<double>::quiet_NaN()}));
}

TEST(OddPixels, GoThroughALineOfTheirOwn) {
    const std::vector<double> counts{100, 200, 300, 400, 500};
    EXPECT_EQ(level_odd_pixels(counts, {0.5, 10}), (std::vector<double>{100, 110, 300, 210, 500}));
}

TEST(Ends, ShowWhatTheNearestOtherPixelShows) {
    const std::vector<double> counts{9, 9, 9, 4, 5, 6, 8, 8};
    const auto overwritten = overwrite_ends(counts, 3, 2);
    ASSERT_TRUE(overwritten);
    EXPECT_EQ(*overwritten, (std::vector<double>{4, 4, 4, 4, 5, 6, 6, 6}));
    EXPECT_EQ(*overwrite_ends(counts, 0, 0), counts);
    EXPECT_FALSE(overwrite_ends(counts, 5, 3));
}

TEST(Pairs, AreMeansWithOneNeighbour) {
    const std::vector<double> counts{2, 4, 8, 16};
    EXPECT_EQ(average_pairs(counts, core::PairAverage::with_next), (std::vector<double>{3, 6, 12, 16}));
    EXPECT_EQ(average_pairs(counts, core::PairAverage::with_previous), (std::vector<double>{2, 3, 6, 12}));
    EXPECT_EQ(average_pairs(counts, core::PairAverage::none), counts);
}
