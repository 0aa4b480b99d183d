#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Where a value comes from: what measured it, through which link, and each step done since.
namespace singel::spectra::core {

enum class Technique { raman, infrared, near_infrared, unknown };
enum class Link { usb, usbfs_emulated, in_process, file };

std::string_view name(Technique technique);
std::string_view name(Link link);
Technique technique_named(std::string_view name);  // unknown when it is none of them

struct InstrumentIdentity {
    std::string model;
    std::string serial;
    Link link = Link::file;
    bool simulated = false;  // true for every virtual instrument, whatever the link
    bool proven = false;     // a technician recorded an acceptance run for this serial
    friend bool operator==(const InstrumentIdentity&, const InstrumentIdentity&) = default;
};

struct Step {
    std::string name;        // "dark", "average", "despike" …
    std::string parameters;  // "frames=8", for people and for recomputation
    friend bool operator==(const Step&, const Step&) = default;
};

struct Provenance {
    std::string source;  // "file.csv#0", or the record's id
    InstrumentIdentity instrument;
    std::string calibration_id;  // "device" when the instrument's own memory is used
    std::vector<Step> steps;

    Provenance with(std::string step, std::string parameters = {}) const;  // a copy, grown by one step
};

}  // namespace singel::spectra::core
