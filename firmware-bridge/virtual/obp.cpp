#include "firmware-bridge/virtual/obp.hpp"

#include <algorithm>

#include "firmware-bridge/virtual/descriptors.hpp"
#include "firmware-bridge/virtual/obp_firmware.hpp"
#include "firmware-bridge/virtual/unit_seed.hpp"
#include "firmware-bridge/virtual/virtual_device.hpp"

namespace singel::firmware_bridge::virtual_instrument {

namespace obp = wire::obp;

namespace {

optics::Sensor sensor_of(const ObpModel& model, const Scene& scene, std::string_view serial) {
    const double full_scale = model.wire.full_scale;
    optics::Spectrograph spectrograph;
    for (std::size_t pixel = 0; pixel < model.wire.pixels; ++pixel) {
        const auto p = static_cast<double>(pixel);
        double nm = 0;
        for (std::size_t i = model.wavelength_nm.size(); i-- > 0;) {
            nm = nm * p + static_cast<double>(model.wavelength_nm[i]);
        }
        spectrograph.wavelength_nm.push_back(nm);
    }
    spectrograph.line_width_nm = model.line_width_nm;
    spectrograph.excitation_nm = model.excitation_nm;
    optics::Detector detector;
    detector.pixels = model.wire.pixels;
    detector.full_scale = full_scale;
    detector.counts_per_electron = full_scale / model.electrons;
    detector.read_noise_counts = model.read_noise * full_scale;
    detector.offset_counts = model.offset * full_scale;
    detector.dark_counts_per_s = model.dark_per_s * full_scale;
    detector.offset_pattern_counts = 2e-4 * full_scale;
    detector.response_pattern = 0.01;
    detector.hot_pixels = 4;
    detector.cosmic_rays_per_s = 0.01;
    detector.nonlinearity = model.nonlinearity;
    if (model.wire.dark_ranges > 0) {
        detector.masked_first = model.wire.dark[0].first;
        detector.masked_count = model.wire.dark[0].last - model.wire.dark[0].first + 1;
    }
    return {detector, optics::project(scene, spectrograph, full_scale), unit_seed(model.wire.name, serial),
            scene.seed};
}

// Devices with packets of 64 bytes know full speed only.
Descriptors describe(const ObpModel& model, const std::string& serial, Speed speed) {
    const obp::Model& wire = model.wire;
    const bool full_only = wire.packet_size <= 64;
    if (full_only) speed = Speed::full;
    UsbIdentity identity{wire.vendor_id,
                         wire.product_id,
                         model.release,
                         "Ocean Optics (virtual)",
                         std::string(wire.name) + " (virtual)",
                         serial};
    if (wire.readout == obp::Readout::buffered) {  // as dumped from a QE-PRO
        identity.device_class = 0;
        identity.attributes = 0xC0;
        identity.current_ma = 100;
        identity.interface_name = "MSFT100L";
    }
    const std::uint8_t other_in = wire.reply_endpoint == 0x81 ? 0x82 : 0x81;
    if (full_only) return describe_bulk(identity, speed, {0x01, wire.reply_endpoint, 0x02, other_in});
    if (model.silent_endpoints) return describe_bulk(identity, speed, {0x01, 0x81, 0x82, 0x86});
    return describe_bulk(identity, speed, {0x01, 0x81});
}

}  // namespace

std::vector<std::string_view> obp_model_names() {
    std::vector<std::string_view> names;
    for (const ObpModel& row : obp_rows) names.push_back(row.wire.name);
    return names;
}

std::unique_ptr<UsbDevice> make_obp(std::string_view name, Scene scene, Faults faults, std::string serial,
                                    Speed speed) {
    const auto row =
        std::find_if(obp_rows.begin(), obp_rows.end(), [&](const ObpModel& m) { return m.wire.name == name; });
    if (row == obp_rows.end()) return nullptr;
    if (serial.empty()) serial = row->default_serial;
    serial.resize(std::min(serial.size(), ObpMemory::serial_bytes));
    const optics::Sensor sensor = sensor_of(*row, scene, serial);
    const auto firmware = [&](Port port) -> std::unique_ptr<Firmware> {
        return std::make_unique<ObpFirmware>(*row, sensor, serial, port);
    };
    return std::make_unique<VirtualDevice>(describe(*row, serial, speed), std::move(faults), firmware);
}

}  // namespace singel::firmware_bridge::virtual_instrument
