#include "spectra/calibrate/wavelength.hpp"

#include <cmath>
#include <filesystem>
#include <gmock/gmock.h>
#include <random>
#include <vector>

#include "spectra/calibrate/polynomial.hpp"
#include "spectra/io/read_spectra.hpp"

using namespace singel::spectra;
using namespace singel::spectra::calibrate;
using testing::HasSubstr;

namespace {

// The axis of a real WP-785 (its EEPROM), read as wavelengths in air.
const std::vector<double> truth{756.0834, 0.17746877, -4.10840e-5, 1.09949e-8, -1.41833e-12};
constexpr std::size_t pixels = 1952;

struct LampScan {
    core::Spectrum scan;
    core::Axis prior;
};

// A lamp through that instrument: 3.2 pixels full width, read and shot noise, the prior axis off by a shift and a
// scale.
LampScan lamp_scan(core::Lamp lamp, double shift_nm, double scale, std::uint64_t seed, double height = 4000.0) {
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal;
    LampScan m;
    std::vector<double> prior(pixels);
    for (std::size_t i = 0; i < pixels; ++i) {
        const double p = static_cast<double>(i), nm = polynomial(truth, p);
        prior[i] = nm + shift_nm + scale * (nm - 900.0);
        double light = 50.0;
        for (const core::LampLine& line : core::lamp_lines(lamp)) {
            const double off = (line.wavelength.value - nm) / polynomial_slope(truth, p) / 1.36;
            if (std::abs(off) < 8.0) light += height * line.strength / 8.0 * std::exp(-0.5 * off * off);
        }
        m.scan.values.push_back(light + normal(random) * std::sqrt(16.0 + 0.25 * light));
    }
    m.prior = *core::Axis::make(core::AxisKind::wavelength_device_nm, std::move(prior));
    return m;
}

}  // namespace

struct Prior {
    double shift_nm, scale;
};

class EveryRoughPrior : public testing::TestWithParam<Prior> {};

TEST_P(EveryRoughPrior, LeadsToTheTrueAxisWithinATenthOfAPixel) {
    const auto m = lamp_scan(core::Lamp::neon, GetParam().shift_nm, GetParam().scale, 7);
    const auto calibration = calibrate_wavelength(m.scan, m.prior, core::Lamp::neon);
    ASSERT_TRUE(calibration) << calibration.error().sentence();
    EXPECT_TRUE(calibration->accepted) << testing::PrintToString(calibration->reasons);
    EXPECT_GE(calibration->used.size(), 10u);
    EXPECT_LE(calibration->rms_px, 0.1);
    for (std::size_t p = 0; p < pixels; ++p) {
        const double x = static_cast<double>(p), nm = polynomial(truth, x);
        if (nm < 800.0 || nm > 965.0) continue;
        const double off = (polynomial(calibration->coefficients, x) - nm) / polynomial_slope(truth, x);
        ASSERT_LT(std::abs(off), 0.1) << p;
    }
}

INSTANTIATE_TEST_SUITE_P(Wavelength, EveryRoughPrior,
                         testing::Values(Prior{0.0, 0.0}, Prior{1.5, 0.0}, Prior{-2.7, 0.0}, Prior{0.8, 0.004},
                                         Prior{-1.0, -0.0045}));

TEST(Wavelength, UsesArgonAsWell) {
    const auto m = lamp_scan(core::Lamp::argon, 0.5, 0.001, 3);
    const auto calibration = calibrate_wavelength(m.scan, m.prior, core::Lamp::argon, {.order = 3});
    ASSERT_TRUE(calibration) << calibration.error().sentence();
    EXPECT_LE(calibration->rms_px, 0.1);
    EXPECT_GE(calibration->used.size(), 6u);
}

TEST(Wavelength, SaysWhyALineWasNotUsed) {
    const auto m = lamp_scan(core::Lamp::neon, 0.3, 0.0, 5);
    const auto calibration = calibrate_wavelength(m.scan, m.prior, core::Lamp::neon);
    ASSERT_TRUE(calibration);
    ASSERT_FALSE(calibration->refused.empty());
    for (const LineRefused& line : calibration->refused) EXPECT_FALSE(line.reason.empty());
    EXPECT_THAT(calibration->refused,
                testing::Contains(testing::Field(&LineRefused::reason, HasSubstr("too close"))));
}

TEST(Wavelength, CountsPixelsOfTheDetectorNotOfTheScan) {
    const auto m = lamp_scan(core::Lamp::neon, 0.0, 0.0, 7);
    const auto whole = calibrate_wavelength(m.scan, m.prior, core::Lamp::neon);
    const auto moved = calibrate_wavelength(m.scan, m.prior, core::Lamp::neon, {.first_pixel = 40});
    ASSERT_TRUE(whole && moved);
    EXPECT_NEAR(polynomial(moved->coefficients, 1040.0), polynomial(whole->coefficients, 1000.0), 1e-6);
    EXPECT_DOUBLE_EQ(moved->used[0].pixel, whole->used[0].pixel + 40.0);
    const auto axis = moved->axis(40, pixels);
    ASSERT_TRUE(axis);
    EXPECT_EQ(axis->kind(), core::AxisKind::wavelength_air_nm);
    EXPECT_NEAR((*axis)[1000], polynomial(whole->coefficients, 1000.0), 1e-6);
}

TEST(Wavelength, RefusesAnotherLamp) {
    for (core::Lamp other : {core::Lamp::argon, core::Lamp::krypton, core::Lamp::xenon, core::Lamp::mercury}) {
        const auto m = lamp_scan(other, 0.3, 0.0, 5);
        const auto calibration = calibrate_wavelength(m.scan, m.prior, core::Lamp::neon);
        if (calibration)
            EXPECT_FALSE(calibration->accepted) << name(other);
        else
            // Mercury has no line there that stands out: too weak is right as well.
            EXPECT_THAT(calibration.error().fault, testing::AnyOf(core::Fault::wrong_format, core::Fault::too_weak))
                << name(other);
    }
}

TEST(Wavelength, RefusesAPriorThatIsFarOff) {
    const auto m = lamp_scan(core::Lamp::neon, 12.0, 0.0, 5);
    const auto calibration = calibrate_wavelength(m.scan, m.prior, core::Lamp::neon);
    if (calibration)
        EXPECT_FALSE(calibration->accepted);
    else
        EXPECT_EQ(calibration.error().fault, core::Fault::wrong_format);
}

TEST(Wavelength, RefusesAScanWithoutLight) {
    const auto m = lamp_scan(core::Lamp::neon, 0.0, 0.0, 5, 0.0);
    const auto calibration = calibrate_wavelength(m.scan, m.prior, core::Lamp::neon);
    ASSERT_FALSE(calibration);
    EXPECT_EQ(calibration.error().fault, core::Fault::too_weak);
}

TEST(Wavelength, RefusesAScanThatIsMostlyClipped) {
    auto m = lamp_scan(core::Lamp::neon, 0.0, 0.0, 5);
    for (double& v : m.scan.values) v = std::min(v, 300.0);
    m.scan.saturated_fraction = 0.1;
    const auto calibration = calibrate_wavelength(m.scan, m.prior, core::Lamp::neon);
    ASSERT_FALSE(calibration);
    EXPECT_EQ(calibration.error().fault, core::Fault::saturated);
}

TEST(Wavelength, AcceptsNoFewLinesOnOneSide) {
    const auto m = lamp_scan(core::Lamp::neon, 0.0, 0.0, 5);
    WavelengthOptions options;
    options.used_low_nm = 800.0;
    options.used_high_nm = 1100.0;
    const auto calibration = calibrate_wavelength(m.scan, m.prior, core::Lamp::neon, options);
    ASSERT_TRUE(calibration);
    EXPECT_FALSE(calibration->accepted);
    EXPECT_THAT(calibration->reasons, testing::Contains(HasSubstr("cover")));
}

TEST(Wavelength, RefusesWhatDoesNotFitTogether) {
    const auto m = lamp_scan(core::Lamp::neon, 0.0, 0.0, 5);
    EXPECT_FALSE(calibrate_wavelength(m.scan, m.prior, core::Lamp::neon, {.order = 6}));
    EXPECT_FALSE(calibrate_wavelength({}, m.prior, core::Lamp::neon));
    const auto shift = core::Axis::uniform(core::AxisKind::raman_shift_cm1, 0.0, 1.0, pixels);
    EXPECT_FALSE(calibrate_wavelength(m.scan, shift, core::Lamp::neon));
}

TEST(Wavelength, CalibratesARealInstrumentWithANeonLamp) {
    const std::filesystem::path file =
        std::filesystem::path(SINGEL_SHARED_DATA) / "calibration/bwtek-785/Ne_785nm_x20_50ms.txt";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "no real data at " << file;
    const auto read = io::read_spectra(file);
    ASSERT_TRUE(read);
    const io::Measurement& m = read->front();
    const auto calibration = calibrate_wavelength(m.scan(), m.wavelengths, core::Lamp::neon);
    ASSERT_TRUE(calibration) << calibration.error().sentence();
    EXPECT_TRUE(calibration->accepted) << testing::PrintToString(calibration->reasons);
    EXPECT_GE(calibration->used.size(), 6u);
    EXPECT_LE(calibration->rms_px, 0.1);
    // The maker's own axis is right to a few tenths of a nanometre.
    for (std::size_t p : {300u, 700u, 1100u})
        EXPECT_NEAR(polynomial(calibration->coefficients, static_cast<double>(p)), m.wavelengths[p], 0.3);
    ::testing::Test::RecordProperty("rms_px", std::to_string(calibration->rms_px));
}
