#include "instrument/laser.hpp"

#include <boost/asio/this_coro.hpp>

#include "firmware-bridge/virtual/faults.hpp"
#include "firmware-bridge/wire/fid/requests.hpp"
#include "tests/conformance/bench.hpp"

// What every laser promises (house rule 10; FID notes, section 9.5).
namespace singel::conformance {
namespace {

using namespace std::chrono_literals;
using core::Fault;
using instrument::LaserLease;
using instrument::Settings;
using virtual_instrument::FaultKind;

std::vector<Case> cases_with_laser() {
    std::vector<Case> with_laser;
    for (const Case& one : cases()) {
        const auto device = virtual_instrument::make_instrument(one.model, {});
        if (!device || device->descriptors().vendor_id == firmware_bridge::wire::fid::vendor_id)
            with_laser.push_back(one);
    }
    return with_laser;
}

class EveryLaser : public testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(Models, EveryLaser, testing::ValuesIn(cases_with_laser()), name_of);

LaserLease lease(Bench& b, std::chrono::milliseconds of_light = 3000ms, double power = 1.0) {
    return {.duration = b.instrument->laser()->warm_up() + of_light, .power = power};
}

asio::awaitable<void> capture_once(Bench& bench) {
    co_await bench.instrument->capture();
}

asio::awaitable<void> throw_after_a_frame(Bench& bench) {
    co_await bench.instrument->capture();
    throw core::Failure(Fault::too_weak, "the body gave up");
}

asio::awaitable<void> lit_for_a_minute(Bench& bench) {
    co_await bench.wait(60s);
}

asio::awaitable<void> with(Bench& b, LaserLease lease, Bench::Body body) {
    co_await instrument::with_laser(*b.instrument->laser(), lease, [&b, body] { return body(b); });
}

asio::awaitable<void> expect_off(Bench& b) {
    EXPECT_FALSE(b.instrument->laser()->last_known().may_be_on());
    if (b.attached()) {
        const bool off = co_await b.laser_reported_off();
        EXPECT_TRUE(off);
        co_return;
    }
    EXPECT_FALSE(b.truth().laser.enabled);
    EXPECT_FALSE(b.truth().laser.firing);
}

asio::awaitable<void> open_with(Bench& b, std::chrono::microseconds integration) {
    co_await b.open();
    co_await b.instrument->apply(Settings{integration});
}

TEST_P(EveryLaser, IsOffAfterTheBodyReturnsAndStampsItsFrames) {
    Bench bench(GetParam());
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await open_with(b, 50ms);
        co_await with(b, lease(b), [](Bench& inside) -> asio::awaitable<void> {
            const core::Frame frame = co_await inside.instrument->capture();
            EXPECT_TRUE(frame.settings.laser_on);
            EXPECT_EQ(frame.settings.laser_power, 1.0);
            if (!inside.attached()) {
                EXPECT_NEAR(inside.truth().last_frame.laser_exposure_s, 0.05, 1e-9);
            }
        });
        co_await expect_off(b);
        const core::Frame dark = co_await b.instrument->capture();
        EXPECT_FALSE(dark.settings.laser_on);
        if (!b.attached()) {
            EXPECT_EQ(b.truth().last_frame.laser_exposure_s, 0.0);
        }
        co_await b.close();
    });
}

TEST_P(EveryLaser, IsOffAfterTheBodyThrows) {
    Bench bench(GetParam());
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await open_with(b, 50ms);
        const auto error = co_await error_of(with(b, lease(b), throw_after_a_frame));
        EXPECT_EQ(fault_of(error), Fault::too_weak);
        co_await expect_off(b);
        co_await b.close();
    });
}

TEST_P(EveryLaser, IsOffAfterCancellationInMidFrame) {
    Bench bench(GetParam());
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await open_with(b, 2000ms);
        const auto executor = co_await asio::this_coro::executor;
        Beside lit(executor, with(b, lease(b, 8000ms), capture_once));
        co_await b.wait(b.instrument->laser()->warm_up() + 300ms);
        EXPECT_TRUE(b.instrument->laser()->last_known().may_be_on());
        const auto cancelled = b.now();
        lit.cancel();
        const auto error = co_await lit.result();
        EXPECT_EQ(fault_of(error), Fault::cancelled);
        EXPECT_LE(b.now() - cancelled, 200ms);
        co_await expect_off(b);
        co_await b.close();
    });
}

TEST_P(EveryLaser, IsOffWhenTheLeaseRunsOutAndTheBodyIsCancelled) {
    Bench bench(GetParam());
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await open_with(b, 50ms);
        const LaserLease short_lease = lease(b, 700ms);
        const auto started = b.now();
        const auto error = co_await error_of(with(b, short_lease, lit_for_a_minute));
        EXPECT_EQ(fault_of(error), Fault::timed_out);
        EXPECT_LE(b.now() - started, short_lease.duration + 1000ms);
        co_await expect_off(b);
        co_await b.close();
    });
}

TEST_P(EveryLaser, IsOffAtOnceWhenTheRedButtonIsPressedDuringAFrame) {
    Bench bench(GetParam());
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await open_with(b, 2000ms);
        const auto executor = co_await asio::this_coro::executor;
        Beside lit(executor, with(b, lease(b, 8000ms), capture_once));
        co_await b.wait(b.instrument->laser()->warm_up() + 300ms);
        const auto pressed = b.now();
        co_await b.instrument->laser()->switch_off();
        EXPECT_LE(b.now() - pressed, 100ms);
        co_await expect_off(b);
        const auto error = co_await lit.result();
        EXPECT_EQ(fault_of(error), Fault::cancelled);
        co_await b.close();
    });
}

TEST_P(EveryLaser, RefusesLeasesBeyondTheCapOrWithoutPower) {
    Bench bench(GetParam());
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await open_with(b, 50ms);
        for (const LaserLease wrong :
             {LaserLease{.duration = 60001ms}, LaserLease{.duration = 0ms},
              LaserLease{.duration = 5000ms, .power = 0.0}, LaserLease{.duration = 5000ms, .power = 1.01}}) {
            const auto error = co_await error_of(with(b, wrong, capture_once));
            EXPECT_EQ(fault_of(error), Fault::invalid_argument);
        }
        co_await expect_off(b);
        co_await b.close();
    });
}

TEST_P(EveryLaser, RunsAtThePowerThatWasAskedFor) {
    Bench bench(GetParam());
    if (bench.attached()) GTEST_SKIP() << "the light itself is seen in process only";
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await open_with(b, 50ms);
        co_await with(b, lease(b, 3000ms, 0.25), [](Bench& inside) -> asio::awaitable<void> {
            EXPECT_NEAR(inside.truth().laser.power, 0.25, 1e-9);
            co_return;
        });
        co_await b.close();
    });
}

TEST_P(EveryLaser, StaysDarkWhenTheInterlockIsOpen) {
    Bench bench(GetParam(), 0.2, {{FaultKind::interlock_open, 0, {}}});
    if (bench.attached()) GTEST_SKIP() << "faults are injected in process";
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await open_with(b, 50ms);
        LaserLease trusting = lease(b);
        trusting.physical_interlock = true;  // helps where nothing is known, not against an open loop
        const auto error = co_await error_of(with(b, trusting, capture_once));
        EXPECT_EQ(fault_of(error), Fault::interlock_open);
        EXPECT_EQ(b.truth().laser.on_for, 0ns);
        co_await expect_off(b);
        co_await b.close();
    });
}

TEST_P(EveryLaser, IsOffSoonAfterTheInterlockOpensInMidFrame) {
    Bench bench(GetParam());
    if (bench.attached()) GTEST_SKIP() << "faults are injected in process";
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await open_with(b, 3000ms);
        const auto executor = co_await asio::this_coro::executor;
        Beside lit(executor, with(b, lease(b, 20000ms), capture_once));
        co_await b.wait(b.instrument->laser()->warm_up() + 300ms);
        const auto opened = b.now();
        b.device->inject({FaultKind::interlock_open, 0, {}}, b.now());
        const auto error = co_await lit.result();
        EXPECT_EQ(fault_of(error), Fault::interlock_open);
        EXPECT_LE(b.now() - opened, 300ms);  // 5 Hz, and a little
        co_await expect_off(b);
        co_await b.close();
    });
}

TEST_P(EveryLaser, CountsAsOnWhenItsInstrumentIsUnplugged) {
    Bench bench(GetParam());
    if (bench.attached()) GTEST_SKIP() << "unplugged in process";
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await open_with(b, 3000ms);
        const auto executor = co_await asio::this_coro::executor;
        Beside lit(executor, with(b, lease(b, 20000ms), capture_once));
        co_await b.wait(b.instrument->laser()->warm_up() + 300ms);
        b.device->unplug(b.now());
        const auto error = co_await lit.result();
        EXPECT_EQ(fault_of(error), Fault::laser_unverified);
        EXPECT_TRUE(b.instrument->laser()->last_known().may_be_on());
        const auto closing = co_await error_of(b.instrument->close());
        EXPECT_EQ(fault_of(closing), Fault::laser_unverified);
    });
}

TEST_P(EveryLaser, GoesOffAlthoughTheFirstOffWasLost) {
    Bench bench(GetParam());
    if (bench.attached()) GTEST_SKIP() << "faults are injected in process";
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await open_with(b, 50ms);
        co_await with(b, lease(b), [](Bench& inside) -> asio::awaitable<void> {
            inside.device->inject({FaultKind::laser_off_lost, inside.truth().exchanges + 1, {}}, inside.now());
            co_return;
        });
        co_await expect_off(b);
        co_await b.close();
    });
}

TEST_P(EveryLaser, GoesOffByResetWhenEveryOffIsLostAndTheInstrumentWorksAfterwards) {
    Bench bench(GetParam());
    if (bench.attached()) GTEST_SKIP() << "faults are injected in process";
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await open_with(b, 50ms);
        co_await with(b, lease(b), [](Bench& inside) -> asio::awaitable<void> {
            inside.device->inject({FaultKind::laser_off_lost, 0, {}}, inside.now());
            co_return;
        });
        co_await expect_off(b);
        const core::Frame frame = co_await b.instrument->capture();
        EXPECT_EQ(frame.settings.integration_time, 50ms);
        EXPECT_EQ(b.truth().last_frame.integration, 50ms);
        co_await b.close();
    });
}

TEST_P(EveryLaser, IsOffAfterOpeningWhoeverLeftItOn) {
    Bench bench(GetParam());
    if (bench.attached()) GTEST_SKIP() << "switched on past the driver in process only";
    bench.run([](Bench& b) -> asio::awaitable<void> {
        namespace fid = firmware_bridge::wire::fid;
        const auto board = b.device->descriptors().product_id == fid::product_arm ? fid::Board::arm : fid::Board::fx2;
        const auto on = fid::set(board, fid::operation::laser_enable, 1);
        b.device->submit_control(
            1, {on.request_type, on.request, on.value, on.index, static_cast<std::uint16_t>(on.data.size())}, on.data,
            0ns);
        EXPECT_TRUE(b.device->truth().laser.enabled);
        co_await b.open();
        co_await expect_off(b);
        EXPECT_LE(b.truth().laser.on_for, 20ms);
        co_await b.close();
    });
}

TEST_P(EveryLaser, StaysDisabledWhenTheMemoryIsBlank) {
    Bench bench(GetParam(), 0.2, {{FaultKind::all_ones_memory, 0, {}}});
    if (bench.attached()) GTEST_SKIP() << "faults are injected in process";
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        EXPECT_EQ(b.instrument->laser(), nullptr);
        EXPECT_FALSE(b.instrument->description().warnings.empty());
        const core::Frame frame = co_await b.instrument->capture();
        EXPECT_EQ(frame.counts.size(), b.instrument->description().pixels);
        co_await b.close();
    });
}

}  // namespace
}  // namespace singel::conformance
