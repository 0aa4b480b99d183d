#include "firmware-bridge/wire/fid/eeprom_check.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "firmware-bridge/wire/fid/eeprom_fields.hpp"

namespace singel::firmware_bridge::wire::fid {

namespace {

// A single-mode Raman laser has less than 150 mW, a multi-mode one less than this (section 5).
constexpr float most_laser_mw = 1000;
constexpr std::uint16_t most_pixels = 8192;
constexpr std::chrono::milliseconds longest_integration{0xFFFFFF};  // what the setter takes (section 3, B2)

bool finite(std::span<const float> values) {
    return std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); });
}

// Every field of the table whose name begins so, and that is not a finite number, is a problem of its own.
bool require_finite(std::string_view beginning, const Eeprom& e, std::vector<std::string>& problems) {
    const std::size_t before = problems.size();
    for (const Field& field : eeprom_fields()) {
        const auto* place = std::get_if<float& (*)(Eeprom&)>(&field.place);
        if (place == nullptr || !has(field, e.format) || !field.name.starts_with(beginning)) continue;
        Eeprom copy = e;
        if (!std::isfinite((*place)(copy))) problems.push_back(field_text(field, e) + " is not a finite number");
    }
    return problems.size() == before;
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
    if (!require_finite("wavelength", e, verdict.problems)) return;
    const PixelSpan roi = usable_pixels(e);
    const double first = polynomial(e.wavelength_nm, roi.start), last = polynomial(e.wavelength_nm, roi.end);
    const double sign = last > first ? 1 : -1;
    for (unsigned pixel = roi.start; pixel < roi.end; ++pixel) {
        const double step = polynomial(e.wavelength_nm, pixel + 1) - polynomial(e.wavelength_nm, pixel);
        if (step * sign > 0) continue;
        verdict.problems.push_back(field_text("wavelength c1", e) +
                                   fmt::format(": the wavelengths turn back at pixel {}", pixel));
        return;
    }
    if (std::min(first, last) <= 0 || roi.end == roi.start) {
        verdict.problems.push_back(field_text("wavelength c0", e) +
                                   ": the wavelengths are not positive over a range of pixels");
        return;
    }
    verdict.wavelengths_usable = true;
}

void check_limits(const Eeprom& e, std::vector<std::string>& problems) {
    if (e.active_pixels < 2 || e.active_pixels > most_pixels)
        problems.push_back(field_text("active pixels", e) + fmt::format(" is not between 2 and {}", most_pixels));
    if (e.min_integration > e.max_integration || e.max_integration.count() == 0 ||
        e.max_integration > longest_integration)
        problems.push_back(field_text("integration time min", e) + "; " + field_text("integration time max", e));
    if (e.has_cooling && e.min_detector_celsius > e.max_detector_celsius)
        problems.push_back(field_text("detector temperature min", e) + "; " +
                           field_text("detector temperature max", e));
    for (const std::string_view name : {"detector gain", "degC to DAC", "ADC to degC"})
        require_finite(name, e, problems);
    if (!finite(e.raman_intensity))
        problems.push_back("page 6, offset 0, intensity coefficients: not all are finite");
}

// Refuses what may never be fed to a laser, with the field that says so.
void check_laser(const Eeprom& e, std::vector<std::string>& problems) {
    if (!std::isfinite(e.excitation_nm) || e.excitation_nm < 200 || e.excitation_nm > 2000)
        problems.push_back(field_text("excitation wavelength", e) + " nm is no laser line");
    if (!(e.min_laser_mw >= 0 && e.min_laser_mw <= e.max_laser_mw && e.max_laser_mw > 0 &&
          e.max_laser_mw < most_laser_mw)) {
        problems.push_back(field_text("laser power min", e) + "; " + field_text("laser power max", e) +
                           fmt::format(" mW; a laser has more than 0 and less than {} mW", most_laser_mw));
        return;
    }
    if (!require_finite("laser power c", e, problems)) return;
    if (!rises(e.laser_percent_of_mw, static_cast<double>(e.min_laser_mw), static_cast<double>(e.max_laser_mw)))
        problems.push_back(field_text("laser power c1", e) +
                           ": the laser power calibration does not rise between min and max");
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
