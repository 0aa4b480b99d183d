#pragma once

#include <array>

#include "firmware-bridge/wire/fid/first_tier.hpp"
#include "firmware-bridge/wire/fid/second_tier.hpp"

// Every control transfer of the FID protocol, once, for both sides of the wire.
namespace singel::firmware_bridge::wire::fid {

namespace operation {
inline constexpr std::array all{
    // first tier
    &acquire, &integration_time, &actual_integration, &actual_frames, &firmware_version, &fpga_version,
    &fpga_configuration, &reset_fpga, &poll_status, &trigger_source, &trigger_output, &trigger_delay, &continuous,
    &frames_per_trigger, &threshold_enable, &threshold, &detector_offset, &detector_gain, &odd_offset, &odd_gain,
    &high_gain, &area_scan, &binning, &test_pattern, &pixel_mode, &cooler_enable, &cooler_setpoint,
    &detector_temperature, &sensor_idle_timeout, &sensor_state, &frame_header, &laser_enable, &modulation_enable,
    &modulation_period, &modulation_width, &modulation_delay, &modulation_duration, &link_modulation, &can_laser_fire,
    &adc, &adc_select, &laser_tec_setpoint, &laser_tec_setpoint_arm, &laser_attenuator, &laser_tec_mode,
    &laser_warning_delay, &auto_raman, &auto_raman_status, &shutter, &lamp, &fan, &accessory, &ambient_gen15,
    &firmware_log, &power_down, &reset_unit, &eeprom_write_fx2, &enter_dfu, &poke, &peek,
    // second tier
    &eeprom_page, &eeprom_write_arm, &line_length, &compile_options, &integration_resolution, &data_header,
    &has_cf_select, &laser_type, &laser_control, &has_area_scan, &has_actual_integration, &has_binning, &laser_firing,
    &analog_out_mode, &analog_out_value, &analog_out_state, &analog_in, &battery, &battery_register, &select_laser,
    &raman_mode, &laser_watchdog, &raman_delay, &start_line, &stop_line, &detector_region, &erase_storage, &feedback,
    &write_library, &process_library, &ambient, &cpu_id, &ble_firmware, &ble_state, &power_watchdog, &error_counters,
    &tec_state, &tec_mode, &scans_to_average, &delayed_spectra, &transition_timeout, &charger, &tec_watchdog,
    &log_string, &battery_cutoff, &force_error};
}  // namespace operation

// poll_status values.
namespace poll {
inline constexpr std::uint8_t idle = 0, dark = 1, warm_up = 2, sample = 3, processing = 4, stabilising = 5,
                              data_ready = 6, error = 254;
}

// How the FPGA was built, FF/04 (section 4). An ARM board answers 0xFF, which says nothing.
struct CompileOptions {
    std::uint8_t integration_resolution = 0;  // 0: 1 ms, 1: 10 ms, 2: switchable
    std::uint8_t data_header = 0;             // 0 none, 1 Ocean style, 2 Wasatch
    bool has_cf_select = false;
    std::uint8_t laser_type = 0;     // 0 none, 1 internal, 2 external
    std::uint8_t laser_control = 0;  // 0 modulation, 1 transition points, 2 ramping
    bool area_scan = false, actual_integration = false, binning = false;
    friend bool operator==(const CompileOptions&, const CompileOptions&) = default;
};
constexpr CompileOptions compile_options_of(std::uint32_t word) {
    const auto bits = [word](unsigned from, std::uint32_t mask) {
        return static_cast<std::uint8_t>(word >> from & mask);
    };
    return {bits(0, 7), bits(3, 7),       bits(6, 1) != 0,  bits(7, 3),
            bits(9, 7), bits(12, 1) != 0, bits(13, 1) != 0, bits(14, 1) != 0};
}
constexpr std::uint32_t compile_options_word(const CompileOptions& options) {
    const auto at = [](std::uint32_t value, unsigned from) { return value << from; };
    return at(options.integration_resolution, 0) | at(options.data_header, 3) | at(options.has_cf_select, 6) |
           at(options.laser_type, 7) | at(options.laser_control, 9) | at(options.area_scan, 12) |
           at(options.actual_integration, 13) | at(options.binning, 14);
}

}  // namespace singel::firmware_bridge::wire::fid
