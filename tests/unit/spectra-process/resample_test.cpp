#include "spectra/process/resample.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <random>
#include <vector>

using namespace singel::spectra::core;
using singel::spectra::process::resample;

namespace {

Spectrum on(Axis axis, double (*f)(double), double sigma = 0.0) {
    Spectrum spectrum;
    for (double x : axis.values()) spectrum.values.push_back(f(x));
    if (sigma > 0.0) spectrum.sigma.assign(axis.size(), sigma);
    spectrum.axis = std::move(axis);
    return spectrum;
}

Axis shifts(double first, double step, std::size_t size) {
    return Axis::uniform(AxisKind::raman_shift_cm1, first, step, size);
}

double parabola(double x) {
    return 2.0 + 0.5 * x - 0.01 * x * x;
}

double band(double x) {
    return std::exp(-0.5 * (x - 100.0) * (x - 100.0) / 16.0);
}

}  // namespace

TEST(Resample, GivesTheSameValuesOnTheSameAxis) {
    const auto spectrum = on(shifts(0.0, 1.5, 200), band, 0.1);
    const auto same = resample(spectrum, spectrum.axis);
    ASSERT_TRUE(same);
    for (std::size_t i = 0; i < spectrum.size(); ++i) {
        EXPECT_DOUBLE_EQ(same->values[i], spectrum.values[i]);
        EXPECT_DOUBLE_EQ(same->sigma[i], 0.1);
    }
}

TEST(Resample, FollowsAParabolaExactlyBetweenEvenPoints) {
    const auto spectrum = on(shifts(0.0, 2.0, 60), parabola);
    const auto finer = resample(spectrum, shifts(2.0, 0.7, 160));
    ASSERT_TRUE(finer);
    for (std::size_t i = 0; i < finer->size(); ++i)
        EXPECT_NEAR(finer->values[i], parabola(finer->axis[i]), 1e-9) << finer->axis[i];
}

TEST(Resample, KeepsTheHeightOfABandBetweenItsPoints) {
    // A band of 9.4 cm⁻¹ width on 2 cm⁻¹ pixels, as on a small Raman instrument.
    const auto spectrum = on(shifts(1.0, 2.0, 100), band);
    const auto finer = resample(spectrum, shifts(20.0, 1.0, 160));
    ASSERT_TRUE(finer);
    for (std::size_t i = 0; i < finer->size(); ++i) EXPECT_NEAR(finer->values[i], band(finer->axis[i]), 0.01);
}

TEST(Resample, ReadsAFallingAxisAsWell) {
    const auto rising = on(shifts(0.0, 2.0, 100), band);
    const auto falling = on(shifts(198.0, -2.0, 100), band);
    const auto target = shifts(150.0, -1.3, 90);
    const auto a = resample(rising, target), b = resample(falling, target);
    ASSERT_TRUE(a && b);
    for (std::size_t i = 0; i < target.size(); ++i) EXPECT_NEAR(a->values[i], b->values[i], 1e-12);
}

TEST(Resample, AveragesWhiteNoiseOverCoarseCellsAndSaysHowMuchIsLeft) {
    std::mt19937_64 random(11);
    std::normal_distribution<double> noise(0.0, 1.0);
    auto spectrum = on(
        shifts(0.0, 0.5, 40001), [](double) { return 0.0; }, 1.0);
    for (double& v : spectrum.values) v = noise(random);
    const auto coarse = resample(spectrum, shifts(10.0, 4.0, 4990));
    ASSERT_TRUE(coarse);
    double squares = 0.0, neighbours = 0.0;
    for (std::size_t i = 0; i < coarse->size(); ++i) {
        squares += coarse->values[i] * coarse->values[i];
        if (i > 0) neighbours += coarse->values[i] * coarse->values[i - 1];
    }
    const double measured = std::sqrt(squares / static_cast<double>(coarse->size()));
    // 8 points a cell: 1/√8 = 0.354; 4990 cells know it to 1 %.
    EXPECT_NEAR(measured, coarse->sigma[100], 0.03 * measured);
    EXPECT_NEAR(measured, 1.0 / std::sqrt(8.0), 0.02);
    EXPECT_LT(std::abs(neighbours / squares), 0.08);
}

TEST(Resample, KeepsTheAreaOnACoarserAxis) {
    const auto spectrum = on(shifts(0.0, 0.5, 401), band);
    const auto coarse = resample(spectrum, shifts(0.0, 5.0, 41));
    ASSERT_TRUE(coarse);
    double area = 0.0;
    for (double v : coarse->values) area += 5.0 * v;
    EXPECT_NEAR(area, 4.0 * std::sqrt(2.0 * 3.14159265358979), 1e-3);
}

TEST(Resample, LeavesPointsOutsideTheMeasuredRangeUnknown) {
    const auto spectrum = on(shifts(100.0, 1.0, 50), parabola, 1.0);
    const auto wider = resample(spectrum, shifts(90.0, 1.0, 70));
    ASSERT_TRUE(wider);
    EXPECT_TRUE(std::isnan(wider->values[9]));
    EXPECT_TRUE(std::isnan(wider->sigma[9]));
    EXPECT_FALSE(std::isnan(wider->values[10]));
    EXPECT_FALSE(std::isnan(wider->values[59]));
    EXPECT_TRUE(std::isnan(wider->values[60]));
}

TEST(Resample, NeverReadsAcrossAGap) {
    auto spectrum = on(shifts(0.0, 1.0, 50), parabola);
    spectrum.values[20] = std::numeric_limits<double>::quiet_NaN();
    const auto finer = resample(spectrum, shifts(15.0, 0.25, 60));
    ASSERT_TRUE(finer);
    for (std::size_t i = 0; i < finer->size(); ++i) {
        const double x = finer->axis[i];
        EXPECT_EQ(std::isnan(finer->values[i]), x > 19.0 && x < 21.0) << x;
    }
}

TEST(Resample, RefusesAnAxisOfAnotherKind) {
    const auto spectrum = on(shifts(0.0, 1.0, 50), parabola);
    const auto wrong = resample(spectrum, Axis::uniform(AxisKind::wavelength_air_nm, 0.0, 1.0, 10));
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().fault, Fault::invalid_argument);
}

TEST(Resample, RefusesValuesThatDoNotFitTheirAxis) {
    auto spectrum = on(shifts(0.0, 1.0, 50), parabola);
    spectrum.values.pop_back();
    EXPECT_FALSE(resample(spectrum, shifts(0.0, 1.0, 10)));
    EXPECT_FALSE(resample(Spectrum{}, shifts(0.0, 1.0, 10)));
}
