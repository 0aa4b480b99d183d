#include "spectra/process/smooth.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <vector>

using namespace singel::spectra;
using namespace singel::spectra::process;

namespace {

core::Spectrum of(std::vector<double> values, double sigma = 0.0) {
    core::Spectrum spectrum;
    spectrum.axis = core::Axis::uniform(core::AxisKind::raman_shift_cm1, 0.0, 1.0, values.size());
    if (sigma > 0.0) spectrum.sigma.assign(values.size(), sigma);
    spectrum.values = std::move(values);
    return spectrum;
}

}  // namespace

TEST(Boxcar, AveragesHalfWidthPixelsOnEachSide) {
    const auto smooth = boxcar(of({0.0, 0.0, 9.0, 0.0, 0.0, 0.0}, 2.0), 1);
    EXPECT_EQ(smooth.values, (std::vector<double>{0.0, 3.0, 3.0, 3.0, 0.0, 0.0}));
    EXPECT_DOUBLE_EQ(smooth.sigma[2], 2.0 / std::sqrt(3.0));
    EXPECT_DOUBLE_EQ(smooth.sigma[0], 2.0 / std::sqrt(2.0));
    EXPECT_EQ(smooth.provenance.steps.back().parameters, "half_width=1");
}

TEST(Boxcar, LeavesUnknownPointsOut) {
    const auto smooth = boxcar(of({1.0, std::numeric_limits<double>::quiet_NaN(), 3.0, 5.0}), 1);
    EXPECT_DOUBLE_EQ(smooth.values[0], 1.0);
    EXPECT_DOUBLE_EQ(smooth.values[1], 2.0);
}

TEST(SavitzkyGolay, HasThePublishedWeights) {
    // Five points, quadratic: (-3, 12, 17, 12, -3) / 35; first derivative (-2, -1, 0, 1, 2) / 10.
    std::vector<double> pulse(11, 0.0);
    pulse[5] = 35.0;
    const auto smooth = savitzky_golay(of(pulse), 2, 2);
    ASSERT_TRUE(smooth);
    const double expected[] = {-3.0, 12.0, 17.0, 12.0, -3.0};
    for (std::size_t i = 0; i < 5; ++i) EXPECT_NEAR(smooth->values[3 + i], expected[i], 1e-12);
    const auto slope = savitzky_golay(of(pulse), 2, 2, 1);
    ASSERT_TRUE(slope);
    for (std::size_t i = 0; i < 5; ++i)
        EXPECT_NEAR(slope->values[3 + i], 3.5 * (2.0 - static_cast<double>(i)), 1e-12);
}

TEST(SavitzkyGolay, KeepsAPolynomialOfItsOrderToTheEnds) {
    std::vector<double> cubic(40);
    for (std::size_t i = 0; i < cubic.size(); ++i) {
        const double x = static_cast<double>(i);
        cubic[i] = 1.0 - 2.0 * x + 0.3 * x * x - 0.004 * x * x * x;
    }
    const auto smooth = savitzky_golay(of(cubic), 5, 3), slope = savitzky_golay(of(cubic), 5, 3, 1);
    ASSERT_TRUE(smooth && slope);
    for (std::size_t i = 0; i < cubic.size(); ++i) {
        const double x = static_cast<double>(i);
        EXPECT_NEAR(smooth->values[i], cubic[i], 1e-9);
        EXPECT_NEAR(slope->values[i], -2.0 + 0.6 * x - 0.012 * x * x, 1e-9);
    }
}

TEST(SavitzkyGolay, CarriesTheNoiseOfItsWeights) {
    const auto smooth = savitzky_golay(of(std::vector<double>(11, 1.0), 3.0), 2, 2);
    ASSERT_TRUE(smooth);
    // Sum of squared weights of the five-point quadratic: 17/35.
    EXPECT_NEAR(smooth->sigma[5], 3.0 * std::sqrt(17.0 / 35.0), 1e-12);
}

TEST(SavitzkyGolay, RefusesWindowsThatCannotCarryItsPolynomial) {
    const auto spectrum = of(std::vector<double>(11, 1.0));
    EXPECT_FALSE(savitzky_golay(spectrum, 0, 0));
    EXPECT_FALSE(savitzky_golay(spectrum, 1, 2));
    EXPECT_FALSE(savitzky_golay(spectrum, 6, 2));
    EXPECT_FALSE(savitzky_golay(spectrum, 4, 7));
    EXPECT_FALSE(savitzky_golay(spectrum, 2, 2, 3));
}
