#include <algorithm>

#include "firmware-bridge/virtual/virtual_device.hpp"

// Chapter 9 of the USB 2.0 specification, as far as a host asks it of a device with one configuration and one
// interface.
namespace singel::firmware_bridge::virtual_instrument {

namespace {

enum : std::uint8_t {
    get_status = 0,
    clear_feature = 1,
    set_feature = 3,
    set_address = 5,
    get_descriptor = 6,
    get_configuration = 8,
    set_configuration = 9,
    get_interface = 10,
    set_interface = 11
};

constexpr std::uint8_t to_device = 0x00, to_interface = 0x01, to_endpoint = 0x02;
constexpr std::uint8_t from_device = 0x80, from_interface = 0x81, from_endpoint = 0x82;

Reply stalled() {
    return {Answer::stall, {}, {}};
}
Reply bytes(std::vector<std::uint8_t> in) {
    return {Answer::ok, std::move(in), {}};
}

std::vector<std::uint8_t> string_descriptor(const std::string& text) {
    std::vector<std::uint8_t> out{0, 3};
    for (const char c : text) {
        out.push_back(static_cast<std::uint8_t>(c));
        out.push_back(0);
    }
    out[0] = static_cast<std::uint8_t>(out.size());
    return out;
}

// What the device would be at the other speed: the same.
std::vector<std::uint8_t> qualifier(const std::vector<std::uint8_t>& device) {
    std::vector<std::uint8_t> out{10, 6};
    out.insert(out.end(), device.begin() + 2, device.begin() + 8);
    out.push_back(1);
    out.push_back(0);
    return out;
}

}  // namespace

Reply VirtualDevice::descriptor(const Setup& setup) const {
    const unsigned type = setup.value >> 8, index = setup.value & 0xFF;
    switch (type) {
        case 1: return bytes(descriptors_.device);
        case 2: return index == 0 ? bytes(descriptors_.configuration) : stalled();
        case 3:
            if (index == 0) return bytes({4, 3, 0x09, 0x04});  // US English only
            return index <= descriptors_.strings.size() ? bytes(string_descriptor(descriptors_.strings[index - 1]))
                                                        : stalled();
        case 6: return descriptors_.speed == Speed::high ? bytes(qualifier(descriptors_.device)) : stalled();
        default: return stalled();
    }
}

Reply VirtualDevice::endpoint_request(const Setup& setup) {
    constexpr std::uint16_t endpoint_halt = 0;
    const auto address = static_cast<std::uint8_t>(setup.index);
    if ((address & 0x7F) == 0) return setup.request == get_status ? bytes({0, 0}) : Reply{};
    if (!endpoints_.has(address)) return stalled();
    if (setup.request == get_status) return bytes({static_cast<std::uint8_t>(endpoints_.halted(address)), 0});
    if (setup.value != endpoint_halt) return stalled();
    if (setup.request == clear_feature) {
        endpoints_.clear_halt(address);
    } else {
        endpoints_.halt(address);
    }
    return {};
}

Reply VirtualDevice::standard_request(const Setup& setup) {
    const auto is = [&](std::uint8_t type, std::uint8_t request) {
        return setup.request_type == type && setup.request == request;
    };
    if (is(from_device, get_descriptor)) return descriptor(setup);
    if (is(from_device, get_status)) return bytes({1, 0});  // self-powered
    if (is(from_device, get_configuration)) return bytes({configuration_});
    if (is(from_interface, get_interface) || is(from_interface, get_status)) {
        return is(from_interface, get_interface) ? bytes({0}) : bytes({0, 0});
    }
    if (is(to_device, set_address)) return {};
    if (is(to_device, set_configuration)) {
        if (setup.value > 1) return stalled();
        configuration_ = static_cast<std::uint8_t>(setup.value);
        endpoints_.clear_halts();
        return {};
    }
    if (is(to_interface, set_interface)) return setup.value == 0 ? Reply{} : stalled();
    if (is(from_endpoint, get_status) || is(to_endpoint, clear_feature) || is(to_endpoint, set_feature)) {
        return endpoint_request(setup);
    }
    return stalled();
}

}  // namespace singel::firmware_bridge::virtual_instrument
