#include <gtest/gtest.h>
#include <optional>

#include "firmware-bridge/virtual/instruments.hpp"
#include "tests/usbip/client.hpp"
#include "tests/usbip/exporter.hpp"

namespace singel::tests::usbip {
namespace {

using namespace loopback;
using namespace std::chrono_literals;

class Imported : public testing::Test {
protected:
    void SetUp() override { ASSERT_EQ(client_.import("1-1"), 0u); }
    Answer answer() {
        const auto got = client_.answer();
        EXPECT_TRUE(got) << "no answer";
        return got.value_or(Answer{});
    }
    void take_out(std::uint8_t endpoint, const Bytes& data) {
        const auto sequence = client_.bulk_out(endpoint, data);
        const Answer got = answer();
        EXPECT_EQ(got.sequence, sequence);
        EXPECT_EQ(got.status, 0);
        EXPECT_EQ(got.actual, data.size());
    }

    Exporter exporter_{loopbacks(2)};
    Client client_{exporter_.port()};
};

TEST(DeviceList, NamesEveryPluggedDeviceAndHangsUp) {
    Exporter exporter(loopbacks(2));
    Client client(exporter.port());
    const auto devices = client.list();
    ASSERT_EQ(devices.size(), 2u);
    EXPECT_EQ(devices[0].bus_id, "1-1");
    EXPECT_EQ(devices[1].bus_id, "1-2");
    EXPECT_NE(devices[0].device, devices[1].device);
    EXPECT_EQ(devices[0].speed, 3u) << "high";
    EXPECT_EQ(devices[0].vendor_id, vendor_id);
    EXPECT_EQ(devices[0].product_id, product_id);
    ASSERT_EQ(devices[0].interfaces.size(), 1u);
    EXPECT_EQ(devices[0].interfaces[0], (std::array<std::uint8_t, 4>{0xFF, 0xFF, 0xFF, 0}));
    EXPECT_TRUE(client.closed());
}

TEST(Import, IsRefusedForAnUnknownBusId) {
    Exporter exporter(loopbacks(1));
    Client client(exporter.port());
    EXPECT_EQ(client.import("9-9"), 1u);
    EXPECT_TRUE(client.closed());
}

TEST_F(Imported, ASecondImportOfTheSameDeviceIsRefusedWhileOthersAreServed) {
    Client second(exporter_.port());
    EXPECT_EQ(second.import("1-1"), 1u);
    Client lister(exporter_.port());
    EXPECT_EQ(lister.list().size(), 2u) << "an imported device is still listed";
    Client other(exporter_.port());
    EXPECT_EQ(other.import("1-2"), 0u);
    other.bulk_out(echo_out, {7});
    EXPECT_EQ(other.answer()->status, 0);
}

TEST_F(Imported, TheDeviceIsFreeAgainWhenItsImporterHasGone) {
    client_.bulk_in(frame_in, 4097);
    client_.close();
    std::optional<std::uint32_t> status;
    for (int i = 0; i < 500 && status != 0u; ++i) {  // the news comes through a socket
        Client next(exporter_.port());
        status = next.import("1-1");
        if (status != 0u) continue;
        next.bulk_out(echo_out, {1, 2, 3});
        EXPECT_EQ(next.answer()->actual, 3u);
    }
    EXPECT_EQ(status, 0u);
}

TEST_F(Imported, AControlReadBringsWhatTheDeviceSays) {
    const auto sequence = client_.control({0xC0, echo_request, 0x1234, 0x5678, 4});
    const Answer got = answer();
    EXPECT_EQ(got.command, 3u);
    EXPECT_EQ(got.sequence, sequence);
    EXPECT_EQ(got.data, (Bytes{0x34, 0x12, 0x78, 0x56}));
}

TEST_F(Imported, AControlWriteReachesTheDevice) {
    client_.control({0x40, store_request, 0, 0, 3}, {9, 8, 7});
    EXPECT_EQ(answer().actual, 3u);
    client_.control({0xC0, recall_request, 0, 0, 64});
    EXPECT_EQ(answer().data, (Bytes{9, 8, 7}));
}

TEST_F(Imported, AnUnknownControlRequestStalls) {
    client_.control({0xC0, 0x99, 0, 0, 4});
    const Answer got = answer();
    EXPECT_EQ(got.status, -32);
    EXPECT_EQ(got.actual, 0u);
}

TEST_F(Imported, AReadIsHeldUntilThereAreData) {
    const auto read = client_.bulk_in(frame_in, frame_size);
    const auto question = client_.control({0xC0, echo_request, 1, 2, 4});
    EXPECT_EQ(answer().sequence, question) << "the read has no answer yet";
    const auto command = client_.bulk_out(command_out, {make_frame_at_once});
    EXPECT_EQ(answer().sequence, command);
    const Answer got = answer();
    EXPECT_EQ(got.sequence, read);
    ASSERT_EQ(got.data.size(), frame_size);
    EXPECT_EQ(got.data.back(), end_of_frame);
}

TEST_F(Imported, QueuedReadsAreAnsweredInOrder) {
    std::vector<std::uint32_t> reads;
    for (int i = 0; i < 6; ++i) reads.push_back(client_.bulk_in(frame_in, frame_size));
    for (std::uint8_t i = 0; i < 6; ++i) {
        take_out(command_out, {make_frame_at_once});
        const Answer got = answer();
        EXPECT_EQ(got.sequence, reads[i]);
        EXPECT_EQ(got.data.at(0), i);
    }
}

TEST_F(Imported, AShortReadIsNoErrorUnlessItWasAskedToBe) {
    take_out(command_out, {shorten_next});
    take_out(command_out, {make_frame_at_once});
    client_.bulk_in(frame_in, frame_size);
    const Answer fine = answer();
    EXPECT_EQ(fine.status, 0);
    EXPECT_EQ(fine.actual, short_frame_size);
    take_out(command_out, {shorten_next});
    take_out(command_out, {make_frame_at_once});
    client_.bulk_in(frame_in, frame_size, 1);
    const Answer refused = answer();
    EXPECT_EQ(refused.status, -121);
    EXPECT_EQ(refused.actual, short_frame_size);
}

TEST_F(Imported, APacketThatDoesNotFitIsAnOverflow) {
    take_out(command_out, {overlong_packet});
    client_.bulk_in(frame_in, 100);
    EXPECT_EQ(answer().status, -75);
}

TEST_F(Imported, AStalledEndpointWorksAgainAfterItsHaltIsCleared) {
    const auto waiting = client_.bulk_in(frame_in, frame_size);
    client_.bulk_out(command_out, {stall_frames});
    std::optional<std::int32_t> status_of_read;
    for (int i = 0; i < 2; ++i) {
        const Answer got = answer();
        if (got.sequence == waiting) status_of_read = got.status;
    }
    EXPECT_EQ(status_of_read, -32) << "the read in flight";
    client_.bulk_in(frame_in, frame_size);
    EXPECT_EQ(answer().status, -32) << "the next one";
    client_.control({0x02, 1, 0, frame_in, 0});
    EXPECT_EQ(answer().status, 0);
    take_out(command_out, {make_frame_at_once});
    client_.bulk_in(frame_in, frame_size);
    EXPECT_EQ(answer().data.size(), frame_size);
}

TEST_F(Imported, AnUnlinkedReadIsNeverAnswered) {
    const auto read = client_.bulk_in(frame_in, frame_size);
    const auto unlink = client_.unlink(read);
    const Answer got = answer();
    EXPECT_EQ(got.command, 4u);
    EXPECT_EQ(got.sequence, unlink);
    EXPECT_EQ(got.status, -104);
    take_out(command_out, {make_frame_at_once});
    const auto next = client_.bulk_in(frame_in, frame_size);
    EXPECT_EQ(answer().sequence, next) << "and the data go to the next reader";
}

TEST_F(Imported, UnlinkingWhatWasAnsweredSaysSo) {
    const auto sent = client_.bulk_out(echo_out, {1});
    answer();
    client_.unlink(sent);
    const Answer got = answer();
    EXPECT_EQ(got.command, 4u);
    EXPECT_EQ(got.status, 0);
}

TEST_F(Imported, AnUnplugEndsTheConnection) {
    client_.bulk_in(frame_in, frame_size);
    client_.bulk_out(command_out, {unplug_self});
    EXPECT_TRUE(client_.closed());
    Client lister(exporter_.port());
    const auto left = lister.list();
    ASSERT_EQ(left.size(), 1u);
    EXPECT_EQ(left[0].bus_id, "1-2");
    Client again(exporter_.port());
    EXPECT_EQ(again.import("1-1"), 1u);
}

TEST(Replug, BringsTheDeviceBackUnderANewAddress) {
    carriers::UsbipOptions options;
    options.replug_after = 20ms;
    Exporter exporter(loopbacks(1), options);
    Client client(exporter.port());
    ASSERT_EQ(client.import("1-1"), 0u);
    client.bulk_out(command_out, {unplug_self});
    ASSERT_TRUE(client.closed());
    for (int i = 0; i < 500; ++i) {
        Client again(exporter.port());
        if (again.import("1-1") != 0u) continue;
        EXPECT_NE(again.device_id(), client.device_id());
        again.bulk_out(echo_out, {5});
        EXPECT_EQ(again.answer()->status, 0);
        return;
    }
    FAIL() << "it did not come back";
}

TEST(Schedule, UnplugsADeviceAtItsTime) {
    carriers::UsbipOptions options;
    options.plugs = {{1, 50ms, false}};
    Exporter exporter(loopbacks(2), options);
    Client first(exporter.port()), second(exporter.port());
    ASSERT_EQ(first.import("1-1"), 0u);
    if (second.import("1-2") == 0u) {
        EXPECT_TRUE(second.closed());
    }
    first.bulk_out(echo_out, {5});
    EXPECT_EQ(first.answer()->status, 0);
}

// A kernel asks these, in this order, of every new device.
TEST(Enumeration, OfAVirtualInstrumentSaysWhatItsDescriptorsSay) {
    namespace instruments = firmware_bridge::virtual_instrument;
    const auto twin = instruments::make_instrument("USB2000+", {});
    carriers::UsbipServer::Devices devices;
    devices.push_back(instruments::make_instrument("USB2000+", {}));
    Exporter exporter(std::move(devices));
    Client client(exporter.port());
    ASSERT_EQ(client.import("1-1"), 0u);
    client.control({0x80, 6, 0x0100, 0, 18});
    EXPECT_EQ(client.answer()->data, twin->descriptors().device);
    client.control({0x80, 6, 0x0200, 0, 9});
    const auto head = client.answer()->data;
    ASSERT_EQ(head.size(), 9u);
    const auto total = static_cast<std::uint16_t>(head[2] | head[3] << 8);
    client.control({0x80, 6, 0x0200, 0, total});
    EXPECT_EQ(client.answer()->data, twin->descriptors().configuration);
    client.control({0x80, 6, 0x0303, 0x0409, 255});
    const auto serial = client.answer()->data;
    ASSERT_GE(serial.size(), 4u);
    EXPECT_EQ(serial[0], serial.size());
    EXPECT_EQ(serial[2], static_cast<std::uint8_t>(twin->descriptors().strings[2][0]));
    client.control({0x00, 9, 1, 0, 0});
    EXPECT_EQ(client.answer()->status, 0);
}

TEST(Enumeration, AtFullSpeedSaysSo) {
    carriers::UsbipServer::Devices devices;
    devices.push_back(std::make_unique<LoopbackDevice>("SLOW", LoopbackDevice::Speed::full));
    Exporter exporter(std::move(devices));
    Client client(exporter.port());
    EXPECT_EQ(client.list().at(0).speed, 2u);
}

}  // namespace
}  // namespace singel::tests::usbip
