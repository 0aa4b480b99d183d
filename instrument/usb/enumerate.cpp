#include "instrument/usb/enumerate.hpp"

#include <array>
#include <charconv>
#include <cstdlib>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <libusb-1.0/libusb.h>

#include "instrument/usb/errors.hpp"
#include "instrument/usb/system.hpp"

namespace singel::instrument::usb {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

BusSpeed speed_of(libusb_device* device) {
    switch (libusb_get_device_speed(device)) {
        case LIBUSB_SPEED_FULL: return BusSpeed::full;
        case LIBUSB_SPEED_HIGH: return BusSpeed::high;
        case LIBUSB_SPEED_SUPER:
        case LIBUSB_SPEED_SUPER_PLUS: return BusSpeed::super;
        default: return BusSpeed::unknown;
    }
}

std::string port_of(libusb_device* device) {
    std::array<std::uint8_t, 7> ports{};  // USB 3.0 allows no deeper tree
    const int depth = libusb_get_port_numbers(device, ports.data(), static_cast<int>(ports.size()));
    if (depth <= 0) return {};
    return fmt::format("{}-{}", libusb_get_bus_number(device), fmt::join(ports.begin(), ports.begin() + depth, "."));
}

std::vector<Attached> list_devices(libusb_context* context) {
    libusb_device** list = nullptr;
    const auto count = libusb_get_device_list(context, &list);
    std::vector<Attached> devices;
    for (ssize_t i = 0; i < count; ++i) {
        libusb_device_descriptor descriptor{};
        if (libusb_get_device_descriptor(list[i], &descriptor) != 0) continue;
        devices.push_back({{libusb_get_bus_number(list[i]), libusb_get_device_address(list[i])},
                           descriptor.idVendor,
                           descriptor.idProduct,
                           speed_of(list[i]),
                           port_of(list[i])});
    }
    if (count >= 0) libusb_free_device_list(list, 1);
    return devices;
}

// Takes a number off the front of the text, and the separator behind it (0: the text must end there).
template <class T>
bool take(std::string_view& text, int base, char separator, T& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    if (error != std::errc()) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (separator == 0) return text.empty();
    if (text.empty() || text.front() != separator) return false;
    text.remove_prefix(1);
    return true;
}

}  // namespace

std::string id_of(const Attached& device) {
    return fmt::format("usb:{:04x}:{:04x}:{}-{}", device.vendor_id, device.product_id, device.address.bus,
                       device.address.device);
}

std::optional<Attached> parse_id(std::string_view id) {
    Attached device;
    if (!id.starts_with("usb:")) return std::nullopt;
    id.remove_prefix(4);
    if (!take(id, 16, ':', device.vendor_id) || !take(id, 16, ':', device.product_id) ||
        !take(id, 10, '-', device.address.bus) || !take(id, 10, 0, device.address.device))
        return std::nullopt;
    return device;
}

bool on_emulated_bus() {
    return std::getenv("UMOCKDEV_DIR") != nullptr;
}

asio::awaitable<std::vector<Attached>> enumerate() {
    const auto context = Context::get();
    const auto list = [context] { return list_devices(context->raw()); };
    auto devices = co_await in_slow_lane(context, list, 3000ms, "list devices");
    co_return devices;
}

asio::awaitable<Openable> try_open(Attached device) {
    Openable result;
    const std::string driver = bound_driver(device);
    if (driver == "usbfs") co_return Openable{false, failure_of_code(LIBUSB_ERROR_BUSY, "claim").error()};
    // A kernel driver gives way when the instrument is opened in earnest, and not for a look.
    const Claim claim = driver.empty() ? Claim::for_a_moment : Claim::nothing;
    std::shared_ptr<UsbTransport> transport;
    try {
        transport = co_await UsbTransport::open(device.address, "", claim);
    } catch (const spectra::core::Failure& failure) {
        result = {false, failure.error()};
    }
    if (transport) co_await transport->release(2000ms);
    co_return result;
}

}  // namespace singel::instrument::usb
