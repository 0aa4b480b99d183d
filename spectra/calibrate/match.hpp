#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "spectra/calibrate/peaks.hpp"
#include "spectra/core/lamp_lines.hpp"

namespace singel::spectra::calibrate {

// A lamp line as this instrument can see it.
struct VisibleLine {
    core::LampLine line;
    std::string refused;  // why it cannot be used; empty when it can
};

// The lines between two wavelengths (air nm), with the blends marked that an instrument of this resolution (full
// width at half maximum, nm) cannot separate.
std::vector<VisibleLine> visible_lines(core::Lamp lamp, double low_nm, double high_nm, double fwhm_nm);

// How the prior axis is off: true wavelength = prior + shift + scale * (prior - centre).
struct Alignment {
    double shift_nm = 0.0, scale = 0.0, centre_nm = 0.0;
    double matched = 0.0;  // fraction of the light in the peaks that lies on lines
    double operator()(double prior_nm) const { return prior_nm + shift_nm + scale * (prior_nm - centre_nm); }
};

// Tries all shifts and scales within the given limits; a line and a peak within tolerance_nm are a match. Light
// counts by the root of a peak's height, so that one strong line decides nothing alone.
Alignment align(std::span<const double> prior_nm, std::span<const Peak> peaks, std::span<const VisibleLine> lines,
                double search_nm, double search_scale, double tolerance_nm);

}  // namespace singel::spectra::calibrate
