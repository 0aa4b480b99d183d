#pragma once

#include "firmware-bridge/wire/fid/operation.hpp"

// Control transfers behind bRequest 0xFF, opcode in wValue: notes on the FID protocol, section 4. Where the notes do
// not say which opcode of a pair reads, the second does.
namespace singel::firmware_bridge::wire::fid::operation {

using enum Tier;
using enum Argument;
using enum Order;
using enum Access;
using enum Boards;

inline constexpr Operation eeprom_page{"EEPROM page", second, 0, 0x01, index, 64};
inline constexpr Operation eeprom_write_arm{
    "write EEPROM page", second, 0x02, 0, word, 0, little, arm, every, false, locked};
inline constexpr Operation line_length{"line length", second, 0, 0x03, none, 2};
inline constexpr Operation compile_options{"FPGA compile options", second, 0, 0x04, none, 3};  // ARM: 0xFF
inline constexpr Operation integration_resolution{"integration resolution", second, 0, 0x05, none, 1};
inline constexpr Operation data_header{"data header", second, 0, 0x06, none, 1};
inline constexpr Operation has_cf_select{"CF select", second, 0, 0x07, none, 1};
inline constexpr Operation laser_type{"laser type", second, 0, 0x08, none, 1};
inline constexpr Operation laser_control{"laser control", second, 0, 0x09, none, 1};
inline constexpr Operation has_area_scan{"area scan option", second, 0, 0x0A, none, 1};
inline constexpr Operation has_actual_integration{"actual integration option", second, 0, 0x0B, none, 1};
inline constexpr Operation has_binning{"horizontal binning option", second, 0, 0x0C, none, 1};
inline constexpr Operation laser_firing{"laser firing", second, 0, 0x0D, none, 1};
inline constexpr Operation analog_out_mode{"analogue out mode", second, 0x11, 0, word};
inline constexpr Operation analog_out_value{"analogue out value", second, 0x12, 0, word};
inline constexpr Operation analog_out_state{"analogue out state", second, 0, 0x1A, none, 2};
inline constexpr Operation analog_in{"analogue in", second, 0, 0x1B, none, 2};
inline constexpr Operation battery{"battery", second, 0, 0x13, none, 3, little, arm};  // fraction, percent, charging
inline constexpr Operation battery_register{"battery register", second, 0, 0x14, index, 2, big, arm};
inline constexpr Operation select_laser{"select laser", second, 0x15, 0, word};
inline constexpr Operation raman_mode{"Raman mode", second, 0x16, 0, word, 0, little, every, every, false, locked};
// Seconds. The byte order is not settled (section 9.4): read back in both orders, see watchdog_readings.
inline constexpr Operation laser_watchdog{"laser watchdog", second, 0x18, 0x17, word, 2};
inline constexpr Operation raman_delay{"Raman delay", second, 0x20, 0x19, word, 2, big};  // ms
inline constexpr Operation start_line{"detector start line", second, 0x21, 0x22, word, 2};
inline constexpr Operation stop_line{"detector stop line", second, 0x23, 0x24, word, 2};
inline constexpr Operation detector_region{"detector region", second, 0x25, 0,
                                           word};  // payload y0 y1 x0 x1, 16 bits each; then wait 1 s
inline constexpr Operation erase_storage{"erase storage", second, 0x26,  0,     word,  0,
                                         little,          arm,    every, false, locked};
inline constexpr Operation feedback{"feedback", second, 0x27, 0, word, 0, little, arm};
inline constexpr Operation write_library{"write library", second, 0x28,  0,     word,  0,
                                         little,          arm,    every, false, locked};
inline constexpr Operation process_library{
    "process library", second, 0x29, 0, word, 0, little, arm, every, false, locked};
inline constexpr Operation ambient{"ambient temperature", second, 0, 0x2A, none, 1, little, arm};  // signed degC
inline constexpr Operation cpu_id{"CPU id", second, 0, 0x2C, none, 12, little, arm};
inline constexpr Operation ble_firmware{"BLE firmware", second, 0, 0x2D, none, 32, little, arm};
inline constexpr Operation ble_state{"BLE state", second, 0, 0x2F, none, 1, little, arm};
inline constexpr Operation power_watchdog{"power watchdog", second, 0x30, 0x31, word, 2, little, arm};  // s
inline constexpr Operation error_counters{"FPGA error counters", second, 0, 0x37, none, 64, little, arm};
inline constexpr Operation tec_state{"TEC state", second, 0, 0x60, none, 1, little, arm};
inline constexpr Operation tec_mode{"TEC mode", second, 0, 0x61, none, 1, little, arm};
inline constexpr Operation scans_to_average{"scans to average", second, 0x62, 0x63, word, 2, little, arm};
inline constexpr Operation delayed_spectra{"delayed spectra", second, 0, 0x67, none, 2, little, arm};
inline constexpr Operation transition_timeout{"sensor transition timeout", second, 0x71, 0x72, word, 2, little, arm};
inline constexpr Operation charger{"USB charger", second, 0, 0x78, none, 5, little, arm};
inline constexpr Operation tec_watchdog{"TEC watchdog", second, 0x7E, 0, word, 0, little, arm};
inline constexpr Operation log_string{"log string", second, 0, 0xA3, none, 64, little, arm};
inline constexpr Operation battery_cutoff{"battery cut-off temperature", second, 0xB0, 0xB1, word, 1, little, arm};
inline constexpr Operation force_error{"force an error", second, 0xC0, 0, word, 0, little, arm, every, false, locked};

}  // namespace singel::firmware_bridge::wire::fid::operation
