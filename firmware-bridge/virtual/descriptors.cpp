#include "firmware-bridge/virtual/descriptors.hpp"

#include "firmware-bridge/wire/bytes.hpp"

namespace singel::firmware_bridge::virtual_instrument {

namespace {

template <class Specs>
Descriptors make(const UsbIdentity& identity, Speed speed, const Specs& endpoints) {
    constexpr std::uint16_t usb_2 = 0x0200;
    constexpr std::uint8_t vendor_class = 0xFF, control_packet = 64;
    const std::uint8_t subclass = identity.device_class == vendor_class ? vendor_class : 0;
    const bool named = !identity.interface_name.empty();
    Descriptors out;
    out.speed = speed;
    out.vendor_id = identity.vendor_id;
    out.product_id = identity.product_id;
    out.strings = {identity.manufacturer, identity.product, identity.serial};
    if (named) out.strings.push_back(identity.interface_name);
    wire::Writer device;
    device.u8(18).u8(1).u16le(usb_2).u8(identity.device_class).u8(subclass).u8(subclass).u8(control_packet);
    device.u16le(identity.vendor_id).u16le(identity.product_id).u16le(identity.release).u8(1).u8(2).u8(3).u8(1);
    out.device = device.bytes();
    wire::Writer configuration;
    const std::size_t total = 9 + 9 + identity.class_descriptor.size() + 7 * endpoints.size();
    configuration.u8(9).u8(2).u16le(static_cast<std::uint16_t>(total)).u8(1).u8(1).u8(0).u8(identity.attributes);
    configuration.u8(static_cast<std::uint8_t>(identity.current_ma / 2));
    configuration.u8(9).u8(4).u8(0).u8(0).u8(static_cast<std::uint8_t>(endpoints.size()));
    const std::uint8_t interface_subclass = identity.interface_class == vendor_class ? vendor_class : 0;
    configuration.u8(identity.interface_class).u8(interface_subclass).u8(interface_subclass).u8(named ? 4 : 0);
    configuration.raw(identity.class_descriptor);
    for (const EndpointSpec& endpoint : endpoints) {
        configuration.u8(7).u8(5).u8(endpoint.address).u8(static_cast<std::uint8_t>(endpoint.type));
        configuration.u16le(endpoint.packet_size).u8(endpoint.interval);
    }
    out.configuration = configuration.bytes();
    return out;
}

}  // namespace

Descriptors describe(const UsbIdentity& identity, Speed speed, std::initializer_list<EndpointSpec> endpoints) {
    return make(identity, speed, endpoints);
}

Descriptors describe(const UsbIdentity& identity, Speed speed, std::span<const EndpointSpec> endpoints) {
    return make(identity, speed, endpoints);
}

Descriptors describe_bulk(const UsbIdentity& identity, Speed speed, std::initializer_list<std::uint8_t> endpoints) {
    std::vector<EndpointSpec> specs;
    const std::uint16_t packet_size = speed == Speed::high ? 512 : 64;
    for (const std::uint8_t address : endpoints) specs.push_back({address, packet_size});
    return make(identity, speed, specs);
}

}  // namespace singel::firmware_bridge::virtual_instrument
