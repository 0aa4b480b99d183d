#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "firmware-bridge/wire/fid/eeprom.hpp"
#include "firmware-bridge/wire/fid/operations.hpp"
#include "firmware-bridge/wire/fid/requests.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// One row a model of Wasatch's FID family. Protocol figures: notes on the FID protocol. Coefficients are our own, of
// the kind that real units have; detector figures are typical of back-thinned silicon (FX2), of a small CMOS sensor
// (ARM) and of InGaAs.
struct WasatchModel {
    std::string_view name, eeprom_model, default_serial, detector, fpga;
    wire::fid::Board board = wire::fid::Board::fx2;
    wire::fid::FirmwareVersion firmware;
    wire::fid::CompileOptions options{.laser_type = 1, .actual_integration = true};
    std::uint8_t eeprom_format = 16;
    std::uint16_t pixels = 0, rows = 64;
    wire::fid::PixelSpan roi;
    std::uint16_t feature_mask = 0;
    std::array<float, 5> wavelength_nm{};
    std::array<float, 4> raman_intensity{};         // log10 of the correction factor, polynomial in the pixel index
    float excitation_nm = 785, resolution_cm1 = 7;  // excitation 0: no laser
    std::uint16_t slit_um = 25;
    std::array<float, 4> laser_percent_of_mw{};
    float min_laser_mw = 0, max_laser_mw = 0;
    std::uint32_t min_integration_ms = 1, max_integration_ms = 60000;
    std::chrono::seconds laser_warm_up{0}, warning_delay{0}, watchdog{0};
    wire::fid::Order watchdog_order =
        wire::fid::Order::little;  // not settled: each board has one of the two readings
    bool sensor_sleeps = false;    // 1 s after the last frame; waking costs 20 ms and 8 frames, and a flat frame
    float gain = 1.9F, gain_odd = 1.9F;
    std::int16_t offset = 0, offset_odd = 0;
    std::int16_t min_celsius = 10, max_celsius = 20;  // of the detector; both 0: no cooler
    std::array<float, 3> celsius_to_dac{4102.95F, -143.093F, -0.487926F};
    std::array<float, 3> adc_to_celsius{61.4235F, -0.0112123F, -8.0e-07F};
    std::int16_t bad_pixel = -1;
    std::size_t masked_first = 0, masked_count = 0;
    double counts_per_electron = 1, read_noise_counts = 0, offset_counts = 0, dark_counts_per_s = 0;

    bool has(std::uint16_t feature) const { return (feature_mask & feature) != 0; }
    bool has_laser() const { return excitation_nm > 0; }
    bool has_cooler() const { return min_celsius != max_celsius; }
    bool arm() const { return board == wire::fid::Board::arm; }
    // EF and FF/0D answer (section 10).
    bool interlock_feedback() const {
        return arm() ||
               (has(wire::fid::feature::interlock_feedback) && firmware >= wire::fid::FirmwareVersion{10, 0, 0, 11});
    }
    bool marks_first_pixel() const { return options.data_header == 2; }
    std::chrono::milliseconds integration_unit() const {
        return std::chrono::milliseconds(options.integration_resolution == 1 ? 10 : 1);
    }
};

std::span<const WasatchModel> wasatch_rows();

wire::fid::Eeprom eeprom_of(const WasatchModel& model, std::string_view serial);

}  // namespace singel::firmware_bridge::virtual_instrument
