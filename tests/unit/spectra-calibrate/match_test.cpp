#include "spectra/calibrate/match.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <vector>

using namespace singel::spectra;
using namespace singel::spectra::calibrate;

namespace {

const VisibleLine* line_at(const std::vector<VisibleLine>& lines, double nm) {
    for (const VisibleLine& line : lines)
        if (std::abs(line.line.wavelength.value - nm) < 0.001) return &line;
    return nullptr;
}

}  // namespace

TEST(VisibleLines, LeaveOutWhatTheInstrumentCannotSeparate) {
    const auto lines = visible_lines(core::Lamp::neon, 780.0, 1000.0, 0.5);
    for (double blend : {878.062, 878.375, 886.575 - 1.188, 868.192}) {
        const auto* line = line_at(lines, blend);
        ASSERT_NE(line, nullptr) << blend;
        if (blend > 878.0 && blend < 879.0) {
            EXPECT_FALSE(line->refused.empty()) << blend;
        }
    }
    EXPECT_TRUE(line_at(lines, 849.536)->refused.empty());
    EXPECT_TRUE(line_at(lines, 859.126)->refused.empty());
}

TEST(VisibleLines, ASharpInstrumentSeparatesMore) {
    const auto lines = visible_lines(core::Lamp::neon, 780.0, 1000.0, 0.1);
    EXPECT_TRUE(line_at(lines, 878.375)->refused.empty());
}

TEST(Align, FindsShiftAndScaleOfTheAxis) {
    const auto lines = visible_lines(core::Lamp::neon, 780.0, 1000.0, 0.3);
    std::vector<Peak> peaks;
    std::vector<double> prior;
    for (double nm : {808.246, 813.641, 830.033, 837.761, 841.843, 849.536, 859.126, 865.438, 885.387, 914.867}) {
        peaks.push_back({0.0, 0.01, 1000.0, 3.0, false});
        prior.push_back(nm - 2.0 - 0.003 * (nm - 860.0));
    }
    const Alignment found = align(prior, peaks, lines, 3.0, 0.005, 0.25);
    EXPECT_GT(found.matched, 0.99);
    EXPECT_NEAR(found(prior.front()), 808.246, 0.25);
    EXPECT_NEAR(found(prior.back()), 914.867, 0.25);
}
