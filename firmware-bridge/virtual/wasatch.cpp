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

std::uint16_t product_of(fid::Board board) {
    return board == fid::Board::arm      ? fid::product_arm
           : board == fid::Board::ingaas ? fid::product_fx2_ingaas
                                         : fid::product_fx2_silicon;
}

// Where the memory's polynomials have a pixel: a detector mounted the other way round sends its last pixel first.
std::size_t place_of(const WasatchModel& model, std::size_t pixel) {
    return model.has(fid::feature::invert_axis) ? model.pixels - 1 - pixel : pixel;
}

optics::Sensor sensor_of(const WasatchModel& model, const Scene& scene, std::string_view serial) {
    optics::Spectrograph spectrograph;
    spectrograph.excitation_nm = static_cast<double>(model.excitation_nm);
    for (std::size_t pixel = 0; pixel < model.pixels; ++pixel) {
        const auto p = static_cast<double>(place_of(model, pixel));
        spectrograph.wavelength_nm.push_back(fid::polynomial(model.wavelength_nm, p));
        // What corrects by the memory gets the scene back, also from a format that holds no correction.
        const bool corrected = model.eeprom_format >= 7;
        spectrograph.response.push_back(corrected ? std::pow(10.0, -fid::polynomial(model.raman_intensity, p)) : 1.0);
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
    if (model.bad_pixel >= 0) detector.weak = {place_of(model, static_cast<std::size_t>(model.bad_pixel))};
    return {detector, optics::project(scene, spectrograph, detector.full_scale), unit_seed(model.name, serial),
            scene.seed};
}

}  // namespace

std::vector<std::string_view> wasatch_model_names() {
    std::vector<std::string_view> names;
    for (const WasatchModel& row : wasatch_rows()) names.push_back(row.name);
    return names;
}

std::unique_ptr<UsbDevice> make_wasatch(std::string_view name, Scene scene, Faults faults, std::string serial,
                                        Speed speed) {
    const auto row = std::ranges::find(wasatch_rows(), name, &WasatchModel::name);
    if (row == wasatch_rows().end()) return nullptr;
    const WasatchModel& model = *row;
    constexpr std::size_t serial_bytes = 16;
    if (serial.empty()) serial = model.default_serial;
    serial.resize(std::min(serial.size(), serial_bytes));
    wire::Decoded<std::vector<fid::Page>> eeprom = fid::encode_eeprom(eeprom_of(model, serial));
    assert(eeprom);
    optics::Sensor sensor = sensor_of(model, scene, serial);
    const UsbIdentity identity{fid::vendor_id,
                               product_of(model.board),
                               0x0000,
                               "Wasatch Photonics (virtual)",
                               std::string(model.name) + " (virtual)",
                               serial};
    const auto firmware = [&](Port port) -> std::unique_ptr<Firmware> {
        return std::make_unique<WasatchFirmware>(model, std::move(sensor), std::move(*eeprom), port);
    };
    const Descriptors descriptors =
        !model.arm() ? describe_bulk(identity, speed, {fid::spectrum_endpoint, fid::second_spectrum_endpoint})
                     : describe_bulk(identity, speed, {fid::spectrum_endpoint});
    return std::make_unique<VirtualDevice>(descriptors, std::move(faults), firmware);
}

}  // namespace singel::firmware_bridge::virtual_instrument
