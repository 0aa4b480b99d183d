#include "spectra/core/axis.hpp"

#include <gtest/gtest.h>
#include <limits>

namespace singel::spectra::core {

TEST(Axis, KeepsRisingAndFallingValues) {
    const auto rising = Axis::make(AxisKind::raman_shift_cm1, {100.0, 101.5, 104.0});
    const auto falling = Axis::make(AxisKind::wavenumber_cm1, {4000.0, 3998.0});
    ASSERT_TRUE(rising && falling);
    EXPECT_TRUE(rising->rising());
    EXPECT_FALSE(falling->rising());
    EXPECT_DOUBLE_EQ(falling->low(), 3998.0);
    EXPECT_DOUBLE_EQ(falling->high(), 4000.0);
}

TEST(Axis, RefusesWhatIsNotAnAxisAndSaysWhere) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    EXPECT_FALSE(Axis::make(AxisKind::pixel, {1.0}));
    EXPECT_FALSE(Axis::make(AxisKind::pixel, {1.0, nan}));
    EXPECT_FALSE(Axis::make(AxisKind::pixel, {1.0, 1.0}));
    const auto turned = Axis::make(AxisKind::raman_shift_cm1, {1.0, 2.0, 1.5});
    ASSERT_FALSE(turned);
    EXPECT_NE(turned.error().what.find("point 2"), std::string::npos);
}

TEST(Axis, EqualsAnAxisOfTheSameKindAndValues) {
    const Axis uniform = Axis::uniform(AxisKind::raman_shift_cm1, 450.0, 2.0, 3);
    EXPECT_EQ(uniform, *Axis::make(AxisKind::raman_shift_cm1, {450.0, 452.0, 454.0}));
    EXPECT_NE(uniform, *Axis::make(AxisKind::wavenumber_cm1, {450.0, 452.0, 454.0}));
}

TEST(DeviceAxis, EvaluatesThePolynomialInThePixelIndex) {
    const double coefficients[] = {800.0, 0.5, 1e-3};
    const auto axis = device_wavelength_axis(coefficients, 3);
    ASSERT_TRUE(axis);
    EXPECT_DOUBLE_EQ((*axis)[2], 801.004);
}

TEST(RamanShiftAxis, AgreesWithTheMakersFormulaAndRefusesMixedConventions) {
    const double coefficients[] = {800.0, 10.0};
    const auto nm = device_wavelength_axis(coefficients, 2);
    const auto shift = raman_shift_axis(*nm, DeviceNm{785.0});
    ASSERT_TRUE(shift);
    EXPECT_NEAR((*shift)[0], 1e7 / 785.0 - 1e7 / 800.0, 1e-9);
    EXPECT_FALSE(raman_shift_axis(*nm, VacuumNm{785.0}));
}

}  // namespace singel::spectra::core
