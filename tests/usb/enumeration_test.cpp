#include <memory>

#include "tests/usb/client.hpp"

namespace singel::tests {
namespace {

using Enumeration = UsbClient;
using Claims = UsbClient;

struct FreeConfiguration {
    void operator()(libusb_config_descriptor* configuration) const { libusb_free_config_descriptor(configuration); }
};
using Configuration = std::unique_ptr<libusb_config_descriptor, FreeConfiguration>;

Configuration active_configuration(libusb_device_handle* handle) {
    libusb_config_descriptor* configuration = nullptr;
    EXPECT_EQ(libusb_get_active_config_descriptor(libusb_get_device(handle), &configuration), 0);
    return Configuration(configuration);
}

TEST_F(Enumeration, ShowsTheDeviceWithItsDescriptors) {
    const Handle handle = open_one();
    ASSERT_NE(handle, nullptr);
    libusb_device_descriptor device{};
    ASSERT_EQ(libusb_get_device_descriptor(libusb_get_device(handle.get()), &device), 0);
    EXPECT_EQ(device.bcdDevice, 0x0100);
    EXPECT_EQ(device.bNumConfigurations, 1);
    const auto configuration = active_configuration(handle.get());
    ASSERT_NE(configuration, nullptr);
    ASSERT_EQ(configuration->bNumInterfaces, 1);
    const libusb_interface_descriptor& interface = configuration->interface[0].altsetting[0];
    ASSERT_EQ(interface.bNumEndpoints, 4);
    EXPECT_EQ(interface.endpoint[1].bEndpointAddress, loopback::echo_in);
}

TEST_F(Enumeration, ReadsTheStringDescriptorsFromTheDevice) {
    const Handle handle = open_one();
    ASSERT_NE(handle, nullptr);
    EXPECT_EQ(serial(handle.get()), "LOOP1");
}

TEST_F(Enumeration, SaysThatNoKernelDriverHoldsTheInterface) {
    const Handle handle = open_one();
    ASSERT_NE(handle, nullptr);
    EXPECT_EQ(libusb_kernel_driver_active(handle.get(), 0), 0);
    EXPECT_EQ(libusb_detach_kernel_driver(handle.get(), 0), LIBUSB_ERROR_NOT_FOUND);
}

TEST_F(Enumeration, ShowsHighSpeedWithPacketsOf512Bytes) {
    const Handle handle = open_one();
    ASSERT_NE(handle, nullptr);
    libusb_device* const device = libusb_get_device(handle.get());
    EXPECT_EQ(libusb_get_device_speed(device), LIBUSB_SPEED_HIGH);
    EXPECT_EQ(libusb_get_max_packet_size(device, loopback::frame_in), 512);
}

using FullSpeed = UsbClient;

TEST_F(FullSpeed, IsShownWithPacketsOf64Bytes) {
    const Handle handle = open_and_claim();
    ASSERT_NE(handle, nullptr);
    libusb_device* const device = libusb_get_device(handle.get());
    EXPECT_EQ(libusb_get_device_speed(device), LIBUSB_SPEED_FULL);
    EXPECT_EQ(libusb_get_max_packet_size(device, loopback::frame_in), 64);
    ASSERT_EQ(command(handle.get(), {loopback::overlong_packet}), 0);
    EXPECT_EQ(read(handle.get(), loopback::frame_in, 64).data.size(), 64U);
}

TEST_F(Claims, RefuseASecondHandleUntilTheFirstIsReleased) {
    const Handle first = open_and_claim();
    const Handle second = open_one();
    ASSERT_NE(first, nullptr);
    ASSERT_NE(second, nullptr);
    EXPECT_EQ(libusb_claim_interface(second.get(), 0), LIBUSB_ERROR_BUSY);
    EXPECT_EQ(libusb_release_interface(first.get(), 0), 0);
    EXPECT_EQ(libusb_claim_interface(second.get(), 0), 0);
}

TEST_F(Claims, EndWithTheHandle) {
    open_and_claim().reset();
    const Handle second = open_one();
    ASSERT_NE(second, nullptr);
    // The carrier hears of the closing through a socket, so a moment later than the kernel would.
    EXPECT_TRUE(pump_until([&] { return libusb_claim_interface(second.get(), 0) == 0; }));
}

TEST_F(Claims, RefuseAnInterfaceThatIsNotThere) {
    const Handle handle = open_one();
    ASSERT_NE(handle, nullptr);
    EXPECT_EQ(libusb_claim_interface(handle.get(), 5), LIBUSB_ERROR_NOT_FOUND);
}

TEST_F(Claims, SurviveAReset) {
    const Handle handle = open_and_claim();
    ASSERT_NE(handle, nullptr);
    EXPECT_EQ(libusb_reset_device(handle.get()), 0);
    const Handle second = open_one();
    ASSERT_NE(second, nullptr);
    EXPECT_EQ(libusb_claim_interface(second.get(), 0), LIBUSB_ERROR_BUSY);
    EXPECT_EQ(libusb_release_interface(handle.get(), 0), 0);
}

using ClaimNotReady = UsbClient;

// The carrier was told to refuse for a while after the plug, as a kernel that still configures the device may.
TEST_F(ClaimNotReady, RefusesAtFirstAndThenClaims) {
    const Handle handle = open_one();
    ASSERT_NE(handle, nullptr);
    EXPECT_EQ(libusb_claim_interface(handle.get(), 0), LIBUSB_ERROR_NOT_FOUND);
    EXPECT_TRUE(pump_until([&] { return libusb_claim_interface(handle.get(), 0) == 0; }));
}

using TwoDevices = UsbClient;

TEST_F(TwoDevices, AreToldApartAndWorkAtTheSameTime) {
    const std::vector<Handle> handles = open_all();
    ASSERT_EQ(handles.size(), 2U);
    EXPECT_NE(serial(handles[0].get()), serial(handles[1].get()));
    EXPECT_NE(libusb_get_device_address(libusb_get_device(handles[0].get())),
              libusb_get_device_address(libusb_get_device(handles[1].get())));
    std::vector<std::unique_ptr<PendingRead>> reads;
    for (const Handle& handle : handles) {
        ASSERT_EQ(libusb_claim_interface(handle.get(), 0), 0);
        reads.push_back(std::make_unique<PendingRead>(handle.get(), loopback::frame_in, loopback::frame_size));
        ASSERT_EQ(reads.back()->submit(), 0);
    }
    ASSERT_EQ(command(handles[1].get(), {loopback::make_frame}), 0);
    ASSERT_TRUE(pump_until([&] { return reads[1]->done(); }));
    EXPECT_FALSE(reads[0]->done());
    ASSERT_EQ(command(handles[0].get(), {loopback::make_frame}), 0);
    ASSERT_TRUE(pump_until([&] { return reads[0]->done(); }));
    for (const auto& read : reads) EXPECT_EQ(read->data().size(), loopback::frame_size);
}

TEST_F(TwoDevices, StayWhenTheOtherIsUnplugged) {
    const std::vector<Handle> handles = open_all();
    ASSERT_EQ(handles.size(), 2U);
    for (const Handle& handle : handles) ASSERT_EQ(libusb_claim_interface(handle.get(), 0), 0);
    ASSERT_EQ(command(handles[0].get(), {loopback::unplug_self}), 0);
    EXPECT_EQ(command(handles[0].get(), {loopback::make_frame}), LIBUSB_ERROR_NO_DEVICE);
    ASSERT_EQ(command(handles[1].get(), {loopback::make_frame}), 0);
    EXPECT_EQ(read(handles[1].get(), loopback::frame_in, loopback::frame_size).data.size(), loopback::frame_size);
}

}  // namespace
}  // namespace singel::tests
