#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

#include "instrument/discovery.hpp"
#include "instrument/families.hpp"
#include "instrument/usb/enumerate.hpp"
#include "spectra/core/result.hpp"

namespace singel::instrument {
namespace {

namespace asio = boost::asio;
using core::Failure;
using core::Fault;

template <class T>
T run(asio::awaitable<T> work) {
    asio::io_context io(1);
    auto result = asio::co_spawn(io, std::move(work), asio::use_future);
    io.run();
    return result.get();
}

Fault fault_of_opening(const std::string& id) {
    try {
        run(open(id));
    } catch (const Failure& failure) {
        EXPECT_FALSE(failure.error().what.empty());
        return failure.error().fault;
    }
    ADD_FAILURE() << id << " opened";
    return {};
}

TEST(InstrumentId, ComesBackFromItsText) {
    const usb::Attached device{{1, 7}, 0x24AA, 0x1000, BusSpeed::unknown};
    EXPECT_EQ(usb::id_of(device), "usb:24aa:1000:1-7");
    const auto parsed = usb::parse_id("usb:24aa:1000:1-7");
    ASSERT_TRUE(parsed.has_value());
    EXPECT_EQ(parsed->vendor_id, 0x24AA);
    EXPECT_EQ(parsed->product_id, 0x1000);
    EXPECT_EQ(parsed->address.bus, 1);
    EXPECT_EQ(parsed->address.device, 7);
}

TEST(InstrumentId, IsRefusedWhenItIsNoneOfOurs) {
    for (const char* text : {"", "usb:", "usb:24aa:1000", "usb:24aa:1000:1", "usb:24aa:1000:1-", "usb:24aa:1000:1-7x",
                             "usb:24aa:1000:1-300", "usb:124aa:1000:1-7", "USB:24aa:1000:1-7"})
        EXPECT_FALSE(usb::parse_id(text).has_value()) << text;
}

TEST(Families, KnowEachOfTheirModelsByItsDescriptorOnly) {
    for (const Family& family : families())
        for (const KnownModel& model : family.models) {
            EXPECT_EQ(find_model(model.vendor_id, model.product_id).model.name, model.name);
            EXPECT_EQ(find_model(model.vendor_id, model.product_id).family, &family);
        }
    EXPECT_EQ(find_model(0x1D6B, 0x0002).family, nullptr);
}

TEST(Discovery, ListsTheVirtualModelsOnAnyMachine) {
    const auto found = run(discover(true));
    std::vector<std::string> ids;
    for (const Found& one : found)
        if (one.link == core::Link::in_process) {
            ids.push_back(one.id);
            EXPECT_TRUE(one.simulated);
            EXPECT_FALSE(one.family.empty());
        }
    ASSERT_EQ(ids.size(), firmware_bridge::virtual_instrument::models().size());
    EXPECT_EQ(ids.front(), "virtual:" + firmware_bridge::virtual_instrument::models().front());
}

TEST(Discovery, RefusesWhatItCannotOpenWithOneReason) {
    EXPECT_EQ(fault_of_opening("virtual:WP-9999"), Fault::not_found);
    EXPECT_EQ(fault_of_opening("no such thing"), Fault::invalid_argument);
    EXPECT_EQ(fault_of_opening("usb:1d6b:0002:1-1"), Fault::unsupported);
    EXPECT_EQ(fault_of_opening("usb:24aa:1000:250-250"), Fault::disconnected);
}

}  // namespace
}  // namespace singel::instrument
