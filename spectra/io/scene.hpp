#pragma once

#include <cstdint>
#include <string_view>

#include "spectra/core/reference.hpp"
#include "spectra/core/result.hpp"
#include "spectra/core/spectrum.hpp"

namespace singel::spectra::io {

// What lies on the stage of a virtual instrument.
struct SceneSpec {
    core::Spectrum spectrum;    // Raman shift or wavelength axis, strongest point 1; empty: an empty stage
    double fluorescence = 0.0;  // relative to the strongest band
    double brightness = 0.5;    // fraction of full scale in one second
    std::uint64_t seed = 1;
};

// A file of any supported format (its first spectrum, raw - dark where it has both, down to its broad minimum;
// fluorescence that it has stays in it), or a mixture of library substances by name or synonym with parts by Raman
// area: "caffeine:70,acetaminophen:30". Options follow after commas: "fluorescence=2,brightness=0.8,seed=7";
// "laser_power=0.5" halves the brightness. Empty text or "empty" is an empty stage. "lamp:ne" is a neon lamp on an
// axis of wavelengths in air. Refuses unknown names (with near ones), options and amounts that cannot be, files
// without scattered or emitted light.
core::Result<SceneSpec> read_scene(std::string_view text, const core::ReferenceSet& library);

}  // namespace singel::spectra::io
