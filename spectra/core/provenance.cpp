#include "spectra/core/provenance.hpp"

namespace singel::spectra::core {

std::string_view name(Technique technique) {
    switch (technique) {
        case Technique::raman: return "raman";
        case Technique::infrared: return "infrared";
        case Technique::near_infrared: return "near_infrared";
        case Technique::unknown: return "unknown";
    }
    return "unknown";
}

std::string_view name(Link link) {
    switch (link) {
        case Link::usb: return "usb";
        case Link::usbfs_emulated: return "usbfs_emulated";
        case Link::in_process: return "in_process";
        case Link::file: return "file";
    }
    return "unknown";
}

Technique technique_named(std::string_view text) {
    for (Technique technique : {Technique::raman, Technique::infrared, Technique::near_infrared})
        if (name(technique) == text) return technique;
    return Technique::unknown;
}

Provenance Provenance::with(std::string step, std::string parameters) const {
    Provenance grown = *this;
    grown.steps.push_back({std::move(step), std::move(parameters)});
    return grown;
}

}  // namespace singel::spectra::core
