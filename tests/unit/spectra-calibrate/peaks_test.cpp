#include "spectra/calibrate/peaks.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <random>
#include <vector>

using singel::spectra::calibrate::find_peaks;

namespace {

// Lines of a full width of 3.5 pixels on a flat ground with read and shot noise.
std::vector<double> lines(const std::vector<double>& centres, double height, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal;
    std::vector<double> counts(1024);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        double light = 100.0;
        for (double c : centres)
            light += height * std::exp(-0.5 * std::pow((static_cast<double>(i) - c) / 1.486, 2.0));
        counts[i] = light + normal(random) * std::sqrt(25.0 + 0.25 * light);
    }
    return counts;
}

}  // namespace

TEST(FindPeaks, FitsCentresAsWellAsItSays) {
    double squares = 0.0, count = 0.0;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const double shift = 0.02 * static_cast<double>(seed);
        const auto peaks = find_peaks(lines({200.0 + shift, 500.3, 801.0 - shift}, 3000.0, seed), false);
        ASSERT_EQ(peaks.size(), 3u);
        const double truth[] = {200.0 + shift, 500.3, 801.0 - shift};
        for (std::size_t i = 0; i < 3; ++i) {
            EXPECT_NEAR(peaks[i].centre, truth[i], 0.06);
            EXPECT_NEAR(peaks[i].fwhm, 3.5, 0.2);
            squares += std::pow((peaks[i].centre - truth[i]) / peaks[i].centre_sigma, 2.0);
            count += 1.0;
        }
    }
    // Errors are as large as the fit says, to a factor of 1.5: shot noise is not weighted within a line.
    EXPECT_NEAR(std::sqrt(squares / count), 1.0, 0.5);
}

TEST(FindPeaks, SeesNothingInNoise) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) EXPECT_TRUE(find_peaks(lines({}, 0.0, seed), false).empty());
    EXPECT_TRUE(find_peaks({}, false).empty());
}

TEST(FindPeaks, MarksClippedLines) {
    auto counts = lines({200.0, 500.0}, 3000.0, 1);
    for (auto& v : counts) v = std::min(v, 2000.0);
    for (const auto& peak : find_peaks(counts, true)) EXPECT_TRUE(peak.saturated);
    EXPECT_EQ(find_peaks(counts, true).size(), 2u);
}

TEST(FindPeaks, LeavesHotPixelsOut) {
    auto counts = lines({200.0, 500.0, 700.0}, 3000.0, 1);
    counts[600] += 4000.0;
    EXPECT_EQ(find_peaks(counts, false).size(), 3u);
}
