#pragma once

#include <string>
#include <vector>

#include "firmware-bridge/wire/fid/eeprom.hpp"

namespace singel::firmware_bridge::wire::fid {

// Whether what the memory says can be used (section 5, range checks).
struct Verdict {
    bool wavelengths_usable = false;    // finite, strictly monotonic over the region of interest
    bool laser_usable = false;          // has a laser and not one check failed; otherwise it must stay at 0
    std::vector<std::string> problems;  // one sentence each, naming the field and the values
};

Verdict check(const Eeprom& eeprom);

// The region of interest, or all pixels where the memory's is empty, reversed or beyond the detector.
PixelSpan usable_pixels(const Eeprom& eeprom);

}  // namespace singel::firmware_bridge::wire::fid
