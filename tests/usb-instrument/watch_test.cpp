#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "instrument/hotplug.hpp"
#include "tests/usb-instrument/on_the_bus.hpp"

// singel-bridge takes the one instrument away and brings it back.
namespace singel::tests {
namespace {

using instrument::PlugEvent;
using instrument::usb::Noticing;
using What = PlugEvent::What;

asio::awaitable<void> see_it_leave_and_return(asio::io_context& io, Noticing noticing) {
    instrument::PlugWatch watch(instrument::usb_bus(io.get_executor(), noticing));
    const auto first = co_await watch.next();
    EXPECT_EQ(first.size(), 1u);
    EXPECT_EQ(first.at(0).what, What::arrived);
    EXPECT_EQ(first.at(0).instrument.model, "USB2000+");
    const auto gone = co_await watch.next();
    EXPECT_EQ(gone.at(0), (PlugEvent{What::left, first.at(0).instrument}));
    const auto back = co_await watch.next();
    EXPECT_EQ(back.at(0).what, What::arrived);
    EXPECT_EQ(back.at(0).instrument.family, "ocean_ooi");
    EXPECT_NE(back.at(0).instrument.id, first.at(0).instrument.id);
}

TEST(PlugWatchOnTheBus, EventsTellOfAReplug) {
    run_on_the_bus([](asio::io_context& io) { return see_it_leave_and_return(io, Noticing::events); });
}

TEST(PlugWatchOnTheBus, PollingTellsOfAReplugToo) {
    run_on_the_bus([](asio::io_context& io) { return see_it_leave_and_return(io, Noticing::polling); });
}

}  // namespace
}  // namespace singel::tests
