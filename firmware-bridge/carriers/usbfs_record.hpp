#pragma once

#include <string>

#include "firmware-bridge/virtual/device.hpp"

namespace singel::firmware_bridge::carriers {

// Where a device sits on the emulated bus. Bus 1 is the only one; numbers as in Linux: the address changes at every
// plug (2 … 127), the port is the socket (1 …).
struct BusPlace {
    unsigned port = 1;
    unsigned address = 2;

    std::string sysfs_path() const;  // "/sys/devices/pci0000:00/0000:00:14.0/usb1/1-1"
    std::string node() const;        // "/dev/bus/usb/001/002"
};

// The device as umockdev_testbed_add_from_string takes it: the least that libusb, pyusb and lsusb accept. The node
// is named but not made (no N: line), because the carrier makes it itself.
std::string sysfs_record(const virtual_instrument::Descriptors& descriptors, const BusPlace& place);

}  // namespace singel::firmware_bridge::carriers
