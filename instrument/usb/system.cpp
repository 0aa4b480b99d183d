#include "instrument/usb/system.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

namespace singel::instrument::usb {

namespace fs = std::filesystem;

namespace {

// Linux, Documentation/admin-guide/devices.txt: major 189, 128 minors a bus.
constexpr unsigned usb_major = 189, minors_a_bus = 128;

std::optional<std::string> text_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(stream), {});
}

std::string link_target(const fs::path& link) {
    std::error_code error;
    const fs::path target = fs::read_symlink(link, error);
    return error ? std::string() : target.filename().string();
}

bool all_digits(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

bool has_open(const fs::path& process, std::string_view node) {
    std::error_code error;
    for (const auto& descriptor : fs::directory_iterator(process / "fd", error)) {
        const fs::path target = fs::read_symlink(descriptor.path(), error);
        if (target.string().ends_with(node)) return true;
    }
    return false;
}

std::vector<std::string> holders_of(std::string_view node, const fs::path& proc) {
    std::vector<std::string> holders;
    std::error_code error;
    for (const auto& process : fs::directory_iterator(proc, error)) {
        const std::string number = process.path().filename().string();
        if (!all_digits(number) || !has_open(process.path(), node)) continue;
        std::string name = text_of(process.path() / "comm").value_or("a program");
        std::erase(name, '\n');
        holders.push_back(fmt::format("{} ({})", name, number));
    }
    std::ranges::sort(holders);
    return holders;
}

// udev's database names a tag in a line of its own: G for ever given, Q for valid now.
bool tagged(const Address& address, const fs::path& data) {
    const unsigned minor = (address.bus - 1U) * minors_a_bus + address.device - 1U;
    const auto text = text_of(data / fmt::format("c{}:{}", usb_major, minor));
    return text && (text->find("\nG:uaccess\n") != std::string::npos || text->starts_with("G:uaccess\n"));
}

}  // namespace

std::string bound_driver(const Attached& device, const SystemRoots& roots) {
    if (device.port.empty()) return {};
    return link_target(roots.sysfs / "bus/usb/devices" / (device.port + ":1.0") / "driver");
}

SystemFacts facts_of(const Attached& device, const SystemRoots& roots) {
    SystemFacts facts;
    facts.kernel_driver = bound_driver(device, roots);
    facts.tagged = tagged(device.address, roots.udev_data);
    facts.holders =
        holders_of(fmt::format("/dev/bus/usb/{:03}/{:03}", device.address.bus, device.address.device), roots.proc);
    return facts;
}

RuleState rule_state(std::string_view file_name, std::string_view wanted, const SystemRoots& roots) {
    for (const fs::path& folder : roots.rules) {
        const auto text = text_of(folder / file_name);
        if (text) return *text == wanted ? RuleState::installed : RuleState::outdated;
    }
    return RuleState::missing;
}

}  // namespace singel::instrument::usb
