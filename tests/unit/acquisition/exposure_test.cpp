#include "acquisition/pipeline/exposure.hpp"

#include <gtest/gtest.h>

#include "acquisition/pipeline/measure.hpp"

namespace singel::acquisition::pipeline {
namespace {

using namespace std::chrono_literals;
using spectra::core::Frame;

instrument::Description detector() {
    instrument::Description description;
    description.pixels = 100;
    description.full_scale = 65535;
    description.integration = {1ms, 60s, 1ms, {}, {}};
    description.usable = {5, 94};
    return description;
}

// A linear detector: bias plus a band of five pixels that grows with time, clipped at full scale.
Frame expose(const instrument::Description& description, std::chrono::microseconds time, double counts_a_second) {
    Frame frame;
    frame.full_scale = description.full_scale;
    frame.settings.integration_time = time;
    frame.counts.assign(description.pixels, 1000);
    const double seconds = static_cast<double>(time.count()) * 1e-6;
    for (std::size_t i = 48; i < 53; ++i)
        frame.counts[i] =
            static_cast<std::uint32_t>(std::min<double>(description.full_scale, 1000.0 + counts_a_second * seconds));
    return frame;
}

class AnyBrightness : public ::testing::TestWithParam<double> {};

TEST_P(AnyBrightness, EndsBetweenTheLimitsOrAtTheEndOfWhatIsAllowed) {
    const auto description = detector();
    auto time = first_exposure(description);
    bool settled = false;
    for (int trial = 0; trial < 8 && !settled; ++trial) {
        const ExposureStep step = next_exposure(expose(description, time, GetParam()), description);
        settled = step.settled;
        EXPECT_LE(step.next, longest_automatic_exposure);
        EXPECT_GE(step.next, description.integration.min);
        time = step.next;
    }
    EXPECT_TRUE(settled);
    const double full = fullness(expose(description, time, GetParam()), description);
    EXPECT_LE(full, fullness_high + 0.01);
    EXPECT_TRUE(time == longest_automatic_exposure || full >= fullness_low - 0.01) << full;
}

INSTANTIATE_TEST_SUITE_P(CountsASecond, AnyBrightness, ::testing::Values(0.0, 100.0, 5e3, 4e4, 1e5, 7e5, 3e6, 2e7));

TEST(Exposure, ShortensAClippedFrameToTheShortestAllowedAndThenGivesUp) {
    const auto description = detector();
    auto time = first_exposure(description);
    ExposureStep step;
    for (int trial = 0; trial < 8 && !step.settled; ++trial) {
        step = next_exposure(expose(description, time, 1e12), description);
        time = step.next;
    }
    EXPECT_TRUE(step.settled);
    EXPECT_EQ(time, description.integration.min);
}

TEST(Exposure, IsNotFooledByAHotPixelOrOneKnownToBeBad) {
    auto description = detector();
    Frame frame = expose(description, 100ms, 3e5);
    const double before = fullness(frame, description);
    frame.counts[20] = 65535;
    EXPECT_DOUBLE_EQ(fullness(frame, description), before);
    frame.counts[2] = frame.counts[3] = frame.counts[4] = 65535;
    EXPECT_DOUBLE_EQ(fullness(frame, description), before) << "outside the usable pixels";
}

TEST(Exposure, StaysInsideAnInstrumentsOwnLimits) {
    auto description = detector();
    description.integration = {100ms, 500ms, 1ms, {}, {}};
    EXPECT_EQ(first_exposure(description), 100ms);
    EXPECT_EQ(next_exposure(expose(description, 400ms, 10.0), description).next, 500ms);
}

TEST(Lease, HoldsAsManyFramesAsFitIntoAMinute) {
    const LeaseShare few = lease_for(8, 1s, 5s);
    EXPECT_EQ(few.frames, 8U);
    EXPECT_GE(few.duration, 5s + 8 * 1s);
    EXPECT_LT(few.duration, 30s);
    const LeaseShare many = lease_for(1000, 1s, 5s);
    EXPECT_LT(many.frames, 55U);
    EXPECT_LE(many.duration, instrument::laser_lease_cap);
    EXPECT_GE(many.duration, 5s + many.frames * 1s);
}

TEST(Lease, NeverGrantsLessThanOneFrameOrMoreThanTheCap) {
    const LeaseShare slow = lease_for(3, 59s, 5s);
    EXPECT_EQ(slow.frames, 1U);
    EXPECT_EQ(slow.duration, instrument::laser_lease_cap);
}

}  // namespace
}  // namespace singel::acquisition::pipeline
