#include "spectra/process/average.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <random>
#include <vector>

#include "detector.hpp"

using singel::spectra::process::average;
using singel::spectra::process::Mean;

namespace {

Mean measured(std::size_t frames, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<std::vector<double>> stack;
    for (std::size_t i = 0; i < frames; ++i) stack.push_back(detector::noisy(detector::light(), 900.0, {}, random));
    return average(stack);
}

double true_variance(std::size_t pixel, std::size_t frames) {
    return (64.0 + 0.25 * detector::light()[pixel]) / static_cast<double>(frames);
}

}  // namespace

TEST(Average, IsTheMeanOfEachPixel) {
    const std::vector<std::vector<double>> frames{{1.0, 2.0, 30.0}, {3.0, 2.0, 10.0}};
    const Mean mean = average(frames);
    EXPECT_EQ(mean.values, (std::vector<double>{2.0, 2.0, 20.0}));
    EXPECT_EQ(mean.frames, 2u);
}

class FewFrames : public testing::TestWithParam<std::size_t> {};

TEST_P(FewFrames, KnowTheirNoiseAtEverySignalWithoutAbsurdValues) {
    const std::size_t frames = GetParam();
    const Mean mean = measured(frames, 17);
    double ratio = 0.0;
    for (std::size_t i = 0; i < mean.values.size(); ++i) {
        const double r = mean.variance[i] / true_variance(i, frames);
        ratio += r / static_cast<double>(mean.values.size());
        EXPECT_GT(r, 0.3) << i;
        EXPECT_LT(r, 3.0) << i;
    }
    // Noise is known to 10 % of its variance on average.
    EXPECT_NEAR(ratio, 1.0, 0.1);
}

INSTANTIATE_TEST_SUITE_P(Average, FewFrames, testing::Values(2, 3, 8, 30));

TEST(Average, ErrorsOfTheMeanAreAsLargeAsItSays) {
    const auto light = detector::light();
    double squares = 0.0, count = 0.0;
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        const Mean mean = measured(3, seed);
        for (std::size_t i = 0; i < light.size(); ++i) {
            const double error = mean.values[i] - 900.0 - light[i];
            squares += error * error / mean.variance[i];
            count += 1.0;
        }
    }
    EXPECT_NEAR(squares / count, 1.0, 0.1);
}

TEST(Average, OfOneFrameTakesItsNoiseFromPointToPoint) {
    const Mean mean = measured(1, 23);
    for (std::size_t i : {50u, 250u, 600u, 900u}) EXPECT_NEAR(mean.variance[i] / true_variance(i, 1), 1.0, 0.4) << i;
}

TEST(Average, OfConstantFramesStillHasTheRoundingOfItsCounts) {
    const std::vector<std::vector<double>> frames(4, std::vector<double>(100, 7.0));
    EXPECT_DOUBLE_EQ(average(frames).variance[0], 1.0 / 12.0 / 4.0);
}

TEST(Average, OfNothingIsNothing) {
    EXPECT_TRUE(average({}).values.empty());
    EXPECT_EQ(average({}).frames, 0u);
}
