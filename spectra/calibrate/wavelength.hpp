#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "spectra/core/axis.hpp"
#include "spectra/core/lamp_lines.hpp"
#include "spectra/core/result.hpp"
#include "spectra/core/spectrum.hpp"

// The wavelength of each pixel from the known lines of a lamp.
namespace singel::spectra::calibrate {

struct WavelengthOptions {
    int order = 3;                // of the polynomial, 1 to 5
    int max_order = 5;            // a higher order is taken, up to this, when it keeps more lines or fits them better
    double search_nm = 3.0;       // how far a line may lie from where the prior axis puts it
    double search_scale = 0.005;  // how far the prior's dispersion may be wrong, relative
    std::size_t first_pixel = 0;  // detector pixel of the scan's first value
    double used_low_nm = 0.0;     // the part of the axis that is used for analysis, air nm; both 0: all that the
    double used_high_nm = 0.0;    // lamp's lines can reach
};

// Acceptance limits (domain figures: RMS 0.1 px, maximum 0.3 px, 6 lines over 70 % of the range in use).
struct WavelengthLimits {
    std::size_t min_lines = 6;
    double min_coverage = 0.7;
    double max_rms_px = 0.1;
    double max_residual_px = 0.3;
};

struct LineUsed {
    core::AirNm wavelength;
    double pixel = 0.0;        // fitted centre, counted from the detector's first pixel
    double pixel_sigma = 0.0;  // standard deviation of the centre from the fit
    double residual_px = 0.0;  // measured - fitted
    double residual_nm = 0.0;
    double residual_cm1 = 0.0;
};

struct LineRefused {
    core::AirNm wavelength;
    std::string reason;  // "saturated", "two lines too close to separate", "no peak", "outlier" …
};

// A calibration as data. wavelength(p) = c0 + c1 p + c2 p² + … in air, nm, at detector pixel p.
struct WavelengthCalibration {
    core::Lamp lamp{};
    core::AxisKind medium = core::AxisKind::wavelength_air_nm;
    std::size_t pixels = 0;            // that the scan had
    std::vector<double> coefficients;  // c0, c1, …
    std::vector<double> covariance;    // of the coefficients, row after row
    std::vector<LineUsed> used;
    std::vector<LineRefused> refused;
    double rms_px = 0.0, max_px = 0.0;  // of the residuals
    double leave_one_out_px = 0.0;      // RMS of each line against the fit without it
    double coverage = 0.0;              // of the range in use by the used lines, 0 to 1
    bool accepted = false;
    std::vector<std::string> reasons;  // why it was not accepted; empty when it was

    core::Result<core::Axis> axis(std::size_t first_pixel, std::size_t pixels) const;  // wavelength_air_nm
};

// Calibrates from a dark-corrected lamp scan (one value a pixel, in pixel order) and a rough prior axis of the same
// length in nm (the instrument's own). A calibration that misses a limit is returned with accepted = false and the
// reasons. Faults: invalid_argument (lengths, order, axis kind), saturated (most lines are clipped), too_weak (no
// peak stands out of the noise), wrong_format (the peaks fit no lamp line: wrong lamp or wrong prior).
core::Result<WavelengthCalibration> calibrate_wavelength(const core::Spectrum& scan, const core::Axis& prior,
                                                         core::Lamp lamp, const WavelengthOptions& options = {},
                                                         const WavelengthLimits& limits = {});

}  // namespace singel::spectra::calibrate
