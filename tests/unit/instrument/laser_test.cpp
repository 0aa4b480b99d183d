#include "instrument/laser.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

#include "spectra/core/result.hpp"

namespace singel::instrument {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using spectra::core::Failure;
using spectra::core::Fault;

// A laser of public fields. Its time passes one step a turn of the executor.
struct StubLaser final : Laser {
    explicit StubLaser(asio::io_context& context) : io(context) {}
    asio::io_context& io;
    LaserState state{false, Tristate::no, Tristate::yes, Tristate::no};
    std::chrono::milliseconds now{0}, step{50}, warm{0};
    bool refuses_on = false, never_off = false;
    int offs = 0;

    asio::awaitable<LaserState> read_state() override { co_return state; }
    asio::awaitable<void> switch_on(const LaserLease&) override {
        state.requested = true;
        if (refuses_on) throw Failure(Fault::stalled, "no");
        state.enabled = state.firing = Tristate::yes;
        co_return;
    }
    asio::awaitable<void> switch_off() override {
        ++offs;
        if (never_off) throw Failure(Fault::laser_unverified, "still on");
        state.requested = false;
        state.enabled = state.firing = Tristate::no;
        co_return;
    }
    std::chrono::milliseconds warm_up() const override { return warm; }
    LaserState last_known() const override { return state; }
    asio::awaitable<void> wait(std::chrono::milliseconds duration) override {
        const auto until = now + duration;
        while (now < until) {
            co_await asio::post(io, asio::use_awaitable);
            now += step;
        }
    }
};

std::optional<Fault> fault_of(asio::io_context& io, StubLaser& laser, LaserLease lease,
                              std::function<asio::awaitable<void>()> body) {
    auto done = asio::co_spawn(io, with_laser(laser, lease, std::move(body)), asio::use_future);
    io.run();
    io.restart();
    try {
        done.get();
    } catch (const Failure& failure) {
        return failure.error().fault;
    }
    return std::nullopt;
}

asio::awaitable<void> nothing() {
    co_return;
}

asio::awaitable<void> ask_whether_lit(StubLaser& laser, bool& lit) {
    lit = laser.state.firing == Tristate::yes;
    co_return;
}

TEST(WithLaser, IsOnForTheBodyAndOffAfterwards) {
    asio::io_context io(1);
    StubLaser laser(io);
    bool lit = false;
    EXPECT_EQ(fault_of(io, laser, {}, [&] { return ask_whether_lit(laser, lit); }), std::nullopt);
    EXPECT_TRUE(lit);
    EXPECT_FALSE(laser.last_known().may_be_on());
    EXPECT_EQ(laser.offs, 1);
}

TEST(WithLaser, SwitchesOffEvenWhenSwitchingOnFailed) {
    asio::io_context io(1);
    StubLaser laser(io);
    laser.refuses_on = true;
    EXPECT_EQ(fault_of(io, laser, {}, nothing), Fault::stalled);
    EXPECT_EQ(laser.offs, 1);
}

TEST(WithLaser, SaysThatTheLaserIsUnverifiedWhateverTheBodyDid) {
    asio::io_context io(1);
    StubLaser laser(io);
    laser.never_off = true;
    EXPECT_EQ(fault_of(io, laser, {}, nothing), Fault::laser_unverified);
    EXPECT_TRUE(laser.last_known().may_be_on());
}

TEST(WithLaser, EndsWithItsLease) {
    asio::io_context io(1);
    StubLaser laser(io);
    EXPECT_EQ(fault_of(io, laser, {.duration = 1000ms}, [&] { return laser.wait(50000ms); }), Fault::timed_out);
    EXPECT_LE(laser.now, 2000ms);
    EXPECT_FALSE(laser.last_known().may_be_on());
}

TEST(WithLaser, TakesAnUnknownInterlockForOpenUnlessAPhysicalOneIsRecorded) {
    asio::io_context io(1);
    StubLaser laser(io);
    laser.state.can_fire = Tristate::unknown;
    EXPECT_EQ(fault_of(io, laser, {}, [&] { return laser.wait(2000ms); }), Fault::interlock_open);
    EXPECT_EQ(fault_of(io, laser, {.physical_interlock = true}, [&] { return laser.wait(2000ms); }), std::nullopt);
}

TEST(WithLaser, RefusesWhatIsLongerThanTheCapOrShorterThanTheWarmUp) {
    asio::io_context io(1);
    StubLaser laser(io);
    laser.warm = 2000ms;
    EXPECT_EQ(fault_of(io, laser, {.duration = 60001ms}, nothing), Fault::invalid_argument);
    EXPECT_EQ(fault_of(io, laser, {.duration = 2000ms}, nothing), Fault::invalid_argument);
    EXPECT_EQ(fault_of(io, laser, {.duration = 2001ms}, nothing), std::nullopt);
    EXPECT_EQ(laser.offs, 1);
}

TEST(LaserState, CountsAsOnUnlessItIsKnownToBeOff) {
    EXPECT_TRUE(LaserState{}.may_be_on());
    EXPECT_FALSE((LaserState{false, Tristate::no, Tristate::unknown, Tristate::unknown}).may_be_on());
    EXPECT_TRUE((LaserState{true, Tristate::no, Tristate::unknown, Tristate::no}).may_be_on());
    EXPECT_TRUE((LaserState{false, Tristate::no, Tristate::no, Tristate::yes}).may_be_on());
}

}  // namespace
}  // namespace singel::instrument
