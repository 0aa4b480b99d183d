#include "spectra/identify/background.hpp"

#include <cmath>
#include <gtest/gtest.h>

#include "spectra/identify/fit.hpp"

namespace singel::tests {
namespace {

using namespace spectra::identify;
namespace core = spectra::core;

constexpr Eigen::Index points = 400;

core::Axis grid() {
    return core::Axis::uniform(core::AxisKind::raman_shift_cm1, 400.0, 2.0, points);
}

BackgroundShape hump(double place, double width) {
    BackgroundShape shape{"glass", 300.0, 5.0, {}, 0.4, false};
    for (double x = 300.0; x <= 1300.0; x += 5.0)
        shape.values.push_back(std::exp(-0.5 * (x - place) * (x - place) / (width * width)));
    return shape;
}

Vector line(double place, double width) {
    Vector values(points);
    for (Eigen::Index i = 0; i < points; ++i) {
        const double x = 400.0 + 2.0 * static_cast<double>(i) - place;
        values[i] = std::exp(-0.5 * x * x / (width * width));
    }
    return values;
}

Member member_at(double place) {
    Member member;
    member.shape = line(place, 6.0).normalized();
    member.area = member.shape.sum();
    member.nuisance = Shapes::Zero(nuisance_shapes, points);
    member.prior_sd = Vector::Constant(nuisance_shapes, 0.1);
    member.mismatch = Vector::Constant(points, 1e-6);
    return member;
}

Observation observation_of(const Vector& y, std::span<const Background> backgrounds) {
    Observation observation;
    observation.y = y;
    observation.noise = Vector::Constant(points, 1e-6);
    observation.known = Vector::Ones(points);
    observation.points = static_cast<double>(points);
    observation.backgrounds = backgrounds;
    return observation;
}

struct Placed {
    Shapes splines = b_splines(points, 4);
    std::vector<BackgroundShape> given;
    std::vector<Background> backgrounds;

    explicit Placed(BackgroundShape shape) : given{std::move(shape)} {
        backgrounds = backgrounds_on(grid(), core::Technique::raman, given, splines);
    }
};

TEST(Background, IsOfUnitNormAndOffTheBaseline) {
    const Placed placed(hump(800.0, 30.0));
    ASSERT_EQ(placed.backgrounds.size(), 1u);
    EXPECT_NEAR(placed.backgrounds[0].shape.norm(), 1.0, 1e-12);
    EXPECT_LT((placed.splines * placed.backgrounds[0].shape).norm(), 1e-9);
    EXPECT_GT(placed.backgrounds[0].shape[200], 0.0);
}

TEST(Background, IsLeftToTheBaselineWhenThatImitatesIt) {
    EXPECT_TRUE(Placed(hump(800.0, 900.0)).backgrounds.empty());
}

TEST(Background, IsLeftOutWhenTheGridDoesNotReachIt) {
    BackgroundShape far = hump(800.0, 30.0);
    far.first_cm1 = 5000.0;
    EXPECT_TRUE(Placed(far).backgrounds.empty());
}

TEST(Background, IsFittedAtItsOwnAmountBesideAMember) {
    const Placed placed(hump(800.0, 30.0));
    const Member member = member_at(800.0);
    const Vector y = 0.7 * member.shape + 0.5 * placed.backgrounds[0].shape + Vector::Constant(points, 3.0);
    const Fit with = fit(observation_of(y, placed.backgrounds), placed.splines, {&member});
    EXPECT_NEAR(with.amplitudes[0], 0.7, 0.01);
    EXPECT_NEAR(with.coefficients[with.coefficients.size() - 1], 0.5, 0.01);
    EXPECT_LT(with.residual.norm(), 0.01);

    const Fit blind = fit(observation_of(y, {}), placed.splines, {&member});
    EXPECT_GT(blind.residual.norm(), 0.2);
}

TEST(Background, IsNeverBelowNothingWherePhysicsForbidsIt) {
    BackgroundShape given = hump(800.0, 30.0);
    for (const bool non_negative : {false, true}) {
        given.non_negative = non_negative;
        const Placed placed(given);
        const Member member = member_at(600.0);
        const Vector y = 0.7 * member.shape - 0.5 * placed.backgrounds[0].shape;
        const Fit result = fit(observation_of(y, placed.backgrounds), placed.splines, {&member});
        EXPECT_NEAR(result.coefficients[result.coefficients.size() - 1], non_negative ? 0.0 : -0.5, 0.01);
        EXPECT_NEAR(result.amplitudes[0], 0.7, non_negative ? 0.1 : 0.01);  // what is left raises the baseline
    }
}

TEST(Background, CostsNothingWhereItIsNotSeen) {
    const Placed placed(hump(900.0, 30.0));
    const Member member = member_at(600.0), other = member_at(700.0);
    const Vector y = 0.7 * member.shape + 0.2 * other.shape;
    const auto gain = [&](std::span<const Background> backgrounds) {
        const Observation observation = observation_of(y, backgrounds);
        return fit(observation, placed.splines, {&member}).objective -
               fit(observation, placed.splines, {&member, &other}).objective;
    };
    EXPECT_NEAR(gain(placed.backgrounds) / gain({}), 1.0, 0.02);
}

}  // namespace
}  // namespace singel::tests
