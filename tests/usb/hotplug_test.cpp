#include <memory>

#include "tests/usb/client.hpp"

namespace singel::tests {
namespace {

// The carrier brings the device back a while after each unplug.
class Hotplug : public UsbClient {
protected:
    void SetUp() override {
        const int events = LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT;
        ASSERT_EQ(
            libusb_hotplug_register_callback(context_, events, LIBUSB_HOTPLUG_NO_FLAGS, loopback::vendor_id,
                                             loopback::product_id, LIBUSB_HOTPLUG_MATCH_ANY, on_event, this, nullptr),
            0);
        ASSERT_TRUE(pump_until([this] { return (handle_ = open_one()) != nullptr; }));
        ASSERT_EQ(libusb_claim_interface(handle_.get(), 0), 0);
        address_ = libusb_get_device_address(libusb_get_device(handle_.get()));
    }
    static int LIBUSB_CALL on_event(libusb_context*, libusb_device*, libusb_hotplug_event event, void* self) {
        auto& test = *static_cast<Hotplug*>(self);
        (event == LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT ? test.left_ : test.arrived_)++;
        return 0;
    }
    void unplug() { ASSERT_EQ(command(handle_.get(), {loopback::unplug_self}), 0); }

    Handle handle_;
    std::uint8_t address_ = 0;
    int left_ = 0, arrived_ = 0;
};

TEST_F(Hotplug, EndsTransfersInFlightWithNoDevice) {
    std::vector<std::unique_ptr<PendingRead>> reads;
    for (int i = 0; i < 4; ++i) {
        reads.push_back(std::make_unique<PendingRead>(handle_.get(), loopback::frame_in, loopback::frame_size));
        ASSERT_EQ(reads.back()->submit(), 0);
    }
    unplug();
    ASSERT_TRUE(pump_until([&] {
        for (const auto& read : reads) {
            if (!read->done()) return false;
        }
        return true;
    }));
    for (const auto& read : reads) EXPECT_EQ(read->status(), LIBUSB_TRANSFER_NO_DEVICE);
    EXPECT_EQ(command(handle_.get(), {loopback::make_frame}), LIBUSB_ERROR_NO_DEVICE);
    EXPECT_TRUE(pump_until([this] { return left_ == 1; }));
    EXPECT_TRUE(pump_until([this] { return arrived_ == 1; }));
}

TEST_F(Hotplug, DoesNotSpinWhileADeadHandleIsOpen) {
    unplug();
    ASSERT_TRUE(pump_until([this] { return left_ == 1 && arrived_ == 1; }));
    const auto before = own_processor_time();
    EXPECT_FALSE(pump_until([] { return false; }, milliseconds(400)));
    EXPECT_LT(own_processor_time() - before, milliseconds(60));
}

TEST_F(Hotplug, BringsTheDeviceBackUnderANewAddressAndItWorks) {
    unplug();
    ASSERT_TRUE(pump_until([this] { return left_ == 1 && arrived_ == 1; }));
    EXPECT_EQ(command(handle_.get(), {loopback::make_frame}), LIBUSB_ERROR_NO_DEVICE) << "the old handle stays dead";
    const Handle again = open_and_claim();
    ASSERT_NE(again, nullptr);
    EXPECT_NE(libusb_get_device_address(libusb_get_device(again.get())), address_);
    ASSERT_EQ(command(again.get(), {loopback::make_frame}), 0);
    EXPECT_EQ(read(again.get(), loopback::frame_in, loopback::frame_size).data.size(), loopback::frame_size);
}

TEST_F(Hotplug, WorksManyTimesInARow) {
    for (int i = 1; i <= 10; ++i) {
        unplug();
        ASSERT_TRUE(pump_until([&] { return left_ == i && arrived_ == i; })) << "plug " << i;
        handle_ = open_and_claim();
        ASSERT_NE(handle_, nullptr);
    }
}

using UnplugAfter = UsbClient;

TEST_F(UnplugAfter, TakesTheDeviceAwayByItself) {
    const Handle handle = open_and_claim();
    ASSERT_NE(handle, nullptr);
    PendingRead pending(handle.get(), loopback::frame_in, loopback::frame_size);
    ASSERT_EQ(pending.submit(), 0);
    ASSERT_TRUE(pump_until([&] { return pending.done(); }));
    EXPECT_EQ(pending.status(), LIBUSB_TRANSFER_NO_DEVICE);
    EXPECT_TRUE(pump_until([this] { return open_one() == nullptr; }));
}

}  // namespace
}  // namespace singel::tests
