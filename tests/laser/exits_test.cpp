#include <boost/asio/this_coro.hpp>

#include "firmware-bridge/virtual/faults.hpp"
#include "tests/laser/stand.hpp"

// Every way out of an emission, on every model with a laser, its watchdog dead.
namespace singel::laser_campaign {
namespace {

using namespace std::chrono_literals;
using conformance::Beside;
using conformance::error_of;
using conformance::virtual_instrument::FaultKind;
using core::Fault;

constexpr auto mid_emission = 300ms;

asio::awaitable<void> one_frame(Stand& stand) {
    co_await stand.bench.instrument->capture();
}

asio::awaitable<void> frame_and_leave(Stand& stand) {
    co_await one_frame(stand);
    stand.leave();
}

asio::awaitable<void> long_light(Stand& stand) {
    return stand.bench.wait(60s);
}

asio::awaitable<void> by_return(Stand& stand) {
    co_await stand.lit(3000ms, [&stand] { return frame_and_leave(stand); });
}

asio::awaitable<void> frame_and_throw(Stand& stand) {
    co_await frame_and_leave(stand);
    throw core::Failure(Fault::too_weak, "the body gave up");
}

asio::awaitable<void> by_exception(Stand& stand) {
    co_await stand.lit(3000ms, [&stand] { return frame_and_throw(stand); });
}

asio::awaitable<void> by_lease(Stand& stand) {
    co_await stand.lit(2000ms, [&stand] { return long_light(stand); });
}

using Event = std::function<void(Stand&)>;

// Something happens in the middle of an emission of ten seconds.
asio::awaitable<void> by(Stand& stand, Event event) {
    const auto executor = co_await asio::this_coro::executor;
    Beside light(executor, stand.lit(10000ms, [&stand] { return long_light(stand); }));
    co_await stand.bench.wait(stand.bench.instrument->laser()->warm_up() + mid_emission);
    EXPECT_TRUE(stand.bench.instrument->laser()->last_known().may_be_on());
    event(stand);
    co_await light.result();
}

asio::awaitable<void> by_cancellation(Stand& stand) {
    const auto executor = co_await asio::this_coro::executor;
    Beside light(executor, stand.lit(10000ms, [&stand] { return long_light(stand); }));
    co_await stand.bench.wait(stand.bench.instrument->laser()->warm_up() + mid_emission);
    stand.leave();
    light.cancel();
    co_await light.result();
}

asio::awaitable<void> by_red_button(Stand& stand) {
    const auto executor = co_await asio::this_coro::executor;
    Beside light(executor, stand.lit(10000ms, [&stand] { return long_light(stand); }));
    co_await stand.bench.wait(stand.bench.instrument->laser()->warm_up() + mid_emission);
    stand.leave();
    co_await stand.bench.instrument->laser()->switch_off();
    co_await light.result();
}

asio::awaitable<void> by_closing(Stand& stand) {
    const auto executor = co_await asio::this_coro::executor;
    Beside light(executor, stand.lit(10000ms, [&stand] { return long_light(stand); }));
    co_await stand.bench.wait(stand.bench.instrument->laser()->warm_up() + mid_emission);
    stand.leave();
    co_await stand.bench.instrument->close();
    co_await light.result();
}

asio::awaitable<void> by_letting_go(Stand& stand) {
    const auto key = std::make_shared<instrument::Hold>();
    const auto executor = co_await asio::this_coro::executor;
    instrument::LaserLease terms;
    terms.hold = key;
    Beside light(executor, stand.lit(
                               30000ms, [&stand] { return long_light(stand); }, terms));
    const auto held_until = stand.bench.now() + stand.bench.instrument->laser()->warm_up() + 8s;
    while (stand.bench.now() < held_until) {
        key->renew();
        co_await stand.bench.wait(200ms);
    }
    EXPECT_TRUE(stand.bench.instrument->laser()->last_known().may_be_on()) << "held for eight seconds";
    stand.leave();
    const auto error = co_await light.result();
    EXPECT_EQ(conformance::fault_of(error), Fault::cancelled);
}

asio::awaitable<void> by_nobody_holding(Stand& stand) {
    const auto begun = stand.bench.now() + stand.bench.instrument->laser()->warm_up();
    const auto error = co_await error_of(stand.lit(30000ms, [&stand] { return long_light(stand); }, {}));
    EXPECT_EQ(conformance::fault_of(error), Fault::interlock_open);
    EXPECT_LE(stand.bench.now() - begun, instrument::open_beam_unheld + 1000ms);
}

asio::awaitable<void> by_opened_interlock(Stand& stand) {
    co_await by(stand, [](Stand& s) {
        const bool told = s.bench.instrument->laser()->last_known().can_fire != instrument::Tristate::unknown;
        if (told)
            s.leave();  // where nobody is told, the loop (if there is one) takes the light and the lease ends it
        s.bench.device->inject({FaultKind::interlock_open, 0, {}}, s.bench.now());
    });
}

asio::awaitable<void> by_unplugging(Stand& stand) {
    co_await by(stand, [](Stand& s) {
        s.leave();
        s.bench.device->unplug(s.bench.now());
    });
}

asio::awaitable<void> by_a_reset_from_outside(Stand& stand) {
    co_await by(stand, [](Stand& s) { s.bench.device->reset(s.bench.now()); });
}

asio::awaitable<void> by_re_enumeration(Stand& stand) {
    co_await by(stand, [](Stand& s) { s.bench.device->inject({FaultKind::re_enumerate, 0, {}}, s.bench.now()); });
}

asio::awaitable<void> frame_with(Stand& stand, FaultKind kind, bool always) {
    co_await one_frame(stand);
    const std::uint64_t at = always ? 0 : stand.bench.truth().exchanges + 1;
    stand.bench.device->inject({kind, at, {}}, stand.bench.now());
    stand.leave();
}

asio::awaitable<void> with_the_off_packet_lost_once(Stand& stand) {
    co_await stand.lit(3000ms, [&stand] { return frame_with(stand, FaultKind::laser_off_lost, false); });
}

asio::awaitable<void> with_every_off_packet_lost(Stand& stand) {
    co_await stand.lit(3000ms, [&stand] { return frame_with(stand, FaultKind::laser_off_lost, true); });
}

asio::awaitable<void> lose_contact(Stand& stand) {
    co_await one_frame(stand);
    constexpr std::uint64_t exchanges = 3;
    const std::uint64_t next = stand.bench.truth().exchanges + 1;
    for (std::uint64_t at = next; at < next + exchanges; ++at)
        stand.bench.device->inject({FaultKind::lose, at, {}}, stand.bench.now());
    stand.leave();
}

asio::awaitable<void> with_contact_lost_for_a_while(Stand& stand) {
    co_await stand.lit(3000ms, [&stand] { return lose_contact(stand); });
}

struct Exit {
    const char* name;
    asio::awaitable<void> (*take)(Stand&);
};

constexpr Exit exits[] = {{"Return", by_return},
                          {"Exception", by_exception},
                          {"Cancellation", by_cancellation},
                          {"LeaseRunOut", by_lease},
                          {"RedButton", by_red_button},
                          {"Closing", by_closing},
                          {"KeyLetGo", by_letting_go},
                          {"NobodyHolds", by_nobody_holding},
                          {"InterlockOpened", by_opened_interlock},
                          {"Unplugged", by_unplugging},
                          {"ResetFromOutside", by_a_reset_from_outside},
                          {"ReEnumerated", by_re_enumeration},
                          {"OffLostOnce", with_the_off_packet_lost_once},
                          {"OffLostAlways", with_every_off_packet_lost},
                          {"ContactLostForAWhile", with_contact_lost_for_a_while}};

class EveryExit : public testing::TestWithParam<std::tuple<Exit, conformance::Case>> {};

std::string name_of_exit(const testing::TestParamInfo<EveryExit::ParamType>& info) {
    const auto& [exit, one] = info.param;
    return std::string(exit.name) + "_" + conformance::name_of({one, 0});
}
INSTANTIATE_TEST_SUITE_P(Models, EveryExit,
                         testing::Combine(testing::ValuesIn(exits), testing::ValuesIn(cases_with_laser())),
                         name_of_exit);

asio::awaitable<void> open_and_take(Stand& stand, Exit exit) {
    co_await stand.open();
    co_await exit.take(stand);
}

TEST_P(EveryExit, EndsTheLightWithItsLease) {
    const auto& [exit, one] = GetParam();
    Stand stand(one.model);
    run(stand, open_and_take(stand, exit));
    EXPECT_FALSE(stand.bench.device->truth().laser.emissions.empty()) << "there was light to end";
    stand.judge();
    walked("exits taken");
}

asio::awaitable<void> open_again(Stand& stand) {
    co_await stand.bench.open();
}

class EveryLaserOfTheCampaign : public testing::TestWithParam<conformance::Case> {};
INSTANTIATE_TEST_SUITE_P(Models, EveryLaserOfTheCampaign, testing::ValuesIn(cases_with_laser()),
                         conformance::name_of);

TEST_P(EveryLaserOfTheCampaign, IsDarkUntilSomebodyAsksForLight) {
    Stand stand(GetParam().model);
    run(stand, open_and_take(stand, {"Unplugged", by_unplugging}));
    stand.bench.device->plug(stand.bench.now());
    run(stand, open_again(stand));
    EXPECT_FALSE(stand.bench.instrument->laser()->last_known().may_be_on());
    stand.judge();
}

asio::awaitable<void> press_in_a_long_frame(Stand& stand) {
    co_await stand.bench.open();
    co_await stand.bench.instrument->apply(instrument::Settings{stand.bench.possible(3000ms)});
    const auto executor = co_await asio::this_coro::executor;
    Beside light(executor, stand.lit(20000ms, [&stand] { return one_frame(stand); }));
    co_await stand.bench.wait(stand.bench.instrument->laser()->warm_up() + mid_emission);
    const auto pressed = stand.bench.now();
    co_await stand.bench.instrument->laser()->switch_off();
    EXPECT_LE(stand.bench.truth().laser.emissions.back().ended - pressed, 20ms);
    co_await light.result();
}

// FID notes, section 9.5 (3): switching off never queues behind a frame. In the instrument's own time.
TEST_P(EveryLaserOfTheCampaign, GoesDarkWithin20MillisecondsOfTheRedButtonDuringAFrame) {
    Stand stand(GetParam().model);
    EXPECT_FALSE(run(stand, press_in_a_long_frame(stand)).has_value());
    stand.judge();
}

}  // namespace
}  // namespace singel::laser_campaign
