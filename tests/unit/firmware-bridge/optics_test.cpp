#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <numbers>
#include <numeric>

#include "firmware-bridge/virtual/optics/random.hpp"
#include "firmware-bridge/virtual/optics/sensor.hpp"
#include "firmware-bridge/virtual/optics/spectrograph.hpp"

namespace singel::firmware_bridge::virtual_instrument::optics {

namespace {

struct Moments {
    double mean = 0, variance = 0;
};

Moments moments(const std::vector<double>& values) {
    Moments m;
    for (const double v : values) m.mean += v / double(values.size());
    for (const double v : values) m.variance += (v - m.mean) * (v - m.mean) / double(values.size() - 1);
    return m;
}

template <class Draw>
Moments drawn(int count, Draw draw) {
    std::vector<double> values;
    for (int i = 0; i < count; ++i) values.push_back(draw());
    return moments(values);
}

constexpr std::size_t pixels = 2048;

// Noise only: no pattern, no rays.
Detector plain(double counts_per_electron, double read_noise) {
    Detector d;
    d.pixels = pixels;
    d.counts_per_electron = counts_per_electron;
    d.read_noise_counts = read_noise;
    d.offset_counts = 1000;
    return d;
}

Sensor lit(const Detector& detector, double counts_per_s) {
    return {detector, {std::vector<double>(detector.pixels, counts_per_s), {}}, 1, 2};
}

Moments frame_moments(const Sensor& sensor, const Exposure& exposure, std::uint64_t number = 1) {
    const auto counts = sensor.expose(exposure, number);
    return moments({counts.begin(), counts.end()});
}

// Half the variance of the difference of two frames: noise without pattern.
double noise_variance(const Sensor& sensor, const Exposure& exposure) {
    const auto a = sensor.expose(exposure, 1), b = sensor.expose(exposure, 2);
    std::vector<double> difference;
    for (std::size_t i = 0; i < a.size(); ++i) difference.push_back(double(a[i]) - double(b[i]));
    return moments(difference).variance / 2;
}

double width_at_half(const std::vector<double>& x, const std::vector<double>& y) {
    const auto top = static_cast<std::size_t>(std::max_element(y.begin(), y.end()) - y.begin());
    const double half = y[top] / 2;
    std::size_t left = top, right = top;
    while (y[left] > half) --left;
    while (y[right] > half) ++right;
    const double from = x[left] + (half - y[left]) / (y[left + 1] - y[left]) * (x[left + 1] - x[left]);
    const double to = x[right] - (half - y[right]) / (y[right - 1] - y[right]) * (x[right] - x[right - 1]);
    return to - from;
}

std::vector<double> grid(double first, double step, std::size_t count) {
    std::vector<double> out(count);
    for (std::size_t i = 0; i < count; ++i) out[i] = first + step * double(i);
    return out;
}

}  // namespace

// 20,000 draws: means and variances are known to about 1 % and 1.5 %.
TEST(Random, DrawsNormalAndPoissonNumbersWithTheirMoments) {
    Random random(3);
    const Moments normal = drawn(20000, [&] { return random.normal(); });
    EXPECT_NEAR(normal.mean, 0, 0.03);
    EXPECT_NEAR(normal.variance, 1, 0.04);
    for (const double mean : {0.3, 5.0, 29.0, 31.0, 400.0}) {
        const Moments poisson = drawn(20000, [&] { return double(random.poisson(mean)); });
        EXPECT_NEAR(poisson.mean, mean, 4 * std::sqrt(mean / 20000)) << mean;
        EXPECT_NEAR(poisson.variance / mean, 1, 0.05) << mean;
    }
    EXPECT_EQ(random.poisson(0), 0u);
    EXPECT_EQ(random.poisson(-1), 0u);
}

// xoshiro256** with its state filled by splitmix64 from 42, as in every implementation of the two.
TEST(Random, GivesTheSameStreamEverywhere) {
    Random random(42);
    EXPECT_EQ(random.bits(), 1546998764402558742u);
    EXPECT_EQ(random.bits(), 6990951692964543102u);
    EXPECT_NE(mix(1, 2), mix(2, 1));
}

TEST(Sensor, HasThePhotonTransferSlopeOfItsGain) {
    for (const double gain : {0.3, 1.05, 2.0}) {
        const Sensor sensor = lit(plain(gain, 5), 10000);
        const double low = noise_variance(sensor, {0.5, 0, 1}), high = noise_variance(sensor, {4, 0, 1});
        // Variances of 2048 pixels are known to 3 %.
        EXPECT_NEAR((high - low) / (3.5 * 10000) / gain, 1, 0.1) << gain;
    }
}

TEST(Sensor, HasItsReadNoiseAndOffsetInTheDark) {
    const Sensor sensor = lit(plain(0.3, 8), 0);
    EXPECT_NEAR(std::sqrt(noise_variance(sensor, {0, 0, 1})), 8, 0.4);
    EXPECT_NEAR(frame_moments(sensor, {0, 0, 1}).mean, 1000, 0.8);
}

TEST(Sensor, HasShotNoiseOfFewElectronsToo) {
    const Sensor sensor = lit(plain(2, 0), 20);  // 10 electrons
    EXPECT_NEAR(frame_moments(sensor, {1, 0, 1}).mean, 1020, 0.6);
    EXPECT_NEAR(noise_variance(sensor, {1, 0, 1}) / 40, 1, 0.1) << "counts per electron times counts";
}

TEST(Sensor, GathersDarkCurrentAndLightInProportionToTime) {
    Detector detector = plain(1, 3);
    detector.dark_counts_per_s = 50;
    const Sensor sensor{detector, {std::vector<double>(pixels, 200.0), std::vector<double>(pixels, 1000.0)}, 1, 2};
    EXPECT_NEAR(frame_moments(sensor, {2, 0, 1}).mean, 1000 + 2 * 250, 2);
    EXPECT_NEAR(frame_moments(sensor, {2, 1.5, 1}).mean, 1000 + 2 * 250 + 1.5 * 1000, 4);
    EXPECT_NEAR(frame_moments(sensor, {2, 1.5, 2}).mean, 1000 + 2 * (2 * 250 + 1.5 * 1000), 8) << "gain 2";
}

TEST(Sensor, KeepsItsPatternFromFrameToFrame) {
    Detector detector = plain(1, 1);
    detector.offset_pattern_counts = 20;
    const Sensor sensor = lit(detector, 0);
    const auto a = sensor.expose({0, 0, 1}, 1), b = sensor.expose({0, 0, 1}, 2);
    EXPECT_NE(a, b);
    EXPECT_NEAR(moments({a.begin(), a.end()}).variance, 20 * 20 + 1, 40);
    EXPECT_NEAR(noise_variance(sensor, {0, 0, 1}), 1 + 1.0 / 12, 0.15) << "read noise and rounding only";
}

TEST(Sensor, HasHotPixelsWithManyTimesTheDarkCurrent) {
    Detector detector = plain(1, 1);
    detector.dark_counts_per_s = 20;
    detector.hot_pixels = 5;
    const Sensor sensor = lit(detector, 0);
    const auto counts = sensor.expose({10, 0, 1}, 1);
    ASSERT_EQ(sensor.hot_pixels().size(), 5u);
    for (const std::size_t pixel : sensor.hot_pixels()) EXPECT_GT(counts[pixel], 1000 + 1500);
}

TEST(Sensor, IsHitByCosmicRaysAtTheirRate) {
    Detector detector = plain(1, 1);
    detector.cosmic_rays_per_s = 2;
    const Sensor sensor = lit(detector, 0);
    int hits = 0;
    for (std::uint64_t frame = 1; frame <= 200; ++frame) {
        const auto counts = sensor.expose({1, 0, 1}, frame);
        for (std::size_t i = 1; i + 1 < counts.size(); ++i) {
            hits += counts[i] > 1200 && counts[i] >= counts[i - 1] && counts[i] > counts[i + 1];
        }
    }
    EXPECT_NEAR(hits, 400, 80) << "four standard deviations";
}

TEST(Sensor, SaturatesAtFullScaleAndNotBelow) {
    Detector detector = plain(1, 5);
    const Sensor sensor = lit(detector, 50000);
    EXPECT_EQ(frame_moments(sensor, {2, 0, 1}).mean, 65535);
    EXPECT_EQ(frame_moments(sensor, {2, 0, 1}).variance, 0);
    EXPECT_LT(frame_moments(sensor, {1.2, 0, 1}).mean, 65535);
}

TEST(Sensor, ShowsNoLightOnMaskedPixels) {
    Detector detector = plain(1, 1);
    detector.masked_first = 6;
    detector.masked_count = 15;
    const auto counts = lit(detector, 10000).expose({1, 0, 1}, 1);
    EXPECT_GT(counts[5], 9000);
    for (std::size_t i = 6; i <= 20; ++i) EXPECT_NEAR(counts[i], 1000, 6) << i;
    EXPECT_GT(counts[21], 9000);
}

// What a driver does with the published coefficients gives the light back: true = measured / n(measured).
TEST(Sensor, BendsItsCurveAsItsCoefficientsSay) {
    const std::vector<double> n{0.935, 4.2e-06, -8.1e-11, 3.9e-16};
    Detector detector = plain(0.01, 0);
    detector.nonlinearity = n;
    for (const double light : {1000.0, 20000.0, 60000.0}) {
        const double measured = frame_moments(lit(detector, light), {1, 0, 1}).mean - 1000;
        const double factor = n[0] + measured * (n[1] + measured * (n[2] + measured * n[3]));
        EXPECT_NEAR(measured / factor, light, 0.002 * light) << light;
        EXPECT_GT(std::abs(measured - light), 0.0005 * light) << light;
    }
}

// A line without width gets the instrument's; one with its own width gets the root of the sum of squares.
TEST(Spectrograph, GivesALineItsOwnWidth) {
    const auto fine = grid(690, 0.005, 8001);
    std::vector<double> line(fine.size(), 0.0);
    line[4000] = 1;  // at 710 nm
    const auto at = grid(700, 0.05, 401);
    const auto seen = broadened(fine, line, at, 1.3);
    EXPECT_NEAR(width_at_half(at, seen), 1.3, 0.01);
    EXPECT_NEAR(at[static_cast<std::size_t>(std::max_element(seen.begin(), seen.end()) - seen.begin())], 710, 0.026);
    std::vector<double> wide(fine.size());
    for (std::size_t i = 0; i < fine.size(); ++i) {
        const double z = (fine[i] - 710) / 0.5;
        wide[i] = std::exp2(-4 * z * z);  // full width at half maximum 0.5 nm
    }
    EXPECT_NEAR(width_at_half(at, broadened(fine, wide, at, 1.3)), std::hypot(1.3, 0.5), 0.01);
}

TEST(Spectrograph, KeepsTheAreaOfALine) {
    const auto fine = grid(690, 0.01, 4001);
    std::vector<double> line(fine.size(), 0.0);
    for (std::size_t i = 1990; i <= 2010; ++i) line[i] = 1;
    const auto at = grid(700, 0.1, 201);
    const auto seen = broadened(fine, line, at, 0.5);
    EXPECT_NEAR(std::accumulate(seen.begin(), seen.end(), 0.0) * 0.1, 0.21, 0.001);
}

TEST(Spectrograph, LeavesBroadLightAsItIsWhateverItsSteps) {
    const std::vector<double> coarse{600, 900}, light{1, 2};
    const auto at = grid(650, 10, 21);
    const auto seen = broadened(coarse, light, at, 0.5);
    for (std::size_t i = 0; i < at.size(); ++i) EXPECT_NEAR(seen[i], 1 + (at[i] - 600) / 300, 1e-4);
    EXPECT_NEAR(broadened(coarse, light, {500}, 0.5)[0], 0, 1e-12) << "nothing outside the curve";
}

TEST(Spectrograph, PutsRamanBandsAtTheirShiftWithoutBroadeningThem) {
    Scene scene;
    scene.raman_shift_cm1 = grid(200, 1, 2001);
    for (const double x : scene.raman_shift_cm1) {
        const double z = (x - 1001) / 8;
        scene.raman.push_back(std::exp2(-4 * z * z));
    }
    scene.brightness = 0.4;
    Spectrograph spectrograph;
    spectrograph.excitation_nm = 785;
    spectrograph.line_width_nm = 0.5;
    std::vector<double> shifts;
    for (std::size_t i = 0; i < 2048; ++i) {
        spectrograph.wavelength_nm.push_back(795 + 0.08 * double(i));
        shifts.push_back(1e7 / 785 - 1e7 / spectrograph.wavelength_nm.back());
    }
    const Light light = project(scene, spectrograph, 65535);
    const auto top = static_cast<std::size_t>(std::max_element(light.by_laser.begin(), light.by_laser.end()) -
                                              light.by_laser.begin());
    EXPECT_NEAR(shifts[top], 1001, 0.7) << "half a pixel";
    EXPECT_NEAR(width_at_half(shifts, light.by_laser), 8, 0.2);
    EXPECT_DOUBLE_EQ(light.by_laser[top], 0.4 * 65535) << "the strongest point fills this part in a second";
    EXPECT_EQ(*std::max_element(light.always.begin(), light.always.end()), 0);
}

TEST(Spectrograph, AddsFluorescenceInUnitsOfTheStrongestBandAndKeepsBadNumbersOut) {
    Scene scene;
    scene.raman_shift_cm1 = {200, 1200, 2200};
    scene.raman = {std::nan(""), 5, -3};
    scene.fluorescence = 2;
    scene.brightness = 1;
    Spectrograph spectrograph;
    spectrograph.excitation_nm = 785;
    for (const double shift : {300.0, 1200.0, 2200.0})
        spectrograph.wavelength_nm.push_back(1e7 / (1e7 / 785 - shift));
    const Light light = project(scene, spectrograph, 3);
    EXPECT_NEAR(light.by_laser[1], 3, 1e-9) << "one part band, two parts fluorescence";
    for (const double value : light.by_laser) EXPECT_TRUE(std::isfinite(value) && value >= 0);
    EXPECT_NEAR(light.by_laser[2], 2 * std::exp(-0.5 * std::pow(1000.0 / 1100, 2)), 1e-9);
}

TEST(Spectrograph, WeakensLightByItsResponse) {
    Scene scene;
    scene.wavelength_nm = {500, 1100};
    scene.light = {1, 1};
    Spectrograph spectrograph{{700, 800, 900}, {1, 0.5, 0.25}, 0.5, 785};
    const Light light = project(scene, spectrograph, 65535);
    EXPECT_NEAR(light.always[1] / light.always[0], 0.5, 1e-9);
    EXPECT_NEAR(light.always[2] / light.always[0], 0.25, 1e-9);
}

TEST(Spectrograph, ShowsNothingOfAnEmptyStage) {
    Spectrograph spectrograph{{700, 800, 900}, {}, 0.5, 785};
    const Light light = project({}, spectrograph, 65535);
    EXPECT_EQ(light.always, (std::vector<double>{0, 0, 0}));
    EXPECT_EQ(light.by_laser, (std::vector<double>{0, 0, 0}));
}

}  // namespace singel::firmware_bridge::virtual_instrument::optics
