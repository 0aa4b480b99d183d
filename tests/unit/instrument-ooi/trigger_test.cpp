#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/instrument-ooi/stand.hpp"

// Frames that wait for a signal from outside: without a deadline, and cancellable.
namespace singel::instrument::ooi_test {
namespace {

using namespace std::chrono_literals;
using core::Fault;
using core::Trigger;
using testing::HasSubstr;

class Triggered : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Models, Triggered,
                         testing::Values("USB2000+", "USB4000", "USB2000", "HR2000", "QE65000", "Maya2000Pro"),
                         name_of_model);

TEST_P(Triggered, WaitsMinutesForAnEdgeAndGivesTheFrameThatItBegan) {
    Stand stand(GetParam());
    const auto error = stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.open();
        co_await s.instrument->capture();  // leaves frames prepared
        co_await s.instrument->apply({50ms, Trigger::external_edge});
        for (const auto after : {400'000ms, 60ms, 3000ms}) {
            const auto asked = s.now();
            s.trigger_after(after);
            const core::Frame frame = co_await s.instrument->capture();
            EXPECT_EQ(frame.settings.trigger, Trigger::external_edge);
            EXPECT_EQ(s.last_frame().begun, asked + after);
            EXPECT_EQ(s.last_frame().integration, frame.settings.integration_time);
        }
        EXPECT_EQ(s.instrument->counters().frames_lost, 0u);
        EXPECT_EQ(s.instrument->counters().frames_delivered, 4u);
        co_await s.close();
    });
    EXPECT_FALSE(error.has_value()) << error->sentence();
}

TEST_P(Triggered, IsFreeSoonWhenCancelledAndTheNextEdgeGivesTheNextFrame) {
    Stand stand(GetParam());
    const auto error = stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.open();
        co_await s.instrument->apply({50ms, Trigger::external_edge});
        asio::cancellation_signal cancel;
        std::optional<core::Error> ended;
        bool done = false;
        asio::co_spawn(s.io, capture_once(s),
                       asio::bind_cancellation_slot(cancel.slot(), [&](std::exception_ptr problem) {
                           done = true;
                           try {
                               if (problem) std::rethrow_exception(problem);
                           } catch (const core::Failure& failure) {
                               ended = failure.error();
                           }
                       }));
        co_await s.wait(5000ms);
        EXPECT_FALSE(done);
        cancel.emit(asio::cancellation_type::terminal);
        co_await s.wait(1ms);
        EXPECT_TRUE(done);
        EXPECT_EQ(ended ? ended->fault : Fault::busy, Fault::cancelled);

        s.trigger_after(2000ms);
        const auto asked = s.now();
        const core::Frame frame = co_await s.instrument->capture();
        EXPECT_EQ(s.last_frame().begun, asked + 2000ms);
        EXPECT_EQ(frame.settings.trigger, Trigger::external_edge);
        EXPECT_EQ(s.instrument->counters().recoveries, 0u);
        co_await s.close();
    });
    EXPECT_FALSE(error.has_value()) << error->sentence();
}

TEST_P(Triggered, GoesBackToFramesOnRequest) {
    Stand stand(GetParam());
    const auto error = stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.open();
        co_await s.instrument->apply({50ms, Trigger::external_edge});
        co_await s.instrument->apply({30ms});
        const auto changed = s.now();
        const core::Frame frame = co_await s.instrument->capture();
        EXPECT_EQ(frame.settings.trigger, Trigger::on_request);
        EXPECT_EQ(frame.settings.integration_time, 30ms);
        EXPECT_GE(s.last_frame().begun, changed);
        co_await s.close();
    });
    EXPECT_FALSE(error.has_value()) << error->sentence();
}

TEST(Trigger, OfAUsb2000HasAnIntegrationTimeOfItsOwnAndTheFrameSaysSo) {
    Stand stand("USB2000");
    stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.open();
        const auto in_force = co_await s.instrument->apply({300ms, Trigger::external_edge});
        EXPECT_EQ(in_force.integration_time, 50ms);
    });
}

TEST(Trigger, ThatAModelDoesNotListIsRefusedAndNothingIsSent) {
    Stand stand("Jaz");
    stand.run([](Stand& s) -> asio::awaitable<void> { co_await s.open(); });
    stand.device->log.clear();
    const auto error = stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.instrument->apply({50ms, Trigger::external_edge});
    });
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->fault, Fault::invalid_argument);
    EXPECT_THAT(error->what, HasSubstr("Jaz takes frames on request"));
    EXPECT_TRUE(stand.device->log.empty());
}

TEST(Trigger, AnInstrumentThatFallsSilentWhileItIsAwaitedIsNoticed) {
    Stand stand("USB4000");
    stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.open();
        co_await s.instrument->apply({50ms, Trigger::external_edge});
    });
    stand.device->swallow({0xFE});
    const auto error = stand.run(capture_once);
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->fault, Fault::timed_out);
}

TEST(Trigger, AnInstrumentThatHasAFrameAndDoesNotSendItIsNoticed) {
    Stand stand("USB4000");
    stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.open();
        co_await s.instrument->apply({50ms, Trigger::external_edge});
    });
    stand.device->change_reply({0xFE}, [](Between::Reply& reply) { reply.at(8) = 0x04; });
    const auto error = stand.run(capture_once);
    ASSERT_TRUE(error.has_value());
    EXPECT_THAT(error->what, HasSubstr("has a frame and does not send it"));
}

}  // namespace
}  // namespace singel::instrument::ooi_test
