#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

// What both sides of a TI DLP NIRscan Nano must know. Facts and their sources: README.md.
namespace singel::firmware_bridge::wire::nirscan {

inline constexpr std::uint16_t vendor_id = 0x0451, product_id = 0x4200;

inline constexpr std::size_t packet_size = 64;       // bytes of a HID report, both ways
inline constexpr std::size_t longest_payload = 512;  // bytes after the header of a message
inline constexpr std::size_t serial_bytes = 8, model_bytes = 16;

// Group in the high byte, number in the low one.
namespace command {
inline constexpr std::uint16_t file_size = 0x002D, file_data = 0x002E;
inline constexpr std::uint16_t version = 0x0216;
inline constexpr std::uint16_t perform_scan = 0x0218, scan_status = 0x0219;
inline constexpr std::uint16_t apply_configuration = 0x021E, read_configuration = 0x0220;
inline constexpr std::uint16_t configuration_count = 0x0222;
inline constexpr std::uint16_t get_active_configuration = 0x0223, set_active_configuration = 0x0224;
inline constexpr std::uint16_t scan_controls_lamp = 0x0225;
inline constexpr std::uint16_t read_calibration = 0x022A, set_repeats = 0x022E;
inline constexpr std::uint16_t read_serial = 0x0233, scan_time = 0x0237, read_model = 0x023C;
inline constexpr std::uint16_t read_temperature = 0x0300, read_humidity = 0x0302;
inline constexpr std::uint16_t set_hibernate = 0x030E, get_hibernate = 0x030F;
inline constexpr std::uint16_t device_status = 0x0403, error_status = 0x0404, reset_errors = 0x0405;
inline constexpr std::uint16_t fix_gain = 0x040C;
}  // namespace command

namespace file {
inline constexpr std::uint32_t scan_data = 0;
}

// Bits of the device status.
namespace status {
inline constexpr std::uint32_t normal = 0x01, scan_in_progress = 0x02;
}

// Bits of the error status.
namespace error {
inline constexpr std::uint32_t scan = 0x001, adc = 0x002, spectrum_library = 0x020, hardware = 0x040;
// Those after which a scan is not what it says.
inline constexpr std::uint32_t spoils_scan = scan | adc | spectrum_library | hardware;
}  // namespace error

// Of a pattern of a column or Hadamard scan; only slew scans have other times.
inline constexpr std::chrono::microseconds pattern_exposure{635};
inline constexpr std::uint32_t adc_full_scale = (1U << 23) - 1;  // 24 bits with a sign

inline constexpr std::uint16_t first_nm = 900, last_nm = 1700;
inline constexpr std::uint16_t most_patterns = 624;
inline constexpr std::uint16_t last_column = 853;
inline constexpr std::uint8_t patterns_between_blacks = 24;

}  // namespace singel::firmware_bridge::wire::nirscan
