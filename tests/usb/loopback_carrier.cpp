// usbfs-loopback OPTIONS -- PROGRAM ARGS…: runs a program with loopback devices on the emulated bus.

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <string_view>

#include "firmware-bridge/carriers/usbfs.hpp"
#include "tests/usb/loopback_device.hpp"

namespace {

namespace carriers = singel::firmware_bridge::carriers;
using singel::tests::LoopbackDevice;
using std::chrono::milliseconds;

struct Wishes {
    carriers::UsbfsOptions options;
    int devices = 1;
    LoopbackDevice::Speed speed = LoopbackDevice::Speed::high;
    bool understood = true;
};

Wishes read(char** begin, char** end) {
    Wishes wishes;
    for (char** word = begin; word != end; ++word) {
        const std::string_view text = *word;
        const std::string_view name = text.substr(0, text.find('='));
        const std::string_view value = name.size() < text.size() ? text.substr(name.size() + 1) : std::string_view();
        int number = 0;
        std::from_chars(value.data(), value.data() + value.size(), number);
        if (name == "--devices") {
            wishes.devices = number;
        } else if (name == "--full-speed") {
            wishes.speed = LoopbackDevice::Speed::full;
        } else if (name == "--replug-after") {
            wishes.options.replug_after = milliseconds(number);
        } else if (name == "--unplug-after") {
            wishes.options.plugs.push_back({0, milliseconds(number), false});
        } else if (name == "--claim-not-ready") {
            wishes.options.claim_not_ready = milliseconds(number);
        } else {
            wishes.understood = false;
        }
    }
    return wishes;
}

int complain(const singel::spectra::core::Error& error) {
    fmt::print(stderr, "usbfs-loopback: {}\n", error.sentence());
    return 99;
}

}  // namespace

int main(int argc, char** argv) {
    char** const end = argv + argc;
    char** const cut = std::find_if(argv, end, [](const char* word) { return std::string_view(word) == "--"; });
    const Wishes wishes = read(argv + 1, cut);
    if (!wishes.understood || cut == end) return complain({{}, "the options were not understood", {}, {}});
    const auto entered = carriers::enter_usbfs(argv);
    if (!entered) return complain(entered.error());

    std::vector<std::unique_ptr<singel::firmware_bridge::virtual_instrument::UsbDevice>> devices;
    for (int i = 1; i <= wishes.devices; ++i) {
        devices.push_back(std::make_unique<LoopbackDevice>(fmt::format("LOOP{}", i), wishes.speed));
    }
    const auto code = carriers::run_on_usbfs(std::move(devices), {cut + 1, end}, wishes.options);
    return code ? *code : complain(code.error());
}
