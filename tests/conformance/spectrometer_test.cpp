#include <boost/asio/this_coro.hpp>
#include <gmock/gmock.h>

#include "firmware-bridge/virtual/faults.hpp"
#include "tests/conformance/bench.hpp"

// What every spectrometer promises, whatever its family and whatever the link.
namespace singel::conformance {
namespace {

using namespace std::chrono_literals;
using core::Fault;
using instrument::Settings;
using virtual_instrument::FaultKind;

class EverySpectrometer : public testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(Models, EverySpectrometer, testing::ValuesIn(cases()), name_of);

asio::awaitable<void> capture_once(Bench& bench) {
    co_await bench.instrument->capture();
}

asio::awaitable<void> apply_once(Bench& bench, std::chrono::microseconds time) {
    co_await bench.instrument->apply(Settings{time});
}

// What an instrument in order may say of itself all the same.
const auto known_warning = testing::AnyOf(testing::HasSubstr("cannot confirm its settings"),
                                          testing::HasSubstr("made without an interlock"));

constexpr auto freed_within = 100ms;
constexpr auto long_enough_for_a_deadline = 10s;

TEST_P(EverySpectrometer, DescribesItselfAndSaysThatItIsSimulated) {
    Bench bench(GetParam());
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        const auto& description = b.instrument->description();
        EXPECT_GE(description.pixels, 128u);
        EXPECT_EQ(description.wavelengths.size(), description.pixels);
        EXPECT_FALSE(description.identity.serial.empty());
        EXPECT_FALSE(description.firmware.empty());
        EXPECT_TRUE(description.identity.simulated);
        EXPECT_EQ(description.identity.link, b.attached() ? core::Link::usbfs_emulated : core::Link::in_process);
        EXPECT_FALSE(description.identity.proven);
        EXPECT_LT(description.usable.last, description.pixels);
        EXPECT_THAT(description.warnings, testing::Each(known_warning));
        EXPECT_EQ(b.instrument->laser() != nullptr, description.has_laser);
        co_await b.close();
    });
}

TEST_P(EverySpectrometer, StampsEachFrameWithTheSettingsInForce) {
    Bench bench(GetParam());
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        std::uint64_t generation = 0;
        for (const auto wish : {20ms, 50ms, 10ms}) {
            const auto time = b.possible(wish);
            const auto in_force = co_await b.instrument->apply(Settings{time});
            const core::Frame frame = co_await b.instrument->capture();
            EXPECT_EQ(in_force.integration_time, time);
            EXPECT_EQ(frame.settings, in_force);
            EXPECT_GT(frame.settings.generation, generation);
            EXPECT_EQ(frame.counts.size(), b.instrument->description().pixels);
            EXPECT_EQ(frame.instrument, b.instrument->description().identity);
            generation = frame.settings.generation;
            if (!b.attached()) {
                EXPECT_EQ(b.truth().last_frame.integration, time);
            }
        }
        co_await b.close();
    });
}

TEST_P(EverySpectrometer, ReturnsAFrameBegunAfterTheLastChange) {
    Bench bench(GetParam());
    if (bench.attached()) GTEST_SKIP() << "when a frame began is known in process only";
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        for (const auto wish : {30ms, 60ms, 30ms}) {
            const auto time = b.possible(wish);
            co_await b.instrument->capture();  // leaves frames prepared with the old settings
            co_await b.instrument->apply(Settings{time});
            const auto changed = b.now();
            co_await b.instrument->capture();
            EXPECT_GE(b.truth().last_frame.begun, changed);
            EXPECT_EQ(b.truth().last_frame.integration, time);
        }
        co_await b.close();
    });
}

TEST_P(EverySpectrometer, DiscardsFramesAfterAChangeOnlyAndCountsThem) {
    Bench bench(GetParam());
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        co_await b.instrument->apply(Settings{b.possible(10ms)});
        const core::Frame first = co_await b.instrument->capture();
        const core::Frame second = co_await b.instrument->capture();
        EXPECT_EQ(second.stale_discarded, 0u);
        EXPECT_GE(b.instrument->counters().stale_discarded, first.stale_discarded);
        co_await b.close();
    });
}

TEST_P(EverySpectrometer, NumbersFramesFromOneWithoutGaps) {
    Bench bench(GetParam());
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        co_await b.instrument->apply(Settings{b.possible(5ms)});
        for (std::uint64_t number = 1; number <= 5; ++number) {
            const core::Frame frame = co_await b.instrument->capture();
            EXPECT_EQ(frame.number, number);
        }
        EXPECT_EQ(b.instrument->counters().frames_delivered, 5u);
        EXPECT_EQ(b.instrument->counters().frames_lost, 0u);
        co_await b.close();
    });
}

TEST_P(EverySpectrometer, FlagsSaturationOnRawCounts) {
    constexpr double far_too_bright = 500;
    Bench bench(GetParam(), far_too_bright);
    if (bench.attached()) GTEST_SKIP() << "the stage of the emulated bus is empty";
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        co_await b.instrument->apply(Settings{b.possible(1000ms)});
        const core::Frame frame = co_await b.instrument->capture();
        EXPECT_GT(frame.saturated_fraction(), 0.5);
        co_await b.close();
    });
}

TEST_P(EverySpectrometer, LeavesAFrameInTheMiddleOfItsRangeUnflagged) {
    Bench bench(GetParam());
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        co_await b.instrument->apply(Settings{b.possible(10ms)});
        const core::Frame frame = co_await b.instrument->capture();
        EXPECT_LT(frame.saturated_fraction(), 0.01);
        co_await b.close();
    });
}

TEST_P(EverySpectrometer, RefusesSettingsOutOfRangeWithTheRangeAndTouchesNothing) {
    Bench bench(GetParam());
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        const auto& limits = b.instrument->description().integration;
        const auto before = b.attached() ? 0 : b.truth().exchanges;
        for (const auto time : {limits.min - 1us, limits.max + 1us}) {
            const auto error = co_await error_of(apply_once(b, time));
            EXPECT_EQ(fault_of(error), Fault::invalid_argument);
            if (error) {
                const auto longest = limits.max.count();
                const auto figure = std::to_string(longest % 1000 == 0 ? longest / 1000 : longest);
                EXPECT_THAT(error->what, testing::HasSubstr(figure));
            }
        }
        if (!b.attached()) {
            EXPECT_EQ(b.truth().exchanges, before);
        }
        co_await b.close();
    });
}

TEST_P(EverySpectrometer, IsFreeSoonAfterCancellationAndTheNextCaptureWorks) {
    Bench bench(GetParam());
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        co_await b.instrument->apply(Settings{b.possible(500ms)});
        co_await b.instrument->capture();
        const auto executor = co_await asio::this_coro::executor;
        for (const auto after : {0ms, 1ms, 120ms, 490ms}) {
            Beside capture(executor, capture_once(b));
            co_await b.wait(after);
            const auto cancelled = b.now();
            capture.cancel();
            const auto error = co_await capture.result();
            EXPECT_EQ(fault_of(error), Fault::cancelled);
            EXPECT_LE(b.now() - cancelled, freed_within);
            const auto restarted = b.now();
            const core::Frame frame = co_await b.instrument->capture();
            EXPECT_EQ(frame.settings.integration_time, b.possible(500ms));
            if (!b.attached()) {
                EXPECT_GE(b.truth().last_frame.begun, restarted);
            }
        }
        EXPECT_LE(b.instrument->counters().frames_lost, 4u);
        EXPECT_EQ(b.instrument->counters().recoveries, 0u);
        co_await b.close();
    });
}

TEST_P(EverySpectrometer, EndsInDisconnectedWhenUnpluggedInMidFrame) {
    Bench bench(GetParam());
    if (bench.attached()) GTEST_SKIP() << "EndsInDisconnectedWhenTheBusLosesIt does this";
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        co_await b.instrument->apply(Settings{b.possible(500ms)});
        const auto executor = co_await asio::this_coro::executor;
        Beside capture(executor, capture_once(b));
        co_await b.wait(200ms);
        b.device->unplug(b.now());
        const auto error = co_await capture.result();
        EXPECT_EQ(fault_of(error), Fault::disconnected);
        if (error) {
            EXPECT_FALSE(error->remedy.empty());
        }
        const auto again = co_await error_of(capture_once(b));
        EXPECT_EQ(fault_of(again), Fault::disconnected);
        co_await b.close();
    });
}

TEST_P(EverySpectrometer, KeepsItsDeadlinesWhenTheInstrumentFallsSilent) {
    for (std::uint64_t exchange = 1; exchange <= 4; ++exchange) {
        Bench bench(GetParam());
        if (bench.attached()) GTEST_SKIP() << "faults are injected in process; see the failure walk";
        SCOPED_TRACE("exchange " + std::to_string(exchange));
        bench.parameter = exchange;
        bench.run([](Bench& b) -> asio::awaitable<void> {
            co_await b.open();
            co_await b.instrument->apply(Settings{b.possible(100ms)});
            const auto started = b.now();
            b.device->inject({FaultKind::lose, b.truth().exchanges + b.parameter, {}}, b.now());
            const auto error = co_await error_of(capture_once(b));
            EXPECT_LE(b.now() - started, long_enough_for_a_deadline);
            if (error) {
                EXPECT_EQ(error->fault, Fault::timed_out);
            }
            const core::Frame frame = co_await b.instrument->capture();
            EXPECT_EQ(frame.settings.integration_time, b.possible(100ms));
            co_await b.close();
        });
    }
}

TEST_P(EverySpectrometer, ReportsALostFrameOnceAndRecovers) {
    Bench bench(GetParam());
    if (bench.attached()) GTEST_SKIP() << "faults are injected in process";
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        co_await b.instrument->apply(Settings{b.possible(20ms)});
        const core::Frame first = co_await b.instrument->capture();
        // Every bulk read of the next frame is cut short.
        for (std::uint64_t next = 1; next <= 4; ++next)
            b.device->inject({FaultKind::truncate, b.truth().exchanges + next, {}}, b.now());
        const auto error = co_await error_of(capture_once(b));
        EXPECT_TRUE(error.has_value());
        const core::Frame second = co_await b.instrument->capture();
        EXPECT_EQ(second.number, first.number + 2);
        EXPECT_EQ(b.instrument->counters().frames_lost, 1u);
        EXPECT_GE(b.instrument->counters().recoveries, 1u);
        co_await b.close();
    });
}

// Whatever it left running, asked for or halted: what the next program gets is its own.
TEST_P(EverySpectrometer, GivesARightFirstFrameAfterAProgramThatDiedInMidFrame) {
    Bench bench(GetParam());
    if (bench.attached()) GTEST_SKIP() << "the bus tests kill a real process";
    bench.run([](Bench& b) -> asio::awaitable<void> {
        const auto executor = co_await asio::this_coro::executor;
        for (const auto killed_after : {0ms, 1ms, 150ms, 299ms}) {
            co_await b.open();
            co_await b.instrument->apply(Settings{b.possible(300ms)});
            co_await b.instrument->capture();
            Beside capture(executor, capture_once(b));
            co_await b.wait(killed_after);
            co_await b.die_during(capture);
            co_await b.open();
            const auto asked = b.now();
            co_await b.instrument->apply(Settings{b.possible(20ms)});
            const core::Frame frame = co_await b.instrument->capture();
            EXPECT_EQ(frame.number, 1u);
            EXPECT_GE(b.truth().last_frame.begun, asked);
            EXPECT_EQ(b.truth().last_frame.integration, b.possible(20ms));
            co_await b.close();
        }
    });
}

TEST_P(EverySpectrometer, KeepsTheInstrumentBusyWhileItStreams) {
    static constexpr int frames = 40;
    static constexpr double idle_at_most = 0.05;
    Bench bench(GetParam());
    if (bench.attached()) GTEST_SKIP() << "in virtual time only: see the benchmarks for the wall clock";
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        const auto time = b.possible(20ms);
        co_await b.instrument->apply(Settings{time});
        co_await b.instrument->capture();
        const auto begun = b.now();
        int delivered = 0;
        const instrument::FrameSink sink = [&](core::Frame) { ++delivered; };
        co_await b.instrument->stream(frames, sink);
        EXPECT_EQ(delivered, frames);
        const auto each = time + b.instrument->description().beside_integration;
        const std::chrono::duration<double> taken = b.now() - begun, gathering = frames * each;
        EXPECT_LE(1.0 - gathering / taken, idle_at_most);
        EXPECT_EQ(b.instrument->counters().frames_lost, 0u);
        co_await b.close();
    });
}

TEST_P(EverySpectrometer, ClosesTwiceAndOpensAgain) {
    Bench bench(GetParam());
    bench.run([](Bench& b) -> asio::awaitable<void> {
        for (int times = 0; times < 2; ++times) {
            co_await b.open();
            co_await b.instrument->capture();
            co_await b.instrument->close();
            co_await b.close();
        }
    });
}

}  // namespace
}  // namespace singel::conformance
