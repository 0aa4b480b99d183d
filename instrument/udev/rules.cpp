#include "instrument/udev/rules.hpp"

#include <fmt/format.h>

#include "instrument/families.hpp"

namespace singel::instrument {

namespace {

// bind: a kernel driver took the device first. change: the device was there before the rule, since boot or by hand.
constexpr std::string_view head =
    R"(# Spectrometers that Singel drives, for whoever sits at the machine. Made from the model tables.
# Copy to /etc/udev/rules.d/60-singel.rules, run "udevadm control --reload" and "udevadm trigger", or unplug the
# instrument and plug it in again. The number must stay below 73: there the tag becomes a permission.
ACTION!="add|bind|change", GOTO="singel_end"
SUBSYSTEM!="usb", GOTO="singel_end"
ENV{DEVTYPE}!="usb_device", GOTO="singel_end"
)";

}  // namespace

std::string udev_rules() {
    std::string text(head);
    for (const Family& family : families())
        for (const KnownModel& model : family.models)
            text += fmt::format(
                "# {} ({})\n"
                "ATTR{{idVendor}}==\"{:04x}\", ATTR{{idProduct}}==\"{:04x}\", TAG+=\"uaccess\"\n",
                model.name, family.name, model.vendor_id, model.product_id);
    return text + "LABEL=\"singel_end\"\n";
}

}  // namespace singel::instrument
