#include "instrument/laser.hpp"

#include <boost/asio/this_coro.hpp>

#include "firmware-bridge/virtual/faults.hpp"
#include "firmware-bridge/wire/fid/requests.hpp"
#include "firmware-bridge/wire/obp/arguments.hpp"
#include "firmware-bridge/wire/obp/frame.hpp"
#include "firmware-bridge/wire/obp/messages.hpp"
#include "tests/conformance/bench.hpp"
#include "tests/conformance/lease.hpp"

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
        // Making an instrument takes some milliseconds, and every test is a program of its own: ask only those that
        // may have one.
        if (!one.attached && !one.model.starts_with("WP-") && !one.model.starts_with("Ventana")) continue;
        const auto device = virtual_instrument::make_instrument(one.model, {});
        if (!device || device->truth().laser.fitted) with_laser.push_back(one);
    }
    return with_laser;
}

class EveryLaser : public testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(Models, EveryLaser, testing::ValuesIn(cases_with_laser()), name_of);

LaserLease lease(Bench& b, std::chrono::milliseconds of_light = 3000ms, double power = 1.0) {
    return lease_of(*b.instrument->laser(), of_light, power);
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
        const std::pair<std::chrono::milliseconds, double> wrong_ones[] = {
            {60001ms, 1.0}, {0ms, 1.0}, {5000ms, 0.0}, {5000ms, 1.01}};
        for (const auto& [duration, power] : wrong_ones) {
            LaserLease wrong = lease(b);
            wrong.duration = duration;
            wrong.power = power;
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

bool tells_its_interlock(Bench& b) {
    return b.instrument->laser()->last_known().can_fire != instrument::Tristate::unknown;
}

// A unit for others to build in may have none.
bool has_an_interlock(const Case& one) {
    return !virtual_instrument::make_instrument(one.model, {}, {{FaultKind::interlock_open, 0, {}}})
                ->truth()
                .laser.can_fire;
}

TEST_P(EveryLaser, StaysDarkWhenTheInterlockIsOpen) {
    Bench bench(GetParam(), 0.2, {{FaultKind::interlock_open, 0, {}}});
    if (bench.attached()) GTEST_SKIP() << "faults are injected in process";
    if (!has_an_interlock(GetParam())) GTEST_SKIP() << "there is none";
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await open_with(b, 50ms);
        LaserLease terms = lease(b);
        // A recorded interlock helps where nothing is known, not against an open loop.
        terms.physical_interlock = tells_its_interlock(b);
        const auto error = co_await error_of(with(b, terms, capture_once));
        EXPECT_EQ(fault_of(error), Fault::interlock_open);
        EXPECT_EQ(b.truth().laser.on_for, 0ns);
        co_await expect_off(b);
        co_await b.close();
    });
}

TEST_P(EveryLaser, StaysDarkWhenNobodyKnowsItsInterlock) {
    Bench bench(GetParam());
    if (bench.attached()) GTEST_SKIP() << "the light itself is seen in process only";
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await open_with(b, 50ms);
        LaserLease terms = lease(b);
        terms.physical_interlock = false;
        const auto error = co_await error_of(with(b, terms, capture_once));
        EXPECT_EQ(error.has_value(), !tells_its_interlock(b));
        EXPECT_EQ(b.truth().laser.on_for == 0ns, !tells_its_interlock(b));
        co_await expect_off(b);
        co_await b.close();
    });
}

TEST_P(EveryLaser, IsOffSoonAfterTheInterlockOpensInMidFrame) {
    Bench bench(GetParam());
    if (bench.attached()) GTEST_SKIP() << "faults are injected in process";
    if (!has_an_interlock(GetParam())) GTEST_SKIP() << "there is none";
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await open_with(b, 3000ms);
        if (tells_its_interlock(b)) {
            const auto executor = co_await asio::this_coro::executor;
            Beside lit(executor, with(b, lease(b, 20000ms), capture_once));
            co_await b.wait(b.instrument->laser()->warm_up() + 300ms);
            const auto opened = b.now();
            b.device->inject({FaultKind::interlock_open, 0, {}}, b.now());
            const auto error = co_await lit.result();
            EXPECT_EQ(fault_of(error), Fault::interlock_open);
            EXPECT_LE(b.now() - opened, 300ms);  // 5 Hz, and a little
            co_await expect_off(b);
        }
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

// A unit that has to be restarted leaves the bus: it counts as on until it is back and says off.
asio::awaitable<void> open_after_restart(Bench& b) {
    EXPECT_TRUE(b.instrument->laser()->last_known().may_be_on());
    const auto closing = co_await error_of(b.instrument->close());
    EXPECT_TRUE(closing.has_value());
    if (!b.device->present()) b.device->plug(b.now());
    co_await b.close();
    co_await open_with(b, 50ms);
}

TEST_P(EveryLaser, GoesOffByResetWhenEveryOffIsLostAndTheInstrumentWorksAfterwards) {
    Bench bench(GetParam());
    if (bench.attached()) GTEST_SKIP() << "faults are injected in process";
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await open_with(b, 50ms);
        const auto error = co_await error_of(with(b, lease(b), [](Bench& inside) -> asio::awaitable<void> {
            inside.device->inject({FaultKind::laser_off_lost, 0, {}}, inside.now());
            co_return;
        }));
        EXPECT_FALSE(b.truth().laser.firing);
        if (error) {
            EXPECT_EQ(error->fault, Fault::laser_unverified);
            co_await open_after_restart(b);
        }
        co_await expect_off(b);
        const core::Frame frame = co_await b.instrument->capture();
        EXPECT_EQ(frame.settings.integration_time, 50ms);
        EXPECT_EQ(b.truth().last_frame.integration, 50ms);
        co_await b.close();
    });
}

void switch_on_past_the_driver(virtual_instrument::UsbDevice& device) {
    namespace fid = firmware_bridge::wire::fid;
    namespace obp = firmware_bridge::wire::obp;
    if (device.descriptors().vendor_id != fid::vendor_id) {
        obp::Frame on{.flags = obp::flag::ack_wanted, .type = obp::message::set_light_source};
        on.data = obp::light_source({0, 0}, true);
        device.submit_bulk_out(1, 0x01, obp::encode(on), 0ns);
        return;
    }
    const auto board = device.descriptors().product_id == fid::product_arm ? fid::Board::arm : fid::Board::fx2;
    const auto on = fid::set(board, fid::operation::laser_enable, 1);
    device.submit_control(
        1, {on.request_type, on.request, on.value, on.index, static_cast<std::uint16_t>(on.data.size())}, on.data,
        0ns);
}

TEST_P(EveryLaser, IsOffAfterOpeningWhoeverLeftItOn) {
    Bench bench(GetParam());
    if (bench.attached()) GTEST_SKIP() << "switched on past the driver in process only";
    bench.run([](Bench& b) -> asio::awaitable<void> {
        switch_on_past_the_driver(*b.device);
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
