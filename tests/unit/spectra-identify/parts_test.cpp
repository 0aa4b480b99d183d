#include <cmath>
#include <gtest/gtest.h>
#include <random>

#include "spectra/identify/learned.hpp"
#include "spectra/identify/names.hpp"
#include "spectra/identify/observe.hpp"
#include "spectra/identify/search.hpp"
#include "spectra/identify/shapes.hpp"
#include "spectra/identify/technique.hpp"
#include "spectra/identify/unknown.hpp"

namespace singel::spectra::identify {
namespace {

core::Reference named(std::string name, std::string cas = {}) {
    core::Reference reference;
    reference.substance.name = std::move(name);
    reference.substance.cas = std::move(cas);
    return reference;
}

TEST(BSplines, SumToOneEverywhere) {
    const Shapes shapes = b_splines(501, 10);
    EXPECT_EQ(shapes.rows(), 13);
    EXPECT_NEAR((shapes.colwise().sum().array() - 1.0).abs().maxCoeff(), 0.0, 1e-12);
    EXPECT_GE(shapes.minCoeff(), 0.0);
}

TEST(Hats, SumToOneAndPeakAtTheEnds) {
    const Shapes shapes = hats(101, 5);
    EXPECT_NEAR((shapes.colwise().sum().array() - 1.0).abs().maxCoeff(), 0.0, 1e-12);
    EXPECT_DOUBLE_EQ(shapes(0, 0), 1.0);
    EXPECT_DOUBLE_EQ(shapes(4, 100), 1.0);
}

TEST(Smooth, WidensAGaussianAsVariancesAdd) {
    Vector narrow(401);
    for (Eigen::Index i = 0; i < 401; ++i)
        narrow[i] = std::exp(-0.5 * std::pow((static_cast<double>(i) - 200.0) / 6.0, 2));
    const Vector wide = smooth(narrow, 8.0);
    // 6² + 8² = 10²; the height falls by 6/10. The kernel is cut at 4 sigma: 1e-4.
    EXPECT_NEAR(wide[200], 0.6, 1e-3);
    EXPECT_NEAR(wide[210] / wide[200], std::exp(-0.5), 1e-3);
    EXPECT_NEAR(smooth(Vector::Constant(50, 3.0), 5.0).cwiseAbs().maxCoeff(), 3.0, 1e-12);
}

TEST(Derivative, IsExactForAParabolaInside) {
    Vector parabola(11);
    for (Eigen::Index i = 0; i < 11; ++i) parabola[i] = static_cast<double>(i * i) * 4.0;  // x = 2 i, y = x²
    EXPECT_NEAR(derivative(parabola, 2.0)[4], 16.0, 1e-12);
}

TEST(Names, AreTheSameWhateverTheirCaseAndSpaces) {
    EXPECT_EQ(normalised("  Sodium_Hydrogen \t Citrate "), "sodium hydrogen citrate");
    EXPECT_EQ(normalised("Café"), "café");
    EXPECT_EQ(normalised(""), "");
}

TEST(SubstanceIds, JoinByNameAndByCasNumber) {
    const auto ids = substance_ids({named("Caffeine", "58-08-2"), named("lactose"), named("caffeine "),
                                    named("theine", "58-08-2"), named("urea")});
    EXPECT_EQ(ids, (std::vector<std::size_t>{0, 1, 0, 0, 2}));
}

TEST(SubstanceIds, JoinThroughALaterReference) {
    const auto ids = substance_ids({named("a", "1"), named("b", "2"), named("c", "1"), named("b", "1")});
    EXPECT_EQ(ids, (std::vector<std::size_t>{0, 0, 0, 0}));
}

TEST(ThirdDifferenceNoise, FindsTheDeviationUnderBandsAndSlope) {
    std::mt19937_64 random(4);
    std::normal_distribution<double> normal(0.0, 3.0);
    std::vector<double> values;
    for (int i = 0; i < 2000; ++i)
        values.push_back(1e4 + 5.0 * i + 900.0 * std::exp(-0.5 * std::pow((i - 900) / 12.0, 2)) + normal(random));
    EXPECT_NEAR(third_difference_noise(values), 3.0, 0.25);  // 1.4/sqrt(2000) relative, correlated differences
    EXPECT_EQ(third_difference_noise(std::vector<double>{1.0, 2.0}), 0.0);
}

TEST(BandResponse, KeepsUnitVarianceAndFindsALoneBand) {
    const TechniqueSettings settings = *settings_for(core::Technique::raman);
    std::mt19937_64 random(5);
    std::normal_distribution<double> normal;
    Vector noise(20000);
    for (Eigen::Index i = 0; i < noise.size(); ++i) noise[i] = normal(random);
    const Vector response = band_response(noise, settings);
    EXPECT_NEAR(std::sqrt(response.cwiseAbs2().mean()), 1.0, 0.03);
    Vector band = Vector::Zero(500);
    for (Eigen::Index i = 0; i < 500; ++i)
        band[i] = std::exp(-0.5 * std::pow(2.0 * (static_cast<double>(i) - 250.0) / 5.0, 2));
    Eigen::Index top = 0;
    band_response(band, settings).maxCoeff(&top);
    EXPECT_EQ(top, 250);
    EXPECT_NEAR(strongest_band(Vector::Constant(500, 7.0), settings), 0.0, 1e-9);
}

TEST(UnknownPValue, IsTheRankAmongCompleteSamples) {
    Learned learned;
    learned.unknown_null = {1.0, 2.0, 3.0, 4.0};
    EXPECT_DOUBLE_EQ(unknown_p_value(learned, 0.5), 1.0);
    EXPECT_DOUBLE_EQ(unknown_p_value(learned, 2.5), 3.0 / 5.0);
    EXPECT_DOUBLE_EQ(unknown_p_value(learned, 9.0), 1.0 / 5.0);  // never below 1/(n + 1)
}

TEST(Digest, ChangesWithEveryLearnedNumber) {
    const std::string before = digest(learned_raman());
    EXPECT_EQ(before.size(), 16u);
    Learned changed = learned_raman();
    changed.unknown_null.back() += 0.5;
    EXPECT_NE(digest(changed), before);
    changed = learned_raman();
    changed.limit_kappa += 1.0;
    EXPECT_NE(digest(changed), before);
}

TEST(Hqi, IsPearsonsCorrelation) {
    const std::vector<double> a{1, 2, 3, 4}, up{10, 20, 30, 40}, down{4, 3, 2, 1}, all{1, 1, 1, 1};
    EXPECT_NEAR(hqi(a, up, all), 1.0, 1e-12);
    EXPECT_NEAR(hqi(a, down, all), -1.0, 1e-12);
    const std::vector<double> flat{5, 5, 5, 5}, two{1, 1, 0, 0};
    EXPECT_EQ(hqi(a, flat, all), 0.0);
    EXPECT_EQ(hqi(a, up, two), 0.0);
    const std::vector<double> x{1, 3, 2, 99}, y{2, 1, 5, -7}, three{1, 1, 1, 0};
    EXPECT_NEAR(hqi(x, y, three), -0.24019223, 1e-7);  // by hand: -1 / sqrt(2 · 26/3)
}

TEST(Settings, GuessTheTechniqueOfAnAxisOnlyWhereNoOtherIsLikely) {
    using core::AxisKind;
    const auto of = [](AxisKind kind, double first, double step) {
        return technique_by_axis(core::Axis::uniform(kind, first, step, 101));
    };
    EXPECT_EQ(of(AxisKind::raman_shift_cm1, 200.0, 20.0), core::Technique::raman);
    EXPECT_EQ(of(AxisKind::wavenumber_cm1, 4000.0, -34.0), core::Technique::infrared);
    EXPECT_EQ(of(AxisKind::wavenumber_cm1, 4000.0, 60.0), core::Technique::near_infrared);
    EXPECT_EQ(of(AxisKind::wavelength_device_nm, 900.0, 8.0), core::Technique::near_infrared);
    EXPECT_EQ(of(AxisKind::wavelength_device_nm, 790.0, 3.0), core::Technique::unknown);
    EXPECT_EQ(of(AxisKind::pixel, 0.0, 1.0), core::Technique::unknown);
}

TEST(Settings, AreThereForEveryTechniqueThatIsKnown) {
    for (const auto technique : {core::Technique::raman, core::Technique::infrared, core::Technique::near_infrared}) {
        const auto settings = settings_for(technique);
        ASSERT_TRUE(settings);
        EXPECT_GE((settings->high_cm1 - settings->low_cm1) / settings->step_cm1, fewest_grid_points);
        EXPECT_GE(settings->unverified_floor, 0.10);
        EXPECT_LE(settings->published_floor, settings->unverified_floor);
    }
    EXPECT_EQ(settings_for(core::Technique::unknown).error().fault, core::Fault::wrong_technique);
}

}  // namespace
}  // namespace singel::spectra::identify
