#include "firmware-bridge/virtual/ocean.hpp"

#include "firmware-bridge/virtual/descriptors.hpp"
#include "firmware-bridge/virtual/ocean_firmware.hpp"
#include "firmware-bridge/virtual/optics/random.hpp"
#include "firmware-bridge/virtual/unit_seed.hpp"
#include "firmware-bridge/virtual/virtual_device.hpp"

namespace singel::firmware_bridge::virtual_instrument {

namespace {

optics::Sensor sensor_of(const OceanModel& model, const Scene& scene, std::string_view serial) {
    optics::Spectrograph spectrograph;
    for (std::size_t pixel = 0; pixel < model.pixels; ++pixel) {
        const auto& c = model.wavelength_nm;
        const auto p = static_cast<double>(pixel);
        spectrograph.wavelength_nm.push_back(c[0] + p * (c[1] + p * (c[2] + p * c[3])));
    }
    spectrograph.line_width_nm = model.line_width_nm;
    optics::Detector detector;
    detector.pixels = model.pixels;
    detector.counts_per_electron = model.counts_per_electron;
    detector.read_noise_counts = model.read_noise_counts;
    detector.offset_counts = model.offset_counts;
    detector.dark_counts_per_s = model.dark_counts_per_s;
    detector.offset_pattern_counts = 12;
    detector.response_pattern = 0.01;
    detector.hot_pixels = 4;
    detector.cosmic_rays_per_s = 0.01;
    detector.nonlinearity = std::span(model.nonlinearity).first(model.nonlinearity_order + 1);
    detector.masked_first = model.masked_first;
    detector.masked_count = model.masked_count;
    return {detector, optics::project(scene, spectrograph, detector.full_scale), unit_seed(model.name, serial),
            scene.seed};
}

}  // namespace

std::vector<std::string_view> ocean_model_names() {
    std::vector<std::string_view> names;
    for (const OceanModel& row : ocean_rows) names.push_back(row.name);
    return names;
}

std::unique_ptr<UsbDevice> make_ocean(std::string_view name, Scene scene, Faults faults, std::string serial,
                                      Speed speed) {
    const auto row =
        std::find_if(ocean_rows.begin(), ocean_rows.end(), [&](const auto& m) { return m.name == name; });
    if (row == ocean_rows.end()) return nullptr;
    const OceanModel& model = *row;
    if (serial.empty()) serial = model.default_serial;
    serial.resize(std::min(serial.size(), wire::ooi::slot_data_bytes));
    optics::Sensor sensor = sensor_of(model, scene, serial);
    const UsbIdentity identity{wire::ooi::vendor_id,
                               model.product_id,
                               0x0002,
                               "Ocean Optics (virtual)",
                               std::string(model.name) + " (virtual)",
                               serial};
    const auto firmware = [&](Port port) -> std::unique_ptr<Firmware> {
        return std::make_unique<OceanFirmware>(model, std::move(sensor), serial, port);
    };
    return std::make_unique<VirtualDevice>(describe_bulk(identity, speed, {0x01, 0x82, 0x86, 0x81}),
                                           std::move(faults), firmware);
}

}  // namespace singel::firmware_bridge::virtual_instrument
