#include "spectra/process/despike.hpp"

#include <gtest/gtest.h>
#include <random>
#include <vector>

#include "detector.hpp"

using namespace singel::spectra::process;

namespace {

std::vector<std::vector<double>> frames(std::size_t count, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<std::vector<double>> all;
    for (std::size_t i = 0; i < count; ++i) all.push_back(detector::noisy(detector::light(), 900.0, {}, random));
    return all;
}

}  // namespace

class EveryNumberOfFrames : public testing::TestWithParam<std::size_t> {};

TEST_P(EveryNumberOfFrames, CosmicRaysAreRemovedAndNothingElse) {
    auto stack = frames(GetParam(), 5);
    const auto clean = stack;
    stack[0][100] += 900.0;
    stack[0][101] += 4000.0;
    stack[1][700] += 9000.0;  // on top of the strongest band
    stack[1][1000] += 600.0;
    const std::size_t replaced = despike_frames(stack);
    EXPECT_GE(replaced, 4u);
    EXPECT_LE(replaced, 8u);
    // Six sigma of the noise at the pixel, and what others() may be off by.
    for (std::size_t f = 0; f < stack.size(); ++f)
        for (std::size_t i = 0; i < clean[f].size(); ++i)
            EXPECT_NEAR(stack[f][i], clean[f][i], 8.0 * std::sqrt(64.0 + 0.25 * clean[f][i])) << f << " " << i;
}

TEST_P(EveryNumberOfFrames, FramesWithoutCosmicRaysStayAsTheyAre) {
    std::size_t replaced = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        auto stack = frames(GetParam(), seed);
        replaced += despike_frames(stack);
    }
    EXPECT_EQ(replaced, 0u);
}

TEST_P(EveryNumberOfFrames, AFlickeringLaserIsNoCosmicRay) {
    auto stack = frames(GetParam(), 9);
    for (double& v : stack[0]) v = 900.0 + 1.03 * (v - 900.0);
    EXPECT_EQ(despike_frames(stack), 0u);
}

INSTANTIATE_TEST_SUITE_P(Despike, EveryNumberOfFrames, testing::Values(2, 3, 8));

TEST(Despike, NeedsTwoFramesToCompare) {
    auto one = frames(1, 1);
    one[0][50] += 9000.0;
    EXPECT_EQ(despike_frames(one), 0u);
}

TEST(DespikeSingle, RemovesALoneSpikeOfOneOrTwoPixels) {
    std::mt19937_64 random(2);
    auto values = detector::noisy(detector::light(), 0.0, {}, random);
    const auto clean = values;
    values[200] += 5000.0;
    values[850] += 6000.0;
    values[851] += 5000.0;
    EXPECT_EQ(despike_single(values), 3u + 4u);
    for (std::size_t i = 0; i < values.size(); ++i)
        EXPECT_NEAR(values[i], clean[i], 8.0 * std::sqrt(64.0 + 0.25 * clean[i])) << i;
}

TEST(DespikeSingle, LeavesSharpBandsWhole) {
    // Full widths of 2.4, 3 and 4 pixels, from centred on a pixel to half way between two.
    for (double sigma : {1.02, 1.27, 1.7})
        for (double centre : {400.0, 400.1, 400.2, 400.3, 400.4, 400.5}) {
            std::mt19937_64 random(3);
            std::vector<double> light(1024);
            for (std::size_t i = 0; i < light.size(); ++i)
                light[i] = 500.0 + 20000.0 * detector::band(static_cast<double>(i), centre, sigma);
            auto values = detector::noisy(light, 0.0, {}, random);
            EXPECT_EQ(despike_single(values), 0u) << sigma << " " << centre;
        }
}

TEST(DespikeSingle, LeavesNoiseAndShortSpectraAlone) {
    std::mt19937_64 random(4);
    auto values = detector::noisy(std::vector<double>(2048, 100.0), 0.0, {}, random);
    EXPECT_EQ(despike_single(values), 0u);
    std::vector<double> few{1.0, 900.0, 1.0};
    EXPECT_EQ(despike_single(few), 0u);
}
