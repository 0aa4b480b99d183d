#include "firmware-bridge/carriers/usbfs_record.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/usb/loopback_device.hpp"

namespace singel::firmware_bridge::carriers {
namespace {

using testing::HasSubstr;
using testing::Not;
using tests::LoopbackDevice;

TEST(SysfsRecord, SaysWhatLibusbReads) {
    const LoopbackDevice device("LOOP9", LoopbackDevice::Speed::high);
    const std::string record = sysfs_record(device.descriptors(), {2, 13});
    EXPECT_THAT(record, testing::StartsWith("P: /devices/pci0000:00/0000:00:14.0/usb1/1-2\n"));
    EXPECT_THAT(record, HasSubstr("E: DEVTYPE=usb_device\n"));
    EXPECT_THAT(record, HasSubstr("E: DEVNAME=/dev/bus/usb/001/013\n"));
    EXPECT_THAT(record, HasSubstr("E: MINOR=12\n"));
    EXPECT_THAT(record, HasSubstr("E: PRODUCT=1209/1/100\n"));
    EXPECT_THAT(record, HasSubstr("A: devnum=13\\n\n"));
    EXPECT_THAT(record, HasSubstr("A: speed=480\\n\n"));
    EXPECT_THAT(record, HasSubstr("A: bConfigurationValue=1\\n\n"));
    EXPECT_THAT(record, HasSubstr("A: serial=LOOP9\\n\n"));
    EXPECT_THAT(record, HasSubstr("H: descriptors=12010002FFFFFF4009120100000101020301"
                                  "09022E00"));
}

TEST(SysfsRecord, NamesNoNodeToBeMade) {
    const LoopbackDevice device("LOOP9", LoopbackDevice::Speed::high);
    EXPECT_THAT(sysfs_record(device.descriptors(), {}), Not(HasSubstr("N: ")));
}

TEST(SysfsRecord, SaysFullSpeed) {
    const LoopbackDevice device("LOOP9", LoopbackDevice::Speed::full);
    EXPECT_THAT(sysfs_record(device.descriptors(), {}), HasSubstr("A: speed=12\\n\n"));
}

TEST(SysfsRecord, EscapesBackslashesAndLeavesOutStringsThatAreNotThere) {
    virtual_instrument::Descriptors descriptors =
        LoopbackDevice("LOOP\\9", LoopbackDevice::Speed::high).descriptors();
    descriptors.device[14] = 0;  // iManufacturer
    descriptors.device[15] = 9;  // iProduct: no such string
    const std::string record = sysfs_record(descriptors, {});
    EXPECT_THAT(record, HasSubstr("A: serial=LOOP\\\\9\\n\n"));
    EXPECT_THAT(record, Not(HasSubstr("manufacturer")));
    EXPECT_THAT(record, Not(HasSubstr("A: product")));
}

}  // namespace
}  // namespace singel::firmware_bridge::carriers
