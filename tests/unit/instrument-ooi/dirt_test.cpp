#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "firmware-bridge/virtual/faults.hpp"
#include "instrument/ocean_ooi/models.hpp"
#include "tests/unit/instrument-ooi/stand.hpp"

// What an earlier program may leave behind, and what we leave.
namespace singel::instrument::ooi_test {
namespace {

using namespace std::chrono_literals;
using virtual_instrument::FaultKind;

class AfterAnotherProgram : public testing::TestWithParam<std::string> {};
std::vector<std::string> names() {
    std::vector<std::string> all{"Flame-S", "Flame-T"};
    for (const ocean_ooi::Model& model : ocean_ooi::models) all.emplace_back(model.known.name);
    return all;
}
INSTANTIATE_TEST_SUITE_P(Models, AfterAnotherProgram, testing::ValuesIn(names()), name_of_model);

bool is_family_a(const Stand& s) {
    const auto found = std::find_if(ocean_ooi::models.begin(), ocean_ooi::models.end(), [&](const auto& model) {
        return model.known.product_id == s.device->descriptors().product_id;
    });
    return found->facts->dialect.status == ocean_ooi::ooi::StatusForm::family_a;
}

asio::awaitable<void> expect_a_right_first_frame(Stand& s) {
    co_await s.open();
    const auto time = s.instrument->description().integration.min + 30ms;
    co_await s.instrument->apply({std::chrono::ceil<std::chrono::milliseconds>(time)});
    const auto changed = s.now();
    const core::Frame frame = co_await s.instrument->capture();
    EXPECT_EQ(s.last_frame().integration, frame.settings.integration_time);
    EXPECT_GE(s.last_frame().begun, changed);
    co_await s.close();
}

TEST_P(AfterAnotherProgram, TheFirstFrameIsRightWithAnOldReplyAndARunningRequest) {
    Stand stand(GetParam());
    const auto error = stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.tell("05 01");
        co_await s.tell("09");
        co_await s.wait(5ms);
        co_await expect_a_right_first_frame(s);
    });
    EXPECT_FALSE(error.has_value()) << error->sentence();
}

TEST_P(AfterAnotherProgram, TheFirstFrameIsRightWithAFrameInTheQueue) {
    Stand stand(GetParam());
    const auto error = stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.tell("09");
        co_await s.wait(500ms);
        co_await expect_a_right_first_frame(s);
    });
    EXPECT_FALSE(error.has_value()) << error->sentence();
}

TEST_P(AfterAnotherProgram, TheFirstFrameIsRightAfterAForeignTriggerMode) {
    Stand stand(GetParam());
    const auto error = stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.tell("0a 03 00");
        co_await s.tell("09");
        co_await s.wait(50ms);
        co_await expect_a_right_first_frame(s);
    });
    EXPECT_FALSE(error.has_value()) << error->sentence();
}

TEST_P(AfterAnotherProgram, TheFirstFrameIsRightWithHaltedEndpoints) {
    Stand stand(GetParam());
    for (std::uint64_t next = 1; next <= 4; ++next) stand.device->inject({FaultKind::stall, next, {}}, 0ns);
    const auto error = stand.run(expect_a_right_first_frame);
    EXPECT_FALSE(error.has_value()) << error->sentence();
}

TEST_P(AfterAnotherProgram, TheLampIsOffAtOnceAndNothingIsReset) {
    Stand stand(GetParam());
    const auto error = stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.tell("03 01 00");
        co_await s.open();
        const auto status = co_await s.ask("fe");
        if (!status.empty()) {
            EXPECT_EQ(status.at(is_family_a(s) ? 4 : 6), 0);
        }
        co_await s.close();
    });
    EXPECT_FALSE(error.has_value()) << error->sentence();
    EXPECT_EQ(stand.device->resets, 0);
}

TEST_P(AfterAnotherProgram, WeLeaveTriggerAndLampOff) {
    Stand stand(GetParam());
    const auto error = stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.open();
        co_await s.instrument->capture();
        co_await s.tell("03 01 00");
        co_await s.tell("0a 03 00");
        co_await s.close();
        const auto status = co_await s.ask("fe");
        const bool family_a = is_family_a(s);
        if (!status.empty()) {
            EXPECT_EQ(status.at(family_a ? 4 : 6), 0);
            EXPECT_EQ(status.at(family_a ? 5 : 7), 0);
        }
    });
    EXPECT_FALSE(error.has_value()) << error->sentence();
    EXPECT_EQ(stand.device->resets, 0);
}

TEST(Usb2000, ThrowsAwayTheSpectrumThatNobodyAskedFor) {
    Stand stand("USB2000");
    stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.open();
        const auto opened = s.now();
        const core::Frame frame = co_await s.instrument->capture();
        EXPECT_GE(s.last_frame().begun, opened);
        EXPECT_EQ(frame.counts.size(), 2048u);
        EXPECT_EQ(s.instrument->counters().frames_lost, 0u);
        EXPECT_EQ(s.instrument->counters().recoveries, 0u);
    });
}

TEST(Usb2000, OpensAlsoWhenThatSpectrumDoesNotCome) {
    Stand stand("USB2000");
    stand.device->swallow({0x01});
    const auto error = stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.open();
        co_await s.instrument->capture();
    });
    EXPECT_FALSE(error.has_value()) << error->sentence();
}

}  // namespace
}  // namespace singel::instrument::ooi_test
