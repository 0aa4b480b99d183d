#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "spectra/core/units.hpp"

// Emission lines of calibration lamps. Data, in core because both the calibration and the virtual lamp read it.
namespace singel::spectra::core {

enum class Lamp { neon, argon, krypton, xenon, mercury, mercury_argon };

std::string_view name(Lamp lamp);  // "neon"
// "ne", "ar", "kr", "xe", "hg", "hg-ar", or the name; lower case.
std::optional<Lamp> lamp_named(std::string_view text);

struct LampLine {
    AirNm wavelength;
    // Relative to the lamp's other lines. A coarse guide only: it depends on the discharge and the detector.
    double strength = 1.0;
};

// In order of wavelength, 250 nm to 1170 nm. Sources stand with the tables.
std::span<const LampLine> lamp_lines(Lamp lamp);

}  // namespace singel::spectra::core
