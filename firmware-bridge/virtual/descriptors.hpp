#pragma once

#include <initializer_list>
#include <span>
#include <string>

#include "firmware-bridge/virtual/device.hpp"

namespace singel::firmware_bridge::virtual_instrument {

struct UsbIdentity {
    std::uint16_t vendor_id = 0, product_id = 0, release = 0;  // release: bcdDevice
    std::string manufacturer, product, serial;
    std::uint8_t device_class = 0xFF;
    std::uint8_t attributes = 0x80;  // bus powered
    std::uint16_t current_ma = 500;
    std::string interface_name{};  // none when empty
    std::uint8_t interface_class = 0xFF;
    std::vector<std::uint8_t> class_descriptor{};  // stands between interface and endpoints; none when empty
};

enum class EndpointType : std::uint8_t { bulk = 2, interrupt = 3 };

struct EndpointSpec {
    std::uint8_t address = 0;  // with the direction bit
    std::uint16_t packet_size = 512;
    EndpointType type = EndpointType::bulk;
    std::uint8_t interval = 0;  // of an interrupt endpoint, bInterval
};

// A device with one configuration and one interface, vendor-specific unless said otherwise, as it shows itself at
// this bus speed.
Descriptors describe(const UsbIdentity& identity, Speed speed, std::initializer_list<EndpointSpec> endpoints);

Descriptors describe(const UsbIdentity& identity, Speed speed, std::span<const EndpointSpec> endpoints);

// The same with bulk endpoints of the largest packets that the speed allows: 512 bytes at high speed, 64 at full.
Descriptors describe_bulk(const UsbIdentity& identity, Speed speed, std::initializer_list<std::uint8_t> endpoints);

}  // namespace singel::firmware_bridge::virtual_instrument
