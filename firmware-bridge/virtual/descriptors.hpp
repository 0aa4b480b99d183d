#pragma once

#include <initializer_list>
#include <string>

#include "firmware-bridge/virtual/device.hpp"

namespace singel::firmware_bridge::virtual_instrument {

struct UsbIdentity {
    std::uint16_t vendor_id = 0, product_id = 0, release = 0;  // release: bcdDevice
    std::string manufacturer, product, serial;
};

// A high-speed device with one configuration, one vendor-specific interface and bulk endpoints of 512 bytes.
Descriptors describe(const UsbIdentity& identity, std::initializer_list<std::uint8_t> endpoints);

}  // namespace singel::firmware_bridge::virtual_instrument
