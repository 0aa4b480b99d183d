#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "instrument/laser.hpp"
#include "instrument/lasting.hpp"
#include "spectra/core/result.hpp"
#include "tests/unit/instrument-hotplug/made_up_bus.hpp"

// A laser that was on when the cable came out stays off until a person asks for light again.
namespace singel::instrument {
namespace {

using namespace std::chrono_literals;
using core::Fault;

struct Lit {
    asio::io_context io{1};
    std::shared_ptr<MadeUpBus> bus = std::make_shared<MadeUpBus>(io.get_executor());
    MadeUpBus::Unit* unit = nullptr;
    SpectrometerPtr instrument;

    asio::awaitable<void> open(std::string model) {
        unit = &bus->add(model, "MINE");
        instrument = co_await open_lasting(bus, unit->place.id);
        co_await instrument->apply(Settings{50ms});
    }
};

LaserLease lease_of(const Laser& laser) {
    LaserLease lease;
    lease.duration = laser.warm_up() + 2000ms;
    return lease;
}

asio::awaitable<void> capture_and_lose(Lit& lit) {
    co_await lit.instrument->capture();
    lit.bus->unplug(*lit.unit);
    lit.bus->plan(100ms, [&lit] { lit.bus->plug(*lit.unit); });
    co_await lit.instrument->capture();
    ADD_FAILURE() << "a frame came after the replug, within the lease";
}

asio::awaitable<void> measure_and_lose(Lit& lit) {
    Laser& laser = *lit.instrument->laser();
    const std::function<asio::awaitable<void>()> body = [&lit] { return capture_and_lose(lit); };
    co_await with_laser(laser, lease_of(laser), body);
}

class EveryLastingLaser : public testing::TestWithParam<std::string> {};
std::string board_of(const testing::TestParamInfo<std::string>& which) {
    return which.param == "WP-785" ? "Fx2" : "Arm";
}
INSTANTIATE_TEST_SUITE_P(InProcess, EveryLastingLaser, testing::Values("WP-785", "WP-785XS"), board_of);

TEST_P(EveryLastingLaser, EndsItsLeaseWithAFailureAndStaysOff) {
    Lit lit;
    run_all(lit.io, [](Lit& l, std::string model) -> asio::awaitable<void> {
        co_await l.open(model);
        const auto fault = co_await fault_of(measure_and_lose(l));
        EXPECT_THAT(fault, testing::AnyOf(Fault::disconnected, Fault::laser_unverified));
        EXPECT_TRUE(l.instrument->laser()->last_known().may_be_on()) << "lost contact counts as on";
        const core::Frame frame = co_await l.instrument->capture();
        EXPECT_FALSE(frame.settings.laser_on);
        EXPECT_EQ(l.unit->opened, 2);
        const auto laser = l.bus->truth(*l.unit).laser;
        EXPECT_FALSE(laser.enabled);
        EXPECT_EQ(laser.on_for, 0ns) << "no light since the replug";
        EXPECT_FALSE(l.instrument->laser()->last_known().may_be_on());
        co_await l.instrument->close();
    }(lit, GetParam()));
}

asio::awaitable<void> light_while_away(Lit& lit) {
    Laser& laser = *lit.instrument->laser();
    const std::function<asio::awaitable<void>()> body = [&lit]() -> asio::awaitable<void> {
        (void)lit;
        ADD_FAILURE() << "lit";
        return capture_and_lose(lit);
    };
    co_await with_laser(laser, lease_of(laser), body);
}

asio::awaitable<void> read_the_laser(Lit& lit) {
    co_await lit.instrument->laser()->read_state();
}

TEST_P(EveryLastingLaser, IsNotSwitchedOnWhileTheInstrumentIsAway) {
    Lit lit;
    run_all(lit.io, [](Lit& l, std::string model) -> asio::awaitable<void> {
        co_await l.open(model);
        l.bus->unplug(*l.unit);
        const auto seen = co_await fault_of(read_the_laser(l));
        EXPECT_EQ(seen, Fault::disconnected);
        l.bus->plug(*l.unit);
        const auto fault = co_await fault_of(light_while_away(l));
        EXPECT_THAT(fault, testing::AnyOf(Fault::disconnected, Fault::laser_unverified));
        EXPECT_EQ(l.bus->truth(*l.unit).laser.on_for, 0ns);
        const core::Frame frame = co_await l.instrument->capture();
        EXPECT_FALSE(frame.settings.laser_on);
        co_await l.instrument->close();
    }(lit, GetParam()));
}

asio::awaitable<void> take_one(Lit& lit, core::Frame& frame) {
    frame = co_await lit.instrument->capture();
}

TEST_P(EveryLastingLaser, ShinesAgainWhenAPersonAsksForItAfterTheReturn) {
    Lit lit;
    run_all(lit.io, [](Lit& l, std::string model) -> asio::awaitable<void> {
        co_await l.open(model);
        co_await fault_of(measure_and_lose(l));
        co_await l.instrument->capture();
        core::Frame frame;
        Laser& laser = *l.instrument->laser();
        const std::function<asio::awaitable<void>()> body = [&l, &frame] { return take_one(l, frame); };
        co_await with_laser(laser, lease_of(laser), body);
        EXPECT_TRUE(frame.settings.laser_on);
        EXPECT_FALSE(l.bus->truth(*l.unit).laser.enabled);
        co_await l.instrument->close();
    }(lit, GetParam()));
}

}  // namespace
}  // namespace singel::instrument
