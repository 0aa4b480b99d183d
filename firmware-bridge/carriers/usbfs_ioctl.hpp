#pragma once

#include <mutex>
#include <umockdev.h>

#include "firmware-bridge/carriers/usbfs_port.hpp"

namespace singel::firmware_bridge::carriers {

struct IoctlAnswer {
    long value = 0;  // what ioctl() returns
    int error = 0;   // errno, when value is -1
};

// Answers one usbfs ioctl of a program: reads its memory, asks the port under the lock, writes its memory. Runs in
// umockdev's thread. What libusb never uses (synchronous and isochronous transfers, blocking reaping) is ENOTTY.
IoctlAnswer answer_ioctl(UMockdevIoctlClient* client, UsbfsPort& port, virtual_instrument::Speed speed,
                         std::mutex& lock, UsbfsPort::Clock now);

}  // namespace singel::firmware_bridge::carriers
