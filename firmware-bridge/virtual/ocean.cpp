#include "firmware-bridge/virtual/ocean.hpp"

#include <algorithm>

#include "firmware-bridge/virtual/descriptors.hpp"
#include "firmware-bridge/virtual/ocean_firmware.hpp"
#include "firmware-bridge/virtual/unit_seed.hpp"
#include "firmware-bridge/virtual/virtual_device.hpp"

namespace singel::firmware_bridge::virtual_instrument {

namespace ooi = wire::ooi;

namespace {

optics::Spectrograph spectrograph_of(const OceanModel& model) {
    optics::Spectrograph spectrograph;
    const auto& c = model.calibration.wavelength_nm;
    for (std::size_t pixel = 0; pixel < model.facts.dialect.pixels; ++pixel) {
        const double p = static_cast<double>(pixel) - model.facts.wavelength_shift;
        spectrograph.wavelength_nm.push_back(c[0] + p * (c[1] + p * (c[2] + p * c[3])));
    }
    spectrograph.line_width_nm = model.calibration.line_width_nm;
    return spectrograph;
}

optics::Detector detector_of(const OceanModel& model) {
    const OceanDetector& row = model.detector;
    const OceanCalibration& calibration = model.calibration;
    optics::Detector detector;
    detector.pixels = model.facts.dialect.pixels;
    detector.full_scale = calibration.autonull_saturation == 0
                              ? model.facts.full_scale
                              : std::min(calibration.autonull_saturation, model.facts.full_scale);
    detector.counts_per_electron = row.counts_per_electron;
    detector.read_noise_counts = row.read_noise_counts;
    detector.offset_counts = row.offset_counts;
    detector.dark_counts_per_s = row.dark_counts_per_s;
    detector.offset_pattern_counts = row.read_noise_counts / 4;
    detector.response_pattern = 0.01;
    detector.hot_pixels = 4;
    detector.cosmic_rays_per_s = 0.01;
    detector.nonlinearity = std::span(calibration.nonlinearity).first(calibration.nonlinearity_order + 1);
    for (const ooi::PixelSpan& masked : row.masked) {
        for (std::size_t pixel = masked.first; pixel <= masked.last; ++pixel) detector.blind.push_back(pixel);
    }
    return detector;
}

Descriptors descriptors_of(const OceanModel& model, Speed speed, std::string_view serial) {
    const ooi::EndpointMap& map = model.facts.dialect.endpoints;
    const bool high_speed = speed == Speed::high;
    const std::size_t packet = ooi::packet_size(model.facts.dialect, high_speed);
    const std::size_t command_packet = high_speed ? map.command_packet : ooi::full_speed_packet;
    std::vector<EndpointSpec> endpoints;
    const auto add = [&](std::uint8_t address, std::size_t size) {
        if (address != 0) endpoints.push_back({address, static_cast<std::uint16_t>(size)});
    };
    add(map.command, command_packet);
    add(map.spectrum, packet);
    add(map.second_spectrum, packet);
    add(map.reply, command_packet);
    add(map.unused_out, packet);
    UsbIdentity identity;
    identity.vendor_id = ooi::vendor_id;
    identity.product_id = model.facts.product_id;
    identity.release = 0x0002;
    identity.manufacturer = "Ocean Optics (virtual)";
    identity.product = std::string(model.facts.name) + " (virtual)";
    identity.serial = serial;
    return describe(identity, speed, std::span<const EndpointSpec>(endpoints));
}

}  // namespace

std::vector<std::string_view> ocean_model_names() {
    std::vector<std::string_view> names;
    for (const OceanModel& row : ocean_rows()) names.push_back(row.facts.name);
    return names;
}

std::unique_ptr<UsbDevice> make_ocean(std::string_view name, Scene scene, Faults faults, std::string serial,
                                      Speed speed) {
    const auto row = std::ranges::find(ocean_rows(), name, [](const OceanModel& model) { return model.facts.name; });
    if (row == ocean_rows().end()) return nullptr;
    const OceanModel& model = *row;
    if (model.facts.dialect.full_speed_only) speed = Speed::full;
    if (serial.empty()) serial = model.default_serial;
    serial.resize(std::min(serial.size(), ooi::slot_data_bytes));
    const optics::Detector detector = detector_of(model);
    optics::Sensor sensor(detector, optics::project(scene, spectrograph_of(model), detector.full_scale),
                          unit_seed(model.facts.name, serial), scene.seed);
    const auto firmware = [&](Port port) -> std::unique_ptr<Firmware> {
        return std::make_unique<OceanFirmware>(model, std::move(sensor), serial, speed, port);
    };
    return std::make_unique<VirtualDevice>(descriptors_of(model, speed, serial), std::move(faults), firmware);
}

}  // namespace singel::firmware_bridge::virtual_instrument
