#include "firmware-bridge/virtual/descriptors.hpp"

#include "firmware-bridge/wire/bytes.hpp"

namespace singel::firmware_bridge::virtual_instrument {

Descriptors describe(const UsbIdentity& identity, std::initializer_list<std::uint8_t> endpoints) {
    constexpr std::uint16_t usb_2 = 0x0200, packet_size = 512;
    constexpr std::uint8_t vendor_class = 0xFF, control_packet = 64, bus_powered = 0x80, two_ma_units = 250;
    Descriptors out;
    out.vendor_id = identity.vendor_id;
    out.product_id = identity.product_id;
    out.strings = {identity.manufacturer, identity.product, identity.serial};
    wire::Writer device;
    device.u8(18).u8(1).u16le(usb_2).u8(vendor_class).u8(vendor_class).u8(vendor_class).u8(control_packet);
    device.u16le(identity.vendor_id).u16le(identity.product_id).u16le(identity.release).u8(1).u8(2).u8(3).u8(1);
    out.device = device.bytes();
    wire::Writer configuration;
    const std::size_t total = 9 + 9 + 7 * endpoints.size();
    configuration.u8(9).u8(2).u16le(static_cast<std::uint16_t>(total)).u8(1).u8(1).u8(0).u8(bus_powered);
    configuration.u8(two_ma_units).u8(9).u8(4).u8(0).u8(0).u8(static_cast<std::uint8_t>(endpoints.size()));
    configuration.u8(vendor_class).u8(vendor_class).u8(vendor_class).u8(0);
    for (const std::uint8_t address : endpoints) configuration.u8(7).u8(5).u8(address).u8(2).u16le(packet_size).u8(0);
    out.configuration = configuration.bytes();
    return out;
}

}  // namespace singel::firmware_bridge::virtual_instrument
