#include "firmware-bridge/carriers/usbfs_record.hpp"

#include <fmt/format.h>
#include <span>
#include <string_view>

namespace singel::firmware_bridge::carriers {

namespace {

constexpr unsigned usb_major = 189;  // Linux, Documentation/admin-guide/devices.txt; bus 1 has minors 0 to 127

// Offsets in the device descriptor, USB 2.0 table 9-8.
constexpr std::size_t device_descriptor_size = 18, class_at = 4, version_at = 12, manufacturer_at = 14,
                      product_at = 15, serial_at = 16;

std::string hex(std::span<const std::uint8_t> bytes) {
    std::string text;
    for (const std::uint8_t byte : bytes) text += fmt::format("{:02X}", byte);
    return text;
}

// An attribute line; its value ends with an escaped line feed, as files of sysfs do.
std::string attribute(std::string_view name, std::string_view value) {
    std::string escaped;
    for (const char letter : value) escaped += letter == '\\' ? std::string("\\\\") : std::string(1, letter);
    return fmt::format("A: {}={}\\n\n", name, escaped);
}

}  // namespace

std::string BusPlace::sysfs_path() const {
    return fmt::format("/sys/devices/pci0000:00/0000:00:14.0/usb1/1-{}", port);
}

std::string BusPlace::node() const {
    return fmt::format("/dev/bus/usb/001/{:03}", address);
}

std::string sysfs_record(const virtual_instrument::Descriptors& descriptors, const BusPlace& place) {
    std::vector<std::uint8_t> device = descriptors.device;
    device.resize(device_descriptor_size);
    const unsigned minor = place.address - 1;
    const unsigned version = device[version_at] | device[version_at + 1] << 8;
    const auto string = [&](std::size_t at) {
        const std::size_t index = device[at];
        return index >= 1 && index <= descriptors.strings.size() ? descriptors.strings[index - 1] : std::string();
    };
    const bool high = descriptors.speed == virtual_instrument::Speed::high;

    std::string record = fmt::format("P: {}\n", place.sysfs_path().substr(std::string_view("/sys").size()));
    record += "E: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\nE: DRIVER=usb\nE: BUSNUM=001\n";
    record += fmt::format("E: DEVNUM={:03}\nE: DEVNAME={}\n", place.address, place.node());
    record += fmt::format("E: MAJOR={}\nE: MINOR={}\n", usb_major, minor);
    record += fmt::format("E: PRODUCT={:x}/{:x}/{:x}\n", descriptors.vendor_id, descriptors.product_id, version);
    record += fmt::format("E: TYPE={}/{}/{}\n", device[class_at], device[class_at + 1], device[class_at + 2]);
    record += attribute("busnum", "1");
    record += attribute("devnum", fmt::to_string(place.address));
    record += attribute("speed", high ? "480" : "12");
    record += attribute("bConfigurationValue",
                        descriptors.configuration.size() > 5 ? fmt::to_string(descriptors.configuration[5]) : "");
    record += attribute("bNumConfigurations", "1");
    record += attribute("idVendor", fmt::format("{:04x}", descriptors.vendor_id));
    record += attribute("idProduct", fmt::format("{:04x}", descriptors.product_id));
    record += attribute("dev", fmt::format("{}:{}", usb_major, minor));
    if (const auto text = string(manufacturer_at); !text.empty()) record += attribute("manufacturer", text);
    if (const auto text = string(product_at); !text.empty()) record += attribute("product", text);
    if (const auto text = string(serial_at); !text.empty()) record += attribute("serial", text);
    return record + fmt::format("H: descriptors={}{}\n\n", hex(device), hex(descriptors.configuration));
}

}  // namespace singel::firmware_bridge::carriers
