#include "firmware-bridge/virtual/nirscan.hpp"

#include <algorithm>

#include "firmware-bridge/virtual/descriptors.hpp"
#include "firmware-bridge/virtual/nirscan_firmware.hpp"
#include "firmware-bridge/virtual/virtual_device.hpp"

namespace singel::firmware_bridge::virtual_instrument {

namespace {

// The lengths are those of HID 1.11, section 6.2.1; addresses, interval and report descriptor are not published.
Descriptors describe(const NirscanModel& model, const std::string& serial) {
    constexpr std::uint8_t hid_class = 3, self_powered = 0xC0;
    constexpr std::uint16_t packet = wire::nirscan::packet_size;
    UsbIdentity identity{wire::nirscan::vendor_id,
                         wire::nirscan::product_id,
                         0x0100,
                         "Texas Instruments (virtual)",
                         std::string(model.name) + " (virtual)",
                         serial};
    identity.device_class = 0;
    identity.attributes = self_powered;
    identity.interface_class = hid_class;
    identity.class_descriptor = {9, 0x21, 0x11, 0x01, 0, 1, 0x22, 34, 0};
    return describe(identity, Speed::full,
                    {EndpointSpec{0x81, packet, EndpointType::interrupt, 1},
                     EndpointSpec{0x01, packet, EndpointType::interrupt, 1}});
}

}  // namespace

std::vector<std::string_view> nirscan_model_names() {
    std::vector<std::string_view> names;
    for (const NirscanModel& row : nirscan_rows) names.push_back(row.name);
    return names;
}

std::unique_ptr<UsbDevice> make_nirscan(std::string_view name, Scene scene, Faults faults, std::string serial,
                                        Speed) {
    const auto row = std::ranges::find(nirscan_rows, name, &NirscanModel::name);
    if (row == nirscan_rows.end()) return nullptr;
    if (serial.empty()) serial = row->default_serial;
    serial.resize(std::min(serial.size(), wire::nirscan::serial_bytes));
    const auto firmware = [&](Port port) -> std::unique_ptr<Firmware> {
        return std::make_unique<NirscanFirmware>(*row, scene, serial, port);
    };
    return std::make_unique<VirtualDevice>(describe(*row, serial), std::move(faults), firmware);
}

}  // namespace singel::firmware_bridge::virtual_instrument
