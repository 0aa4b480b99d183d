#include "instrument/laser.hpp"
#include "instrument/usb/enumerate.hpp"
#include "tests/conformance/bench.hpp"
#include "tests/conformance/lease.hpp"

// What only a real bus can do: lose the instrument, show it to two programs, find nothing.
namespace singel::conformance {
namespace {

using namespace std::chrono_literals;
using core::Fault;

asio::awaitable<void> capture_until_it_fails(Bench& bench) {
    for (;;) co_await bench.instrument->capture();
}

asio::awaitable<void> open_second() {
    const auto second = co_await instrument::open("");
    co_await second->close();
}

asio::awaitable<void> capture_once(Bench& bench) {
    co_await bench.instrument->capture();
}

asio::awaitable<void> measure(Bench& b) {
    co_await b.open();
    co_await b.instrument->apply(instrument::Settings{20ms});
    co_await b.instrument->capture();
    if (auto* laser = b.instrument->laser()) {
        const std::function<asio::awaitable<void>()> body = [&b] { return capture_once(b); };
        const instrument::LaserLease lease = lease_of(*laser, 8000ms);
        co_await instrument::with_laser(*laser, lease, body);
    }
}

class OnTheBus : public testing::Test {
protected:
    void SetUp() override {
        if (!instrument::usb::on_emulated_bus()) GTEST_SKIP() << "runs under singel-bridge only";
    }
};

// singel-bridge is told to unplug it while this runs.
TEST_F(OnTheBus, EndsInDisconnectedWhenUnplugged) {
    Bench bench({"attached", true});
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        co_await b.instrument->apply(instrument::Settings{100ms});
        const auto error = co_await error_of(capture_until_it_fails(b));
        EXPECT_EQ(fault_of(error), Fault::disconnected);
        co_await b.close();
        const auto found = co_await instrument::discover(false);
        EXPECT_TRUE(found.empty());
        const auto opening = co_await error_of(open_second());
        EXPECT_EQ(fault_of(opening), Fault::not_found);
    });
}

TEST_F(OnTheBus, SaysThatAnotherProgramHoldsTheInstrument) {
    Bench bench({"attached", true});
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        const auto found = co_await instrument::discover(false);
        EXPECT_EQ(found.size(), 1u);
        EXPECT_EQ(found.at(0).access, instrument::Access::busy);
        EXPECT_FALSE(found.at(0).remedy.empty());
        const auto error = co_await error_of(open_second());
        EXPECT_EQ(fault_of(error), Fault::busy);
        co_await b.close();
        const auto free = co_await instrument::discover(false);
        EXPECT_EQ(free.at(0).access, instrument::Access::usable);
        EXPECT_TRUE(free.at(0).simulated);
        EXPECT_EQ(free.at(0).link, core::Link::usbfs_emulated);
    });
}

// singel-bridge is told to spoil one exchange of the first run.
TEST_F(OnTheBus, WorksAgainAfterOneExchangeWentWrong) {
    Bench bench({"attached", true});
    bench.run([](Bench& b) -> asio::awaitable<void> {
        const auto first = co_await error_of(measure(b));
        EXPECT_TRUE(first.has_value()) << "the fault was not met: name another exchange";
        const auto closing = co_await error_of(b.close());
        EXPECT_FALSE(closing.has_value()) << closing->sentence();
        const auto second = co_await error_of(measure(b));
        EXPECT_FALSE(second.has_value()) << second->sentence();
        if (b.instrument->laser() != nullptr) {
            const bool off = co_await b.laser_reported_off();
            EXPECT_TRUE(off);
        }
        co_await b.close();
    });
}

}  // namespace
}  // namespace singel::conformance
