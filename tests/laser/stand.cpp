#include "tests/laser/stand.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <cstdio>
#include <map>

#include "firmware-bridge/virtual/faults.hpp"

namespace singel::laser_campaign {

using namespace std::chrono_literals;
using conformance::virtual_instrument::FaultKind;
using conformance::virtual_instrument::Faults;

namespace {

constexpr auto after_a_lease = 1000ms;  // no light later than this, whatever happened
constexpr auto long_after = 120s;       // longer than any lease and any watchdog

Faults without_watchdog(Faults faults) {
    faults.push_back({FaultKind::dead_watchdog, 0, {}});
    return faults;
}

std::map<std::string, unsigned>& counts() {
    static std::map<std::string, unsigned> all;
    return all;
}

class Sums final : public testing::Environment {
    void TearDown() override {
        for (const auto& [what, count] : counts()) std::printf("[ WALKED   ] %u %s\n", count, what.c_str());
    }
};
[[maybe_unused]] const auto* const sums = testing::AddGlobalTestEnvironment(new Sums);

}  // namespace

void walked(const std::string& what) {
    ++counts()[what];
}

std::vector<conformance::Case> cases_with_laser() {
    std::vector<conformance::Case> all;
    for (const std::string& model : conformance::virtual_instrument::models()) {
        const auto device = conformance::virtual_instrument::make_instrument(model, {});
        if (device->truth().laser.fitted) all.push_back({model, false});
    }
    return all;
}

Stand::Stand(const std::string& model, Faults faults)
    : bench({model, false}, 0.2, without_watchdog(std::move(faults))) {}

asio::awaitable<void> Stand::open() {
    co_await bench.open();
    co_await bench.instrument->apply(instrument::Settings{bench.possible(20ms)});
}

asio::awaitable<void> Stand::lit(std::chrono::milliseconds light, std::function<asio::awaitable<void>()> body,
                                 instrument::LaserLease terms) {
    instrument::Laser& laser = *bench.instrument->laser();
    terms.duration = laser.warm_up() + light;
    terms.physical_interlock = true;  // for those that cannot tell
    windows_.push_back({bench.now(), bench.now() + terms.duration});
    co_await instrument::with_laser(laser, std::move(terms), std::move(body));
}

void Stand::leave() {
    if (!windows_.empty()) windows_.back().until = std::min(windows_.back().until, bench.now());
}

asio::awaitable<void> Stand::close() {
    co_await bench.instrument->close();
}

void Stand::judge() {
    if (bench.instrument) run(*this, close());
    const auto later = bench.now() + long_after;
    bench.device->advance(later);
    const auto light = bench.device->truth().laser;
    EXPECT_FALSE(light.firing);
    for (const auto& emission : light.emissions) {
        const bool allowed = std::ranges::any_of(windows_, [&](const Window& window) {
            return emission.begun >= window.from && emission.ended <= window.until + after_a_lease;
        });
        EXPECT_TRUE(allowed) << "light from " << emission.begun.count() / 1000 << " us to "
                             << emission.ended.count() / 1000 << " us";
    }
}

std::optional<core::Error> run(Stand& stand, asio::awaitable<void> work) {
    std::optional<core::Error> error;
    stand.bench.io.restart();
    asio::co_spawn(stand.bench.io, std::move(work), [&error](std::exception_ptr problem) {
        try {
            if (problem) std::rethrow_exception(problem);
        } catch (const core::Failure& failure) {
            error = failure.error();
        } catch (const std::exception& other) {
            ADD_FAILURE() << "not a Failure: " << other.what();
        }
    });
    stand.bench.io.run();
    return error;
}

}  // namespace singel::laser_campaign
