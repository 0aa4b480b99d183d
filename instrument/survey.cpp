#include "instrument/survey.hpp"

#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "instrument/families.hpp"
#include "instrument/udev/rules.hpp"
#include "spectra/core/result.hpp"

namespace singel::instrument {

namespace asio = boost::asio;
using core::Failure;
using core::Fault;

namespace {

// OOI notes, section 7: how a Cypress chip shows itself whose memory no longer says what it is.
struct BareChip {
    std::uint16_t vendor_id, product_id;
};
constexpr std::array bare_chips{BareChip{0x0547, 0x2131}, BareChip{0x0547, 0x2235}, BareChip{0x04B4, 0x8613}};

bool is_bare_chip(const usb::Attached& device) {
    for (const BareChip& chip : bare_chips)
        if (chip.vendor_id == device.vendor_id && chip.product_id == device.product_id) return true;
    return false;
}

Found bare_chip(const usb::Attached& device) {
    Found found;
    found.id = usb::id_of(device);
    found.model = "Cypress chip without firmware";
    found.speed = device.speed;
    found.access = Access::no_firmware;
    found.simulated = usb::on_emulated_bus();
    found.link = found.simulated ? core::Link::usbfs_emulated : core::Link::usb;
    return found;
}

asio::awaitable<void> read_memory(Surveyed& one) {
    const SpectrometerPtr opened = co_await open(one.found.id);
    const Description& description = opened->description();
    one.found.serial = description.identity.serial;
    one.found.model = description.identity.model;
    one.firmware = description.firmware;
    one.warnings = description.warnings;
    co_await opened->close();
}

asio::awaitable<void> open_for_a_look(Surveyed& one) {
    try {
        co_await read_memory(one);
    } catch (const Failure& failure) {
        if (failure.error().fault == Fault::cancelled) throw;
        one.problem = failure.error();
    }
}

std::string without_permission(const Surveyed& one, usb::RuleState rule) {
    if (rule == usb::RuleState::missing || (rule == usb::RuleState::outdated && !one.system.tagged))
        return "Put the output of `singel doctor --udev-rules` into /etc/udev/rules.d/60-singel.rules, run `udevadm "
               "control --reload`, unplug the instrument and plug it in again.";
    if (!one.system.tagged) return "The udev rule came after this instrument: unplug it and plug it in again.";
    return "Sit at this machine: the rule gives the instrument to whoever is logged in at its screen.";
}

}  // namespace

asio::awaitable<std::vector<Surveyed>> survey(Opening opening) {
    std::vector<Surveyed> all;
    const auto found = co_await discover(false);
    const auto devices = co_await usb::enumerate();
    for (const Found& one : found) all.emplace_back().found = one;
    for (const usb::Attached& device : devices) {
        if (is_bare_chip(device)) all.emplace_back().found = bare_chip(device);
        for (Surveyed& one : all) {
            if (one.found.id != usb::id_of(device)) continue;
            one.port = device.port;
            one.system = usb::facts_of(device);
        }
    }
    if (opening == Opening::free)
        for (Surveyed& one : all)
            if (one.found.access == Access::usable) co_await open_for_a_look(one);
    co_return all;
}

usb::RuleState udev_rule_state() {
    return usb::rule_state(udev_rules_file, udev_rules());
}

std::string advice(const Surveyed& one, usb::RuleState rule) {
    switch (one.found.access) {
        case Access::no_firmware:
            return "If this is a spectrometer, it has lost its firmware: unplug it for ten seconds; if it comes back "
                   "the same, only its maker can mend it.";
        case Access::no_permission: return without_permission(one, rule);
        case Access::busy:
            if (one.system.holders.empty()) return "Close the other program that uses it.";
            return fmt::format("Close the program that holds it: {}.", fmt::join(one.system.holders, ", "));
        case Access::usable: break;
    }
    if (one.problem) return one.problem->remedy.empty() ? "Unplug it, plug it in again." : one.problem->remedy;
    if (one.found.speed == BusSpeed::full)
        return "It runs at full speed, where frames take longer: if it can do better, use another port or cable.";
    return "Nothing to do.";
}

}  // namespace singel::instrument
