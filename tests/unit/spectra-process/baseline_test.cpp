#include "spectra/process/baseline.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <numbers>
#include <random>
#include <vector>

using singel::spectra::process::arpls;

namespace {

double gaussian(double x, double centre, double sigma) {
    return std::exp(-0.5 * (x - centre) * (x - centre) / (sigma * sigma));
}

// The paper's algorithm with a dense matrix and Gaussian elimination.
std::vector<double> naive_arpls(const std::vector<double>& y, double lambda, int passes) {
    const std::size_t n = y.size();
    std::vector<double> w(n, 1.0), z(n);
    for (int pass = 0; pass < passes; ++pass) {
        std::vector<std::vector<double>> a(n, std::vector<double>(n + 1, 0.0));
        for (std::size_t i = 0; i + 2 < n; ++i) {
            const double row[3] = {1.0, -2.0, 1.0};
            for (std::size_t j = 0; j < 3; ++j)
                for (std::size_t k = 0; k < 3; ++k) a[i + j][i + k] += lambda * row[j] * row[k];
        }
        for (std::size_t i = 0; i < n; ++i) a[i][i] += w[i], a[i][n] = w[i] * y[i];
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t r = i + 1; r < n; ++r) {
                const double factor = a[r][i] / a[i][i];
                for (std::size_t c = i; c <= n; ++c) a[r][c] -= factor * a[i][c];
            }
        for (std::size_t i = n; i-- > 0;) {
            z[i] = a[i][n];
            for (std::size_t c = i + 1; c < n; ++c) z[i] -= a[i][c] * z[c];
            z[i] /= a[i][i];
        }
        std::vector<double> negative;
        for (std::size_t i = 0; i < n; ++i)
            if (y[i] < z[i]) negative.push_back(y[i] - z[i]);
        double mean = 0.0, variance = 0.0;
        for (double d : negative) mean += d / static_cast<double>(negative.size());
        for (double d : negative) variance += (d - mean) * (d - mean) / static_cast<double>(negative.size());
        const double s = std::sqrt(variance);
        for (std::size_t i = 0; i < n; ++i)
            w[i] = y[i] < z[i] ? 1.0 : 1.0 / (1.0 + std::exp(2.0 * (y[i] - z[i] - (2.0 * s - mean)) / s));
    }
    return z;
}

std::vector<double> noisy_bands(std::size_t n, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::normal_distribution<double> noise(0.0, 1.0);
    std::vector<double> y(n);
    for (std::size_t i = 0; i < n; ++i) {
        const double x = static_cast<double>(i);
        y[i] = 500.0 + 0.3 * x + 200.0 * gaussian(x, 0.3 * static_cast<double>(n), 4.0) +
               80.0 * gaussian(x, 0.7 * static_cast<double>(n), 5.0) + noise(random);
    }
    return y;
}

}  // namespace

TEST(Arpls, EqualsADenseSolutionOfThePaper) {
    const auto y = noisy_bands(120, 1);
    const auto fast = arpls(y, 1e4, 7, 0.0);
    const auto naive = naive_arpls(y, 1e4, 7);
    for (std::size_t i = 0; i < y.size(); ++i) EXPECT_NEAR(fast[i], naive[i], 1e-6) << i;
}

TEST(Arpls, LeavesAStraightLineAsItIs) {
    std::vector<double> y(300);
    for (std::size_t i = 0; i < y.size(); ++i) y[i] = 40.0 - 0.25 * static_cast<double>(i);
    const auto z = arpls(y, 1e5);
    // Rounding only: the line is in the null space of the penalty.
    for (std::size_t i = 0; i < y.size(); ++i) EXPECT_NEAR(z[i], y[i], 1e-6);
}

TEST(Arpls, PassesUnderBandsOnABroadBackground) {
    std::mt19937_64 random(7);
    std::normal_distribution<double> noise(0.0, 2.0);
    std::vector<double> y(1500), truth(1500);
    for (std::size_t i = 0; i < y.size(); ++i) {
        const double x = static_cast<double>(i);
        truth[i] = 3000.0 * gaussian(x, 600.0, 700.0);
        y[i] = truth[i] + 900.0 * gaussian(x, 400.0, 5.0) + 400.0 * gaussian(x, 1000.0, 8.0) + noise(random);
    }
    const auto z = arpls(y, 1e5);
    // The middle of the band-free noise is taken as the baseline to within 2 sigma of the noise.
    for (std::size_t i = 20; i + 20 < y.size(); ++i) EXPECT_NEAR(z[i], truth[i], 4.0) << i;
}

TEST(Arpls, BridgesPointsThatWereNeverMeasured) {
    auto y = noisy_bands(400, 3);
    const auto whole = arpls(y, 1e5);
    for (std::size_t i = 200; i < 230; ++i) y[i] = std::numeric_limits<double>::quiet_NaN();
    const auto bridged = arpls(y, 1e5);
    for (std::size_t i = 0; i < y.size(); ++i) EXPECT_NEAR(bridged[i], whole[i], 2.0) << i;
}

TEST(Arpls, GivesBackWhatIsTooShortForABaseline) {
    const std::vector<double> two{3.0, 4.0};
    EXPECT_EQ(arpls(two, 1e5), two);
    EXPECT_TRUE(arpls({}, 1e5).empty());
}
