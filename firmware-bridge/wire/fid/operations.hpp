#pragma once

#include <array>
#include <cstdint>
#include <string_view>

// Wasatch's FID protocol as a table: every control transfer that we speak, once, for both sides of the wire.
// Source: notes on the FID protocol, sections 2 to 4 and 9 (read out of Wasatch.PY, Wasatch.NET and Wasatch.VCPP).
// Opcodes that can damage or unlock a unit (EEPROM write, DFU, I2C and FPGA poke, firmware-driven laser) are left out
// on purpose.
namespace singel::firmware_bridge::wire::fid {

inline constexpr std::uint16_t vendor_id = 0x24AA;
inline constexpr std::uint16_t product_fx2_silicon = 0x1000;
inline constexpr std::uint16_t product_fx2_ingaas = 0x2000;
inline constexpr std::uint16_t product_arm = 0x4000;
inline constexpr std::uint8_t spectrum_endpoint = 0x82;
inline constexpr std::uint8_t second_spectrum_endpoint = 0x86;  // FX2 with 2048 pixels: pixels 1024 to 2047

enum class Board { fx2, arm };
enum class Tier { first, second };  // second: bRequest 0xFF, the opcode in wValue, the argument in wIndex
enum class Order { little, big };
enum class Argument {
    none,
    word,    // 16 bits: wValue, or wIndex in the second tier
    bits24,  // wValue low 16, wIndex high 8
    bits40,  // wValue, wIndex, then payload byte 0; always 8 payload bytes, on every board
    index    // get only: wIndex says which
};

struct Operation {
    std::string_view name;
    Tier tier = Tier::first;
    std::uint8_t set = 0;  // opcode, 0: cannot be set
    std::uint8_t get = 0;  // opcode, 0: cannot be read
    Argument argument = Argument::word;
    std::uint8_t reply_bytes = 0;
    Order order = Order::little;
    bool fx2_payload = false;  // FX2 wants 8 payload bytes too
    bool fx2_only = false;     // never sent to an ARM board
    bool arm_only = false;     // an FX2 board does not know it
};

namespace operation {
using enum Tier;
using enum Argument;
inline constexpr Operation acquire{"acquire", first, 0xAD, 0, none};
inline constexpr Operation integration_time{"integration time", first, 0xB2, 0xBF, bits24, 3};  // ms; 0 at power-up
inline constexpr Operation actual_integration{"actual integration", first, 0, 0xDF, none, 3};   // us; 0xFFFFFF error
inline constexpr Operation firmware_version{"firmware version", first, 0, 0xC0, none, 4};
inline constexpr Operation fpga_version{"FPGA version", first, 0, 0xB4, none, 7};
inline constexpr Operation reset_fpga{"reset FPGA", first, 0xB5, 0, none};  // 3 s; all settings must be sent again
inline constexpr Operation detector_offset{"detector offset", first, 0xB6, 0xC4, word, 2};
inline constexpr Operation detector_gain{"detector gain", first, 0xB7, 0xC5, word, 2};  // 8.8, see gain_word
inline constexpr Operation laser_enable{"laser enable", first, 0xBE, 0xE2, word, 1};
inline constexpr Operation modulation_enable{"modulation enable", first, 0xBD, 0xE3, word, 1};
inline constexpr Operation modulation_period{"modulation period", first, 0xC7, 0xCB, bits40, 5};  // us
inline constexpr Operation modulation_width{"modulation width", first, 0xDB, 0xDC, bits40, 5};    // us
inline constexpr Operation modulation_delay{"modulation delay", first, 0xC6, 0xCA, bits40, 5};    // us
inline constexpr Operation modulation_duration{"modulation duration", first, 0xB9, 0xC3, bits40, 5};
inline constexpr Operation link_modulation{"link modulation to integration", first, 0xDD, 0xDE, word, 1};
inline constexpr Operation trigger_source{"trigger source", first, 0xD2, 0xD3, bits24, 1,
                                          Order::little,    true,  true};  // 0 USB, 1 external
inline constexpr Operation poll_status{"poll status", first, 0, 0xD4, none, 1, Order::little, false, false, true};
inline constexpr Operation cooler_enable{"detector cooler enable", first, 0xD6, 0xDA, word, 1};
inline constexpr Operation cooler_setpoint{"detector cooler setpoint", first, 0xD8, 0xD9, word, 2};  // 12 bit DAC
inline constexpr Operation detector_temperature{"detector temperature", first, 0, 0xD7, none, 2, Order::big};
inline constexpr Operation can_laser_fire{"can laser fire", first, 0, 0xEF, none, 1};  // XS: 0x00 or 0x08
inline constexpr Operation laser_attenuator{"laser attenuator", first, 0x82,  0x83, word, 1,
                                            Order::little,      false, false, true};
inline constexpr Operation laser_tec_mode{"laser TEC mode", first, 0x84,  0x85, word, 1,
                                          Order::little,    false, false, true};
inline constexpr Operation laser_warning_delay{"laser warning delay", first, 0x8A,  0x8B, word, 1,
                                               Order::little,         false, false, true};  // s
inline constexpr Operation eeprom_page{"EEPROM page", second, 0, 0x01, index, 64};
inline constexpr Operation line_length{"line length", second, 0, 0x03, none, 2};
inline constexpr Operation compile_options{"FPGA compile options", second, 0, 0x04, none, 3};  // ARM: 0xFF
inline constexpr Operation integration_resolution{"integration resolution", second, 0, 0x05, none, 1};
inline constexpr Operation laser_firing{"laser firing", second, 0, 0x0D, none, 1};
// Seconds. The byte order is not settled (section 9.4): read back in both orders, see watchdog_readings.
inline constexpr Operation laser_watchdog{"laser watchdog", second, 0x18, 0x17, word, 2};

inline constexpr std::array all{
    &acquire,           &integration_time, &actual_integration,     &firmware_version,    &fpga_version,
    &reset_fpga,        &detector_offset,  &detector_gain,          &laser_enable,        &modulation_enable,
    &modulation_period, &modulation_width, &modulation_delay,       &modulation_duration, &link_modulation,
    &trigger_source,    &poll_status,      &cooler_enable,          &cooler_setpoint,     &detector_temperature,
    &can_laser_fire,    &laser_attenuator, &laser_tec_mode,         &laser_warning_delay, &eeprom_page,
    &line_length,       &compile_options,  &integration_resolution, &laser_firing,        &laser_watchdog};
}  // namespace operation

// poll_status values.
namespace poll {
inline constexpr std::uint8_t idle = 0, dark = 1, warm_up = 2, sample = 3, processing = 4, stabilising = 5,
                              data_ready = 6, error = 254;
}

}  // namespace singel::firmware_bridge::wire::fid
