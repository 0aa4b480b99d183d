#include <iostream>

#include "firmware-bridge/virtual/faults.hpp"
#include "instrument/laser.hpp"
#include "tests/conformance/bench.hpp"
#include "tests/conformance/lease.hpp"

// Fails the Nth exchange, N = 1, 2, …, until a run no longer reaches it. Whatever happened, the laser is off
// afterwards and the next run works. A sample in the normal run, all of it with SINGEL_CAMPAIGN=1.
namespace singel::conformance {
namespace {

using namespace std::chrono_literals;
using core::Fault;
using instrument::Settings;
using virtual_instrument::FaultKind;

struct Walk {
    std::string model;
    FaultKind kind;
    std::string name;
};

std::vector<Walk> walks() {
    std::vector<Walk> all;
    if (cases().front().attached) return all;
    const std::pair<FaultKind, const char*> kinds[] = {
        {FaultKind::stall, "Stall"},     {FaultKind::lose, "Lose"},   {FaultKind::truncate, "Truncate"},
        {FaultKind::corrupt, "Corrupt"}, {FaultKind::delay, "Delay"}, {FaultKind::stale, "Stale"},
        {FaultKind::unplug, "Unplug"}};
    for (const Case& one : different_cases())
        for (const auto& [kind, name] : kinds) {
            const Case copy = one;
            all.push_back({one.model, kind, name_of(testing::TestParamInfo<Case>(copy, 0)) + name});
        }
    return all;
}

class FailureWalk : public testing::TestWithParam<Walk> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(FailureWalk);
std::string name_of_walk(const testing::TestParamInfo<Walk>& walk) {
    return walk.param.name;
}
INSTANTIATE_TEST_SUITE_P(Models, FailureWalk, testing::ValuesIn(walks()), name_of_walk);

asio::awaitable<void> capture_once(Bench& bench) {
    co_await bench.instrument->capture();
}

// What a measurement does with an instrument.
asio::awaitable<void> work(Bench& b) {
    co_await b.open();
    co_await b.instrument->apply(Settings{b.possible(20ms)});
    co_await b.instrument->capture();
    if (auto* laser = b.instrument->laser()) {
        const std::function<asio::awaitable<void>()> body = [&b] { return capture_once(b); };
        const instrument::LaserLease lease = lease_of(*laser, 8000ms);
        co_await instrument::with_laser(*laser, lease, body);
    }
    co_await b.instrument->apply(Settings{b.possible(10ms)});
    const core::Frame frame = co_await b.instrument->capture();
    EXPECT_EQ(frame.settings.integration_time, b.possible(10ms));
    EXPECT_FALSE(frame.settings.laser_on);
}

// One run with whatever fault is in the device, and the clean run after it.
asio::awaitable<void> walk_one_step(Bench& b) {
    const auto first = co_await error_of(work(b));
    std::optional<core::Error> closing;
    if (b.instrument) closing = co_await error_of(b.instrument->close());
    const bool present = b.device->present();
    const bool unverified =
        fault_of(first) == Fault::laser_unverified || fault_of(closing) == Fault::laser_unverified;
    EXPECT_TRUE(!b.truth().laser.enabled || unverified);
    if (present) {
        EXPECT_FALSE(b.truth().laser.firing) << (first ? first->sentence() : "");
    }
    if (!present) b.device->plug(b.now());
    const auto cleared = co_await error_of(b.close());
    EXPECT_FALSE(cleared.has_value());
    if (b.truth().exchanges < b.parameter) {
        b.parameter = 0;  // the walk is over
        co_return;
    }

    const auto second = co_await error_of(work(b));
    EXPECT_FALSE(second.has_value()) << second->sentence()
                                     << "; before: " << (first ? first->sentence() : "no failure");
    EXPECT_FALSE(b.truth().laser.enabled);
    co_await b.close();
}

TEST_P(FailureWalk, LeavesTheLaserOffAndTheNextRunWorks) {
    constexpr std::uint64_t sample_step = 7;
    const std::uint64_t step = whole_campaign() ? 1 : sample_step;
    const Walk& walk = GetParam();
    // Another start for each kind, so that the sample is spread over the exchanges.
    std::uint64_t exchange = 1 + static_cast<std::uint64_t>(walk.kind) % step;
    int points = 0;
    for (;; exchange += step, ++points) {
        Bench bench({walk.model, false}, 0.2, {{walk.kind, exchange, {}}});
        SCOPED_TRACE(walk.name + "@" + std::to_string(exchange));
        bench.parameter = exchange;
        bench.run(walk_one_step);
        if (bench.parameter == 0 || HasFailure()) break;
    }
    std::cout << walk.name << ": failed at " << points << " points\n";
    EXPECT_GT(exchange, 30u) << "a run is longer than that";
}

}  // namespace
}  // namespace singel::conformance
