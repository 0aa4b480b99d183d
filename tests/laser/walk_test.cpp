#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <gtest/gtest-spi.h>

#include "firmware-bridge/virtual/faults.hpp"
#include "tests/laser/stand.hpp"

// A session with light in it, cancelled at every turn of its executor, and failed at every exchange. A sample in the
// normal run, all of it with SINGEL_CAMPAIGN=1.
namespace singel::laser_campaign {
namespace {

using namespace std::chrono_literals;
using conformance::virtual_instrument::FaultKind;

asio::awaitable<void> one_frame(Stand& stand) {
    co_await stand.bench.instrument->capture();
}

asio::awaitable<void> session(Stand& stand) {
    co_await stand.open();
    co_await stand.lit(8000ms, [&stand] { return one_frame(stand); });
    co_await one_frame(stand);
}

// False: the session ended before so many turns.
bool cancelled_after(Stand& stand, unsigned turns) {
    asio::io_context& io = stand.bench.io;
    asio::cancellation_signal cancel;
    bool ended = false, whole = false;
    io.restart();
    asio::co_spawn(io, session(stand),
                   asio::bind_cancellation_slot(cancel.slot(), [&ended, &whole](std::exception_ptr problem) {
                       ended = true;
                       whole = !problem;
                   }));
    for (unsigned turn = 0; turn < turns && !ended; ++turn) io.run_one();
    if (ended) {
        EXPECT_TRUE(whole) << "nobody cancelled it";
        return false;
    }
    stand.leave();
    cancel.emit(asio::cancellation_type::terminal);
    io.run();
    EXPECT_TRUE(ended);
    return true;
}

class EveryAwait : public testing::TestWithParam<conformance::Case> {};
INSTANTIATE_TEST_SUITE_P(Models, EveryAwait, testing::ValuesIn(cases_with_laser()), conformance::name_of);

TEST_P(EveryAwait, MayBeCancelledAndTheLightEnds) {
    constexpr unsigned sample_step = 5;
    const unsigned step = conformance::whole_campaign() ? 1 : sample_step;
    unsigned turns = 1;
    for (bool reached = true; reached && !HasFailure(); turns += step) {
        SCOPED_TRACE("cancelled after turn " + std::to_string(turns));
        Stand stand(GetParam().model);
        reached = cancelled_after(stand, turns);
        stand.judge();
        if (reached) walked("turns cancelled at");
    }
    EXPECT_GT(turns, 60U) << "a session is longer than that";
}

struct Walk {
    FaultKind kind;
    const char* name;
};
constexpr Walk kinds[] = {{FaultKind::stall, "Stall"},       {FaultKind::lose, "Lose"},
                          {FaultKind::truncate, "Truncate"}, {FaultKind::corrupt, "Corrupt"},
                          {FaultKind::delay, "Delay"},       {FaultKind::duplicate, "Duplicate"},
                          {FaultKind::unplug, "Unplug"}};

class EveryExchange : public testing::TestWithParam<std::tuple<Walk, conformance::Case>> {};
std::string name_of_walk(const testing::TestParamInfo<EveryExchange::ParamType>& info) {
    const auto& [walk, one] = info.param;
    return std::string(walk.name) + "_" + conformance::name_of({one, 0});
}
INSTANTIATE_TEST_SUITE_P(Models, EveryExchange,
                         testing::Combine(testing::ValuesIn(kinds), testing::ValuesIn(cases_with_laser())),
                         name_of_walk);

TEST_P(EveryExchange, MayFailAndTheLightEnds) {
    constexpr std::uint64_t sample_step = 13;
    const auto& [walk, one] = GetParam();
    const std::uint64_t step = conformance::whole_campaign() ? 1 : sample_step;
    std::uint64_t exchange = 1 + static_cast<std::uint64_t>(walk.kind) % step;
    for (;; exchange += step) {
        SCOPED_TRACE("exchange " + std::to_string(exchange));
        Stand stand(one.model, {{walk.kind, exchange, {}}});
        run(stand, session(stand));
        const bool over = stand.bench.device->truth().exchanges < exchange;
        stand.judge();
        if (over || HasFailure()) break;
        walked("exchanges failed");
    }
    EXPECT_GT(exchange, 30U) << "a session is longer than that";
}

asio::awaitable<void> light_without_a_lease(Stand& stand) {
    co_await stand.open();
    co_await stand.bench.instrument->laser()->switch_on({.duration = 5s, .physical_interlock = true});
    co_await stand.bench.wait(3s);
}

TEST(LaserCampaign, WouldSeeLightWithoutALease) {
    Stand stand("WP-785");
    run(stand, light_without_a_lease(stand));
    EXPECT_NONFATAL_FAILURE(stand.judge(), "light from");
}

asio::awaitable<void> leave_too_early(Stand& stand) {
    stand.leave();
    co_await stand.bench.wait(2s);
}

asio::awaitable<void> light_after_its_reason(Stand& stand) {
    co_await stand.open();
    co_await stand.lit(5000ms, [&stand] { return leave_too_early(stand); });
}

TEST(LaserCampaign, WouldSeeLightASecondAfterItsReason) {
    Stand stand("WP-785");
    run(stand, light_after_its_reason(stand));
    EXPECT_NONFATAL_FAILURE(stand.judge(), "light from");
}

}  // namespace
}  // namespace singel::laser_campaign
