#pragma once

#include "firmware-bridge/wire/fid/operation.hpp"

// Control transfers whose opcode is bRequest: notes on the FID protocol, section 3.
namespace singel::firmware_bridge::wire::fid::operation {

using enum Tier;
using enum Argument;
using enum Order;
using enum Access;
using enum Boards;

// ---- acquisition --------------------------------------------------------------------------------------------
inline constexpr Operation acquire{"acquire", first, 0xAD, 0, none};
inline constexpr Operation integration_time{"integration time", first, 0xB2, 0xBF, bits24, 3};  // ms; 0 at power-up
inline constexpr Operation actual_integration{"actual integration", first, 0, 0xDF, none, 3};   // us; 0xFFFFFF error
inline constexpr Operation actual_frames{"actual frames", first, 0, 0xE4, none, 2};
inline constexpr Operation firmware_version{"firmware version", first, 0, 0xC0, none, 4};
inline constexpr Operation fpga_version{"FPGA version", first, 0, 0xB4, none, 7};
inline constexpr Operation fpga_configuration{"FPGA configuration", first, 0, 0xB3, none, 2};
inline constexpr Operation reset_fpga{"reset FPGA", first, 0xB5, 0, none};  // 3 s; all settings must be sent again
inline constexpr Operation poll_status{"poll status", first, 0, 0xD4, none, 1, little, arm};
inline constexpr Operation trigger_source{"trigger source", first, 0xD2,     0xD3, bits24, 1,
                                          little,           every, both_fx2, true};  // 0 USB, 1 external
inline constexpr Operation trigger_output{"trigger output source", first, 0xE0, 0xE1, word, 1};
inline constexpr Operation trigger_delay{"trigger delay", first, 0xAA, 0xAB, bits24, 3, little, arm};  // 0.5 us
inline constexpr Operation continuous{"continuous acquisition", first, 0xC8, 0xCC, word, 1};
inline constexpr Operation frames_per_trigger{"frames per trigger", first, 0xC9, 0xCD, word, 1};
inline constexpr Operation threshold_enable{"threshold sensing", first, 0xCE, 0xCF, word, 1};
inline constexpr Operation threshold{"sensing threshold", first, 0xD0, 0xD1, word, 2};

// ---- detector -----------------------------------------------------------------------------------------------
inline constexpr Operation detector_offset{"detector offset", first, 0xB6, 0xC4, word, 2};  // signed
inline constexpr Operation detector_gain{"detector gain", first, 0xB7, 0xC5, word, 2};      // 8.8, see gain_word
inline constexpr Operation odd_offset{"detector offset, odd pixels", first, 0x9C, 0x9E, word, 2, little, ingaas};
inline constexpr Operation odd_gain{"detector gain, odd pixels", first, 0x9D, 0x9F, word, 2, little, ingaas};
// One opcode, two meanings; section 12 leaves open which firmware has which.
inline constexpr Operation high_gain{"high-gain mode", first, 0xEB, 0xEC, word, 1, little, ingaas, every, true};
inline constexpr Operation area_scan{"area scan", first, 0xEB, 0xEA, word, 1, little, not_ingaas, every, true};
inline constexpr Operation binning{"horizontal binning", first, 0xB8, 0xBC, word, 1};  // 0 none, 1 two, 2 four
inline constexpr Operation test_pattern{"test pattern", first, 0xBA, 0, word};
inline constexpr Operation pixel_mode{"pixel mode", first, 0xFD, 0, word, 0, little, both_fx2};
inline constexpr Operation cooler_enable{"detector cooler enable", first, 0xD6, 0xDA, word, 1};
inline constexpr Operation cooler_setpoint{"detector cooler setpoint", first, 0xD8, 0xD9, word, 2};  // 12 bit DAC
inline constexpr Operation detector_temperature{"detector temperature", first, 0, 0xD7, none, 2, big};
inline constexpr Operation sensor_idle_timeout{"sensor idle timeout", first, 0x8E, 0x8F, word, 1, little, arm};  // s
inline constexpr Operation sensor_state{"image sensor state", first, 0, 0x97, none, 1, little, arm};
inline constexpr Operation frame_header{"frame header configuration", first, 0x98, 0x99, word, 1, little, arm};

// ---- laser --------------------------------------------------------------------------------------------------
inline constexpr Operation laser_enable{"laser enable", first, 0xBE, 0xE2, word, 1};
inline constexpr Operation modulation_enable{"modulation enable", first, 0xBD, 0xE3, word, 1};
inline constexpr Operation modulation_period{"modulation period", first, 0xC7, 0xCB, bits40, 5};  // us
inline constexpr Operation modulation_width{"modulation width", first, 0xDB, 0xDC, bits40, 5};    // us
inline constexpr Operation modulation_delay{"modulation delay", first, 0xC6, 0xCA, bits40, 5};    // us
inline constexpr Operation modulation_duration{"modulation duration", first, 0xB9, 0xC3, bits40, 5};
inline constexpr Operation link_modulation{"link modulation to integration", first, 0xDD, 0xDE, word, 1};
inline constexpr Operation can_laser_fire{"can laser fire", first, 0, 0xEF, none, 1};  // XS: 0x00 or 0x08
// Discard one reading of the ADC after selecting another input.
inline constexpr Operation adc{"selected ADC", first, 0, 0xD5, none, 2};             // 12 bit
inline constexpr Operation adc_select{"ADC selection", first, 0xED, 0xEE, word, 1};  // 0 laser thermistor, 1 other
inline constexpr Operation laser_tec_setpoint{"laser TEC setpoint", first, 0xE7, 0xE8, word, 1, little, both_fx2};
inline constexpr Operation laser_tec_setpoint_arm{"laser TEC setpoint", first, 0xE7, 0xE8, word, 2, little, arm};
inline constexpr Operation laser_attenuator{"laser attenuator", first, 0x82, 0x83, word, 1, little, arm};
inline constexpr Operation laser_tec_mode{"laser TEC mode", first, 0x84, 0x85, word, 1, little, arm};
inline constexpr Operation laser_warning_delay{"laser warning delay", first, 0x8A, 0x8B, word, 1, little, arm};  // s
inline constexpr Operation auto_raman{"auto-Raman", first, 0xFD, 0, word, 0, little, arm, every, false, locked};
inline constexpr Operation auto_raman_status{"auto-Raman status", first, 0, 0x94, none, 8, little, arm};

// ---- accessories and the rest -------------------------------------------------------------------------------
inline constexpr Operation shutter{"shutter", first, 0x30, 0x31, word, 1};
inline constexpr Operation lamp{"lamp", first, 0x32, 0x33, word, 1};
inline constexpr Operation fan{"fan", first, 0x36, 0x37, word, 1};
inline constexpr Operation accessory{"accessory connector", first, 0x22, 0, word};
inline constexpr Operation ambient_gen15{"ambient temperature (Gen 1.5)", first, 0, 0x35, none, 2, big};  // LM75B
inline constexpr Operation firmware_log{"firmware log", first, 0, 0x81, none, 64, little, arm};
inline constexpr Operation power_down{"power down", first, 0x87, 0, none, 0, little, arm, every, false, locked};
inline constexpr Operation reset_unit{"reset unit", first, 0x93, 0, none, 0, little, arm, every, false, locked};
inline constexpr Operation eeprom_write_fx2{
    "write EEPROM page", first, 0xA2, 0, word, 0, little, both_fx2, every, false, locked};
inline constexpr Operation enter_dfu{"enter DFU", first, 0xFE, 0, word, 0, little, arm, every, false, locked};
inline constexpr Operation poke{"I2C or FPGA poke", first, 0x90, 0, word, 0, little, every, every, false, locked};
inline constexpr Operation peek{"I2C or FPGA peek", first, 0, 0x91, index, 1, little, every, every, false, locked};

}  // namespace singel::firmware_bridge::wire::fid::operation
