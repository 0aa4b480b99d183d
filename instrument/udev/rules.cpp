#include "instrument/udev/rules.hpp"

#include <fmt/format.h>

#include "instrument/families.hpp"

namespace singel::instrument {

std::string udev_rules() {
    std::string text =
        "# Spectrometers that Singel drives, for whoever sits at the machine. Made from the model tables.\n"
        "# Copy to /etc/udev/rules.d/, run \"udevadm control --reload\", unplug the instrument and plug it in "
        "again.\n"
        "ACTION!=\"add|bind\", GOTO=\"singel_end\"\n"
        "SUBSYSTEM!=\"usb\", GOTO=\"singel_end\"\n"
        "ENV{DEVTYPE}!=\"usb_device\", GOTO=\"singel_end\"\n";
    for (const Family& family : families())
        for (const KnownModel& model : family.models)
            text += fmt::format(
                "# {} ({})\n"
                "ATTR{{idVendor}}==\"{:04x}\", ATTR{{idProduct}}==\"{:04x}\", TAG+=\"uaccess\"\n",
                model.name, family.name, model.vendor_id, model.product_id);
    return text + "LABEL=\"singel_end\"\n";
}

}  // namespace singel::instrument
