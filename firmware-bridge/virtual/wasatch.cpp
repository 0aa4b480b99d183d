#include "firmware-bridge/virtual/wasatch.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "firmware-bridge/virtual/descriptors.hpp"
#include "firmware-bridge/virtual/unit_seed.hpp"
#include "firmware-bridge/virtual/virtual_device.hpp"
#include "firmware-bridge/virtual/wasatch_firmware.hpp"

namespace singel::firmware_bridge::virtual_instrument {

namespace fid = wire::fid;

namespace {

optics::Sensor sensor_of(const WasatchModel& model, const Scene& scene, std::string_view serial) {
    optics::Spectrograph spectrograph;
    spectrograph.excitation_nm = static_cast<double>(model.excitation_nm);
    for (std::size_t pixel = 0; pixel < model.pixels; ++pixel) {
        const auto p = static_cast<double>(pixel);
        spectrograph.wavelength_nm.push_back(fid::polynomial(model.wavelength_nm, p));
        spectrograph.response.push_back(std::pow(10.0, -fid::polynomial(model.raman_intensity, p)));
    }
    const double middle_nm = spectrograph.wavelength_nm[model.pixels / 2];
    spectrograph.line_width_nm = static_cast<double>(model.resolution_cm1) * middle_nm * middle_nm / 1e7;
    optics::Detector detector;
    detector.pixels = model.pixels;
    detector.counts_per_electron = model.counts_per_electron;
    detector.read_noise_counts = model.read_noise_counts;
    detector.offset_counts = model.offset_counts;
    detector.dark_counts_per_s = model.dark_counts_per_s;
    detector.offset_pattern_counts = 6;
    detector.response_pattern = 0.004;
    detector.hot_pixels = 5;
    detector.cosmic_rays_per_s = 0.03;
    detector.masked_first = model.masked_first;
    detector.masked_count = model.masked_count;
    if (model.bad_pixel >= 0) detector.weak = {static_cast<std::size_t>(model.bad_pixel)};
    return {detector, optics::project(scene, spectrograph, detector.full_scale), unit_seed(model.name, serial),
            scene.seed};
}

// Temperature polynomials are those of the units whose memory is published with Wasatch.PY (MIT licence).
void set_detector(const WasatchModel& model, fid::Eeprom& e) {
    e.startup_detector_celsius = 10;
    e.celsius_to_dac = {4102.95F, -143.093F, -0.487926F};
    e.adc_to_celsius = {61.4235F, -0.0112123F, -8.0e-07F};
    e.max_detector_celsius = 20;
    e.min_detector_celsius = 10;
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
    e.subformat = fid::Subformat::raman_intensity;
    e.raman_intensity.assign(model.raman_intensity.begin(), model.raman_intensity.end());
}

}  // namespace

std::vector<std::string_view> wasatch_model_names() {
    std::vector<std::string_view> names;
    for (const WasatchModel& row : wasatch_rows) names.push_back(row.name);
    return names;
}

fid::Eeprom eeprom_of(const WasatchModel& model, std::string_view serial) {
    fid::Eeprom e;
    e.model = model.eeprom_model;
    e.serial = serial;
    e.baud_rate = 300;
    e.has_cooling = e.has_laser = true;
    e.feature_mask = model.feature_mask;
    e.slit_um = model.slit_um;
    e.startup_integration = std::chrono::milliseconds(10);
    e.gain = e.gain_odd = model.gain;
    e.format = model.eeprom_format;
    e.calibration_date = "01/01/2026";
    e.calibrated_by = "VIR";
    e.user_text = "virtual instrument";
    set_detector(model, e);
    set_laser(model, e);
    return e;
}

std::unique_ptr<UsbDevice> make_wasatch(std::string_view name, Scene scene, Faults faults, std::string serial,
                                        Speed speed) {
    const auto row =
        std::find_if(wasatch_rows.begin(), wasatch_rows.end(), [&](const auto& m) { return m.name == name; });
    if (row == wasatch_rows.end()) return nullptr;
    const WasatchModel& model = *row;
    constexpr std::size_t serial_bytes = 16;
    if (serial.empty()) serial = model.default_serial;
    serial.resize(std::min(serial.size(), serial_bytes));
    wire::Decoded<std::vector<fid::Page>> eeprom = fid::encode_eeprom(eeprom_of(model, serial));
    assert(eeprom);
    optics::Sensor sensor = sensor_of(model, scene, serial);
    const UsbIdentity identity{fid::vendor_id,
                               model.product_id,
                               0x0000,
                               "Wasatch Photonics (virtual)",
                               std::string(model.name) + " (virtual)",
                               serial};
    const auto firmware = [&](Port port) -> std::unique_ptr<Firmware> {
        return std::make_unique<WasatchFirmware>(model, std::move(sensor), std::move(*eeprom), port);
    };
    const Descriptors descriptors =
        model.board == fid::Board::fx2
            ? describe_bulk(identity, speed, {fid::spectrum_endpoint, fid::second_spectrum_endpoint})
            : describe_bulk(identity, speed, {fid::spectrum_endpoint});
    return std::make_unique<VirtualDevice>(descriptors, std::move(faults), firmware);
}

}  // namespace singel::firmware_bridge::virtual_instrument
