#pragma once

#include <cstdint>

// Source: notes on the OBP protocol, section 8.3.
namespace singel::firmware_bridge::wire::obp {

// Devices that speak version 0x2000: reverse engineered by others, the maker publishes nothing.
namespace message2 {
inline constexpr std::uint32_t get_serial = 0x00000100;            // text
inline constexpr std::uint32_t set_integration_time = 0x00000C01;  // u32 us
inline constexpr std::uint32_t set_trigger = 0x00000D01;           // u8
inline constexpr std::uint32_t get_dark_pixels = 0x00000E00;       // list
inline constexpr std::uint32_t get_wavelengths = 0x00001100;       // f32 each, the first is no coefficient
inline constexpr std::uint32_t get_nonlinearity = 0x00001200;      // f32 each, the first is no coefficient
inline constexpr std::uint32_t get_spectrum = 0x00001C00;          // metadata, u16 a pixel or u32 sums
inline constexpr std::uint32_t get_largest_autonull = 0x00001D00;  // u32
inline constexpr std::uint32_t get_saturation_level = 0x00011D00;  // u32
inline constexpr std::uint32_t get_baseline_level = 0x00031D00;    // u32
}  // namespace message2

}  // namespace singel::firmware_bridge::wire::obp
