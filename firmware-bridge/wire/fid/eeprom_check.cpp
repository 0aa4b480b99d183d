#include "firmware-bridge/wire/fid/eeprom_check.hpp"

#include <algorithm>
#include <cmath>

namespace singel::firmware_bridge::wire::fid {

namespace {

// A single-mode Raman laser has less than 150 mW, a multi-mode one less than this (section 5).
constexpr float most_laser_mw = 1000;

bool finite(std::span<const float> values) {
    return std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); });
}

// Number of steps of f over [low, high] is enough to find a cubic's turning point at full-scale resolution.
constexpr int monotonic_steps = 256;

bool rises(std::span<const float> coefficients, double low, double high) {
    double before = polynomial(coefficients, low);
    for (int i = 1; i <= monotonic_steps; ++i) {
        const double value = polynomial(coefficients, low + (high - low) * i / monotonic_steps);
        if (!(value > before)) return false;
        before = value;
    }
    return true;
}

void check_wavelengths(const Eeprom& e, Verdict& verdict) {
    if (!finite(e.wavelength_nm)) {
        verdict.problems.push_back("the wavelength coefficients are not finite");
        return;
    }
    const PixelSpan roi = usable_pixels(e);
    const double first = polynomial(e.wavelength_nm, roi.start), last = polynomial(e.wavelength_nm, roi.end);
    const double sign = last > first ? 1 : -1;
    for (unsigned pixel = roi.start; pixel < roi.end; ++pixel) {
        const double step = polynomial(e.wavelength_nm, pixel + 1) - polynomial(e.wavelength_nm, pixel);
        if (step * sign > 0) continue;
        verdict.problems.push_back("the wavelengths turn back at pixel " + std::to_string(pixel));
        return;
    }
    if (std::min(first, last) <= 0 || roi.end == roi.start) {
        verdict.problems.push_back("the wavelengths are not positive over a range of pixels");
        return;
    }
    verdict.wavelengths_usable = true;
}

void check_limits(const Eeprom& e, std::vector<std::string>& problems) {
    if (e.active_pixels < 2) problems.push_back("active pixels: " + std::to_string(e.active_pixels));
    if (e.min_integration > e.max_integration || e.max_integration.count() == 0) {
        problems.push_back("integration time: min " + std::to_string(e.min_integration.count()) + " ms, max " +
                           std::to_string(e.max_integration.count()) + " ms");
    }
    if (e.has_cooling && e.min_detector_celsius > e.max_detector_celsius) {
        problems.push_back("detector temperature: min " + std::to_string(e.min_detector_celsius) + ", max " +
                           std::to_string(e.max_detector_celsius));
    }
    const std::array gains{e.gain, e.gain_odd};
    if (!finite(gains)) problems.push_back("the detector gain is not finite");
    if (!finite(e.celsius_to_dac) || !finite(e.adc_to_celsius)) {
        problems.push_back("the detector temperature coefficients are not finite");
    }
    if (!finite(e.raman_intensity)) problems.push_back("the intensity coefficients are not finite");
}

void check_laser(const Eeprom& e, std::vector<std::string>& problems) {
    if (!std::isfinite(e.excitation_nm) || e.excitation_nm < 200 || e.excitation_nm > 2000) {
        problems.push_back("excitation wavelength: " + std::to_string(e.excitation_nm) + " nm");
    }
    if (!(e.min_laser_mw >= 0 && e.min_laser_mw <= e.max_laser_mw && e.max_laser_mw > 0 &&
          e.max_laser_mw < most_laser_mw)) {
        problems.push_back("laser power: min " + std::to_string(e.min_laser_mw) + " mW, max " +
                           std::to_string(e.max_laser_mw) + " mW");
        return;
    }
    if (!finite(e.laser_percent_of_mw) ||
        !rises(e.laser_percent_of_mw, static_cast<double>(e.min_laser_mw), static_cast<double>(e.max_laser_mw))) {
        problems.push_back("the laser power calibration does not rise between min and max");
    }
}

}  // namespace

PixelSpan usable_pixels(const Eeprom& e) {
    const auto last = static_cast<std::uint16_t>(e.active_pixels == 0 ? 0 : e.active_pixels - 1);
    return e.roi.start < e.roi.end && e.roi.end <= last ? e.roi : PixelSpan{0, last};
}

Verdict check(const Eeprom& e) {
    Verdict verdict;
    check_limits(e, verdict.problems);
    check_wavelengths(e, verdict);
    if (e.has_laser) check_laser(e, verdict.problems);
    verdict.laser_usable = e.has_laser && verdict.problems.empty();
    return verdict;
}

}  // namespace singel::firmware_bridge::wire::fid
