#include "firmware-bridge/virtual/wasatch_models.hpp"

namespace singel::firmware_bridge::virtual_instrument {

namespace fid = wire::fid;

namespace {

// Temperature polynomials are those of the units whose memory is published with Wasatch.PY (MIT licence).
void set_detector(const WasatchModel& model, fid::Eeprom& e) {
    e.startup_detector_celsius = model.min_celsius;
    e.celsius_to_dac = model.celsius_to_dac;
    e.adc_to_celsius = model.adc_to_celsius;
    e.max_detector_celsius = model.max_celsius;
    e.min_detector_celsius = model.min_celsius;
    e.thermistor_ohms = 10000;
    e.thermistor_beta = 3450;
    e.detector = model.detector;
    e.active_pixels = e.actual_pixels = model.pixels;
    e.active_rows = model.rows;
    e.roi = model.roi;
    e.vertical_roi[0] = {0, static_cast<std::uint16_t>(model.rows - 1)};
    e.wavelength_nm = model.wavelength_nm;
    e.min_integration = std::chrono::milliseconds(model.min_integration_ms);
    e.max_integration = std::chrono::milliseconds(model.max_integration_ms);
    e.resolution_cm1 = model.resolution_cm1;
    if (model.bad_pixel >= 0) e.bad_pixels.push_back(static_cast<std::uint16_t>(model.bad_pixel));
}

void set_laser(const WasatchModel& model, fid::Eeprom& e) {
    e.excitation_nm = model.excitation_nm;
    e.laser_percent_of_mw = model.laser_percent_of_mw;
    e.max_laser_mw = model.max_laser_mw;
    e.min_laser_mw = model.min_laser_mw;
    e.laser_warm_up = model.laser_warm_up;
    e.laser_watchdog = model.watchdog;
    if (e.format < 7) return;
    e.subformat = fid::Subformat::raman_intensity;
    e.raman_intensity.assign(model.raman_intensity.begin(), model.raman_intensity.end());
}

}  // namespace

fid::Eeprom eeprom_of(const WasatchModel& model, std::string_view serial) {
    fid::Eeprom e;
    e.model = model.eeprom_model;
    e.serial = serial;
    e.baud_rate = 300;
    e.has_cooling = model.has_cooler();
    e.has_laser = model.has_laser();
    e.feature_mask = model.feature_mask;
    e.slit_um = model.slit_um;
    e.startup_integration = std::chrono::milliseconds(10);
    e.gain = model.gain;
    e.gain_odd = model.gain_odd;
    e.offset = model.offset;
    e.offset_odd = model.offset_odd;
    e.format = model.eeprom_format;
    e.calibration_date = "01/01/2026";
    e.calibrated_by = "VIR";
    e.user_text = "virtual instrument";
    set_detector(model, e);
    if (model.has_laser()) set_laser(model, e);
    return e;
}

}  // namespace singel::firmware_bridge::virtual_instrument
