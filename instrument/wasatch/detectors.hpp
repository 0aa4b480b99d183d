#pragma once

#include <array>
#include <string_view>

#include "firmware-bridge/wire/fid/eeprom.hpp"
#include "firmware-bridge/wire/fid/operation.hpp"

namespace singel::instrument::wasatch {

namespace fid = firmware_bridge::wire::fid;

// What a detector's name tells beyond the memory: FID notes, sections 1 and 7.
struct Detector {
    std::string_view name;  // a part of the name in the memory, small letters
    bool ingaas = false;
    bool sleeps = false;         // Sony's sensors of the XS: they wake up with flat frames
    double usual_celsius = -15;  // setpoint where the memory's is out of range
    std::size_t junk_first = 0, junk_last = 0;
    std::string_view junk_fpga{};   // of this version only; empty: of all
    std::size_t electric_dark = 0;  // so many pixels from the first on
};

inline constexpr std::array detectors{
    Detector{"imx385", false, true, 10, 3, 2, "01.1.01", 4},
    Detector{"imx392", false, true, 10, 3, 17},
    Detector{"imx", false, true, 10},
    Detector{"7031"},
    Detector{"10141"},
    Detector{"16011", false, false, 10},
    Detector{"11511", false, false, 10},
    Detector{"11850", false, false, 10},
    Detector{"13971", false, false, 10},
    Detector{"9214", true},
    Detector{"g9206", true},
    Detector{"g14237", true},
    Detector{"ingaas", true},
};

// What fits this unit: the row of the detector that the memory names, with what its board and model name add.
Detector detector_of(const fid::Eeprom& eeprom, fid::Board board);

}  // namespace singel::instrument::wasatch
