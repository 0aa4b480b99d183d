#include "instrument/hotplug.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/instrument-hotplug/made_up_bus.hpp"

namespace singel::instrument {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using What = PlugEvent::What;

struct Watching {
    asio::io_context io{1};
    std::shared_ptr<MadeUpBus> bus = std::make_shared<MadeUpBus>(io.get_executor());
    PlugWatch watch{bus};
};

TEST(PlugWatch, TellsWhatIsThereAtTheBeginning) {
    Watching w;
    const auto& unit = w.bus->add("USB2000+", "A");
    run_all(w.io, [](Watching& here, Plugged place) -> asio::awaitable<void> {
        const auto events = co_await here.watch.next();
        EXPECT_THAT(events, ElementsAre(PlugEvent{What::arrived, place}));
        EXPECT_EQ(events.at(0).instrument.family, "ocean_ooi");
        EXPECT_EQ(events.at(0).instrument.model, "USB2000+");
    }(w, unit.place));
}

TEST(PlugWatch, WaitsUntilTheBusIsAtRest) {
    Watching w;
    auto& unit = w.bus->add("USB2000+", "A");
    run_all(w.io, [](Watching& here, MadeUpBus::Unit& one) -> asio::awaitable<void> {
        const Plugged before = one.place;
        co_await here.watch.next();
        here.bus->plan(1000ms, [&] { here.bus->unplug(one); });
        here.bus->plan(1200ms, [&] { here.bus->plug(one); });
        here.bus->plan(1400ms, [&] { here.bus->unplug(one); });
        here.bus->plan(1650ms, [&] { here.bus->plug(one); });
        const auto events = co_await here.watch.next();
        EXPECT_THAT(events, ElementsAre(PlugEvent{What::left, before}, PlugEvent{What::arrived, one.place}));
        EXPECT_EQ(here.bus->now(), 1650ms + 300ms);
    }(w, unit));
}

TEST(PlugWatch, DoesNotWaitForABusThatNeverRests) {
    Watching w;
    auto& unit = w.bus->add("USB2000+", "A");
    run_all(w.io, [](Watching& here, MadeUpBus::Unit& one) -> asio::awaitable<void> {
        co_await here.watch.next();
        here.bus->plan(1000ms, [&] { here.bus->unplug(one); });
        for (auto at = 1100ms; at < 10000ms; at += 100ms) here.bus->plan(at, [&] { here.bus->announce(); });
        const auto events = co_await here.watch.next();
        EXPECT_THAT(events, ElementsAre(PlugEvent{What::left, one.place}));
        EXPECT_EQ(here.bus->now(), 1000ms + 2000ms);
    }(w, unit));
}

TEST(PlugWatch, IsSilentAboutOtherDevices) {
    Watching w;
    auto& unit = w.bus->add("USB2000+", "A");
    run_all(w.io, [](Watching& here, MadeUpBus::Unit& one) -> asio::awaitable<void> {
        co_await here.watch.next();
        for (auto at = 500ms; at < 5000ms; at += 500ms) here.bus->plan(at, [&] { here.bus->announce(); });
        here.bus->plan(6000ms, [&] { here.bus->unplug(one); });
        const auto events = co_await here.watch.next();
        EXPECT_THAT(events, ElementsAre(PlugEvent{What::left, one.place}));
        EXPECT_EQ(here.bus->now(), 6300ms);
    }(w, unit));
}

TEST(PlugWatch, SaysNothingOfACableThatWasOutForAMomentAtTheSameAddress) {
    Watching w;
    auto& unit = w.bus->add("USB2000+", "A");
    run_all(w.io, [](Watching& here, MadeUpBus::Unit& one) -> asio::awaitable<void> {
        co_await here.watch.next();
        const Plugged place = one.place;
        here.bus->plan(1000ms, [&] { here.bus->unplug(one); });
        here.bus->plan(1100ms, [&here, &one, place] {
            here.bus->plug(one);
            one.place = place;
        });
        here.bus->plan(9000ms, [&] { here.bus->unplug(one); });
        const auto events = co_await here.watch.next();
        EXPECT_THAT(events, ElementsAre(PlugEvent{What::left, place}));
        EXPECT_EQ(here.bus->now(), 9300ms);
    }(w, unit));
}

}  // namespace
}  // namespace singel::instrument
