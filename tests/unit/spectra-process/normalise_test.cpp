#include "spectra/process/normalise.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <vector>

using namespace singel::spectra;
using namespace singel::spectra::process;

namespace {

const double unknown = std::numeric_limits<double>::quiet_NaN();

core::Spectrum of(std::vector<double> values, double step = 1.0) {
    core::Spectrum spectrum;
    spectrum.axis = core::Axis::uniform(core::AxisKind::raman_shift_cm1, 0.0, step, values.size());
    spectrum.sigma.assign(values.size(), 1.0);
    spectrum.values = std::move(values);
    return spectrum;
}

}  // namespace

TEST(UnitNorm, MakesTheSumOfSquaresOne) {
    const auto unit = unit_norm(of({3.0, unknown, 4.0}));
    ASSERT_TRUE(unit);
    EXPECT_DOUBLE_EQ(unit->values[0], 0.6);
    EXPECT_TRUE(std::isnan(unit->values[1]));
    EXPECT_DOUBLE_EQ(unit->values[2], 0.8);
    EXPECT_DOUBLE_EQ(unit->sigma[0], 0.2);
}

TEST(StandardNormalVariate, HasMeanZeroAndDeviationOne) {
    const auto variate = standard_normal_variate(of({2.0, 4.0, unknown, 6.0}));
    ASSERT_TRUE(variate);
    EXPECT_DOUBLE_EQ(variate->values[0], -1.0);
    EXPECT_DOUBLE_EQ(variate->values[1], 0.0);
    EXPECT_DOUBLE_EQ(variate->values[3], 1.0);
}

TEST(UnitArea, MakesTheIntegralOneWhateverTheDirectionOfTheAxis) {
    for (double step : {2.0, -2.0}) {
        const auto unit = unit_area(of({1.0, 3.0, 1.0}, step));
        ASSERT_TRUE(unit);
        EXPECT_DOUBLE_EQ(unit->values[1], 3.0 / 8.0);
    }
}

TEST(Normalisation, RefusesASpectrumWithNothingToDivideBy) {
    EXPECT_FALSE(unit_norm(of({0.0, 0.0})));
    EXPECT_FALSE(standard_normal_variate(of({5.0, 5.0, 5.0})));
    EXPECT_FALSE(standard_normal_variate(of({5.0, unknown})));
    EXPECT_FALSE(unit_area(of({0.0, 0.0})));
}
