#include "spectra/process/reduce.hpp"

#include <cmath>
#include <gmock/gmock.h>
#include <random>
#include <vector>

#include "detector.hpp"

using namespace singel::spectra;
using namespace singel::spectra::process;
using namespace std::chrono_literals;
using testing::HasSubstr;

namespace {

const core::Axis axis = core::Axis::uniform(core::AxisKind::raman_shift_cm1, 200.0, 2.0, 1024);

core::Frame frame(const std::vector<double>& counts, bool laser) {
    core::Frame frame;
    for (double v : counts) frame.counts.push_back(static_cast<std::uint32_t>(std::clamp(v, 0.0, 65535.0)));
    frame.settings.integration_time = 500ms;
    frame.settings.laser_on = laser;
    frame.instrument.model = "WP-785";
    frame.instrument.simulated = true;
    return frame;
}

struct Measured {
    std::vector<core::Frame> light, dark;
};

Measured measure(std::size_t frames, std::size_t darks, std::uint64_t seed = 1) {
    std::mt19937_64 random(seed);
    Measured m;
    for (std::size_t i = 0; i < frames; ++i)
        m.light.push_back(frame(detector::noisy(detector::light(), 900.0, {}, random), true));
    for (std::size_t i = 0; i < darks; ++i)
        m.dark.push_back(frame(detector::noisy(std::vector<double>(1024, 0.0), 900.0, {}, random), false));
    return m;
}

core::Spectrum reduced(const Measured& m, const ReduceOptions& options = {}) {
    auto scan = process::reduce(m.light, m.dark, axis, options);
    EXPECT_TRUE(scan) << scan.error().sentence();
    return scan ? *scan : core::Spectrum{};
}

std::vector<std::string> steps(const core::Spectrum& scan) {
    std::vector<std::string> names;
    for (const auto& step : scan.provenance.steps) names.push_back(step.name);
    return names;
}

}  // namespace

TEST(Reduce, GivesTheLightWithAnHonestSigma) {
    const auto truth = detector::light();
    double squares = 0.0, count = 0.0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const auto scan = reduced(measure(4, 4, seed));
        for (std::size_t i = 0; i < truth.size(); ++i) {
            squares += std::pow((scan.values[i] - truth[i]) / scan.sigma[i], 2.0);
            count += 1.0;
        }
    }
    EXPECT_NEAR(squares / count, 1.0, 0.1);
}

TEST(Reduce, SaysWhatItDidAndWhereTheFramesCameFrom) {
    const auto scan = reduced(measure(3, 2));
    EXPECT_THAT(steps(scan), testing::ElementsAre("despike", "average", "dark"));
    EXPECT_TRUE(scan.provenance.instrument.simulated);
    EXPECT_EQ(scan.provenance.calibration_id, "device");
    EXPECT_EQ(scan.noise, core::NoiseBasis::frames);
    EXPECT_EQ(scan.technique, core::Technique::raman);
    EXPECT_EQ(scan.ordinate, core::Ordinate::counts);
}

TEST(Reduce, SaysThatThereWasNoDark) {
    const auto scan = reduced(measure(2, 0));
    EXPECT_EQ(scan.provenance.steps.back().parameters, "none");
    EXPECT_NEAR(scan.values[10], 900.0 + detector::light()[10], 100.0);
}

TEST(Reduce, OneFrameHasEstimatedNoise) {
    const auto scan = reduced(measure(1, 1));
    EXPECT_EQ(scan.noise, core::NoiseBasis::estimated);
    // Read and shot noise at 2600 counts, twice read noise for the dark.
    EXPECT_NEAR(scan.sigma[600], std::sqrt(64.0 + 64.0 + 0.25 * 2600.0), 6.0);
}

TEST(Reduce, TestsSaturationOnRawCountsOfAnyFrame) {
    auto m = measure(4, 2);
    m.light[2].counts[500] = 65535;
    m.light[3].counts[501] = 65535;
    EXPECT_DOUBLE_EQ(reduced(m).saturated_fraction, 2.0 / 1024.0);
    ReduceOptions options;
    options.usable = PixelRange{0, 399};
    EXPECT_DOUBLE_EQ(reduced(m, options).saturated_fraction, 0.0);
}

TEST(Reduce, RemovesCosmicRaysUnlessToldNotTo) {
    auto m = measure(4, 2);
    m.light[1].counts[100] += 20000;
    ReduceOptions keep;
    keep.despike = false;
    EXPECT_NEAR(reduced(m).values[100], detector::light()[100], 200.0);
    EXPECT_GT(reduced(m, keep).values[100], detector::light()[100] + 4000.0);
}

TEST(Reduce, CropsToTheUsablePixelsAndCorrectsIntensityThere) {
    ReduceOptions options;
    options.usable = PixelRange{100, 899};
    const auto plain = reduced(measure(2, 2), options);
    ASSERT_EQ(plain.size(), 800u);
    EXPECT_DOUBLE_EQ(plain.axis[0], 400.0);
    for (int pixel = 0; pixel < 1024; ++pixel) options.raman_intensity.push_back(1.0 + 1e-3 * pixel);
    const auto corrected = reduced(measure(2, 2), options);
    const double factor = 1.15;  // of detector pixel 150, which is point 50
    EXPECT_NEAR(corrected.values[50], plain.values[50] * factor, 1e-9 * corrected.values[50]);
    EXPECT_NEAR(corrected.sigma[50], plain.sigma[50] * factor, 1e-9);
}

TEST(Reduce, RefusesIntensityFactorsOfAnotherDetector) {
    ReduceOptions options;
    options.raman_intensity.assign(1023, 1.0);
    const Measured m = measure(2, 2);
    const auto refused = process::reduce(m.light, m.dark, axis, options);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fault, core::Fault::invalid_argument);
}

TEST(Reduce, CorrectsAnOffsetThatDriftsWithTheMaskedPixels) {
    auto m = measure(4, 4);
    for (auto& f : m.light)
        for (auto& c : f.counts) c += 50;
    // The first 20 pixels see no light.
    for (auto* stack : {&m.light, &m.dark})
        for (auto& f : *stack)
            for (std::size_t i = 0; i < 20; ++i) f.counts[i] = stack == &m.light ? 950 : 900;
    ReduceOptions options;
    options.electric_dark = {{0, 19}};
    EXPECT_NEAR(reduced(m).values[600], detector::light()[600] + 50.0, 40.0);
    EXPECT_NEAR(reduced(m, options).values[600], detector::light()[600], 40.0);
    EXPECT_THAT(steps(reduced(m, options)), testing::Contains("electric_dark"));
}

TEST(Reduce, UndoesANonlinearDetector) {
    // Response 1 - 2e-6 counts above the dark, as an instrument's polynomial would describe it.
    Measured m = measure(8, 8);
    const auto truth = detector::light();
    for (auto& f : m.light)
        for (std::size_t i = 0; i < f.counts.size(); ++i) {
            const double above = static_cast<double>(f.counts[i]) - 900.0;
            double seen = above;
            for (int round = 0; round < 50; ++round) seen = above * (1.0 - 2e-6 * seen);
            f.counts[i] = static_cast<std::uint32_t>(std::lround(900.0 + seen));
        }
    ReduceOptions options;
    options.nonlinearity = {1.0, -2e-6};
    EXPECT_NEAR(reduced(m, options).values[700], truth[700], 120.0);
    EXPECT_LT(reduced(m).values[700], truth[700] - 300.0);
}

TEST(Reduce, InterpolatesBadPixels) {
    auto m = measure(2, 2);
    for (auto& f : m.light) f.counts[200] = 60000;
    ReduceOptions options;
    options.bad_pixels = {200};
    EXPECT_NEAR(reduced(m, options).values[200], detector::light()[200], 150.0);
}

TEST(Reduce, RefusesADarkOfAnotherIntegrationTimeOrWithLaser) {
    auto m = measure(2, 2);
    for (auto& f : m.dark) f.settings.integration_time = 400ms;
    auto wrong = process::reduce(m.light, m.dark, axis);
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().fault, core::Fault::no_dark);
    EXPECT_THAT(wrong.error().what, HasSubstr("400000"));
    m = measure(2, 2);
    for (auto& f : m.dark) f.settings.laser_on = true;
    wrong = process::reduce(m.light, m.dark, axis);
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().fault, core::Fault::no_dark);
}

TEST(Reduce, RefusesFramesThatDoNotBelongTogether) {
    const auto fault = [](const Measured& m, const ReduceOptions& options = {}) {
        const auto scan = process::reduce(m.light, m.dark, axis, options);
        EXPECT_FALSE(scan);
        return scan ? core::Fault::busy : scan.error().fault;
    };
    EXPECT_EQ(fault({}), core::Fault::invalid_argument);
    auto m = measure(2, 1);
    m.light[1].settings.laser_power = 0.5;
    EXPECT_EQ(fault(m), core::Fault::invalid_argument);
    m = measure(2, 1);
    m.light[1].counts.pop_back();
    EXPECT_EQ(fault(m), core::Fault::invalid_argument);
    m = measure(2, 1);
    m.dark[0].counts.push_back(900);
    EXPECT_EQ(fault(m), core::Fault::invalid_argument);
    ReduceOptions beyond;
    beyond.usable = PixelRange{0, 1024};
    EXPECT_EQ(fault(measure(2, 1), beyond), core::Fault::invalid_argument);
    ReduceOptions negative;
    negative.nonlinearity = {-1.0};
    EXPECT_EQ(fault(measure(2, 1), negative), core::Fault::invalid_argument);
}

TEST(Reduce, TakesFramesOfOtherGenerationsWithEqualSettings) {
    auto m = measure(2, 1);
    m.light[1].settings.generation = 7;
    EXPECT_TRUE(process::reduce(m.light, m.dark, axis));
}

TEST(Reduce, GivesTheSameScanForTheSameFrames) {
    const auto a = reduced(measure(5, 3)), b = reduced(measure(5, 3));
    EXPECT_EQ(a.values, b.values);
    EXPECT_EQ(a.sigma, b.sigma);
}

// Two amplifiers and junk at the ends leave no trace in the scan.
TEST(Reduce, UndoesWhatTheElectronicsOfADetectorDo) {
    const auto plain = measure(2, 2);
    auto spoilt = plain;
    constexpr double slope = 0.5, offset = 20;
    for (auto* frames : {&spoilt.light, &spoilt.dark})
        for (core::Frame& one : *frames) {
            for (std::size_t i = 1; i < one.counts.size(); i += 2)
                one.counts[i] = static_cast<std::uint32_t>((one.counts[i] - offset) / slope);
            one.counts[0] = one.counts[1] = one.counts[1023] = 60000;
        }
    ReduceOptions options;
    options.odd_pixels = core::OddPixels{slope, offset};
    options.junk_first = 2;
    options.junk_last = 1;
    options.despike = false;
    ReduceOptions nothing;
    nothing.despike = false;
    const auto scan = reduced(spoilt, options), expected = reduced(plain, nothing);
    for (std::size_t i = 2; i < 1023; ++i) EXPECT_DOUBLE_EQ(scan.values[i], expected.values[i]) << i;
    EXPECT_EQ(scan.values[0], scan.values[2]);
    EXPECT_EQ(scan.values[1023], scan.values[1022]);
}

TEST(Reduce, AveragesPairsWhereTheCalibrationHoldsForPairs) {
    const auto m = measure(1, 1);
    ReduceOptions alone, paired;
    alone.despike = paired.despike = false;
    paired.pairs = core::PairAverage::with_next;
    const auto plain = reduced(m, alone), scan = reduced(m, paired);
    EXPECT_DOUBLE_EQ(scan.values[10], (plain.values[10] + plain.values[11]) / 2);
    EXPECT_NE(std::ranges::find(scan.provenance.steps, "average_pairs", &core::Step::name),
              scan.provenance.steps.end());
}
