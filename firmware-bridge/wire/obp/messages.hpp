#pragma once

#include <cstdint>

// Message types: notes on the OBP protocol, section 8.3; where those give a range, the single numbers are those of
// SeaBreeze's list (OBPMessageTypes.h, MIT-style licence). A message that sets takes an ACK; get messages answer with
// data. 000FFF00 (reprogram mode) is left out: nothing here shall be able to send it.
namespace singel::firmware_bridge::wire::obp {

// Devices that speak version 0x1100.
namespace message {
inline constexpr std::uint32_t reset = 0x00000000;  // re-enumerates
inline constexpr std::uint32_t reset_to_defaults = 0x00000001;
inline constexpr std::uint32_t get_status = 0x00000005;
inline constexpr std::uint32_t get_health = 0x00000006;
inline constexpr std::uint32_t set_checksum_type = 0x00000010;  // u8
inline constexpr std::uint32_t set_protocol_revision = 0x00000020;
inline constexpr std::uint32_t get_hardware_revision = 0x00000080;   // u8
inline constexpr std::uint32_t get_supported_messages = 0x00000082;  // u32 each
inline constexpr std::uint32_t get_firmware_revision = 0x00000090;   // u16
inline constexpr std::uint32_t get_serial = 0x00000100;              // text
inline constexpr std::uint32_t get_serial_length = 0x00000101;       // u8
inline constexpr std::uint32_t get_alias = 0x00000200;               // text
inline constexpr std::uint32_t get_alias_length = 0x00000201;        // u8
inline constexpr std::uint32_t set_alias = 0x00000210;
inline constexpr std::uint32_t get_user_string_count = 0x00000300;   // u8
inline constexpr std::uint32_t get_user_string_length = 0x00000301;  // u16
inline constexpr std::uint32_t get_user_string = 0x00000302;         // u8 index -> text
inline constexpr std::uint32_t set_user_string = 0x00000310;         // u8 index, text
inline constexpr std::uint32_t get_vendor_id = 0x00000E00;           // u16
inline constexpr std::uint32_t get_product_id = 0x00000E01;          // u16
inline constexpr std::uint32_t get_manufacturer = 0x00000E10;        // text
inline constexpr std::uint32_t get_product = 0x00000E11;             // text
inline constexpr std::uint32_t set_led = 0x00001010;

inline constexpr std::uint32_t abort_acquisition = 0x00100000;
inline constexpr std::uint32_t get_buffering = 0x00100800;       // u8
inline constexpr std::uint32_t set_buffering = 0x00100810;       // u8
inline constexpr std::uint32_t get_largest_buffer = 0x00100820;  // u32 spectra
inline constexpr std::uint32_t get_buffer_size = 0x00100822;     // u32 spectra
inline constexpr std::uint32_t clear_buffer = 0x00100830;
inline constexpr std::uint32_t remove_oldest = 0x00100831;          // u32 spectra
inline constexpr std::uint32_t set_buffer_size = 0x00100832;        // u32 spectra
inline constexpr std::uint32_t get_spectra_in_buffer = 0x00100900;  // u32
inline constexpr std::uint32_t acquire_into_buffer = 0x00100902;
inline constexpr std::uint32_t get_idle_state = 0x00100908;         // u8
inline constexpr std::uint32_t get_buffered_spectrum = 0x00100928;  // metadata and u32 a pixel
inline constexpr std::uint32_t get_buffered_spectra = 0x00100980;   // u32 number of spectra
inline constexpr std::uint32_t get_corrected_spectrum = 0x00101000;
inline constexpr std::uint32_t get_saturation_level = 0x001010A0;    // u32 counts
inline constexpr std::uint32_t get_baseline_level = 0x001010A1;      // u32 counts
inline constexpr std::uint32_t get_largest_saturation = 0x001010A2;  // u32 counts
inline constexpr std::uint32_t get_largest_baseline = 0x001010A3;    // u32 counts
inline constexpr std::uint32_t get_raw_spectrum = 0x00101100;

inline constexpr std::uint32_t get_integration_time = 0x00110000;           // u32 us
inline constexpr std::uint32_t get_shortest_integration_time = 0x00110001;  // u32 us
inline constexpr std::uint32_t get_longest_integration_time = 0x00110002;   // u32 us
inline constexpr std::uint32_t get_integration_time_step = 0x00110003;      // u32 us
inline constexpr std::uint32_t set_integration_time = 0x00110010;           // u32 us
inline constexpr std::uint32_t get_trigger = 0x00110100;                    // u8, trigger_code
inline constexpr std::uint32_t get_back_to_back = 0x00110102;               // u32 spectra a trigger
inline constexpr std::uint32_t set_trigger = 0x00110110;                    // u8
inline constexpr std::uint32_t set_back_to_back = 0x00110112;               // u32
inline constexpr std::uint32_t simulate_trigger = 0x00110120;
inline constexpr std::uint32_t get_pixels = 0x00110220;         // u32
inline constexpr std::uint32_t get_active_pixels = 0x00110221;  // pairs of u32, first and last
inline constexpr std::uint32_t get_optical_dark_pixels = 0x00110222;
inline constexpr std::uint32_t get_electric_dark_pixels = 0x00110223;
inline constexpr std::uint32_t get_binning = 0x00110280;            // u8, 0 is none
inline constexpr std::uint32_t get_largest_binning = 0x00110281;    // u8
inline constexpr std::uint32_t get_default_binning = 0x00110285;    // u8
inline constexpr std::uint32_t set_binning = 0x00110290;            // u8
inline constexpr std::uint32_t set_default_binning = 0x00110295;    // u8
inline constexpr std::uint32_t get_lamp = 0x00110400;               // u8
inline constexpr std::uint32_t set_lamp = 0x00110410;               // u8
inline constexpr std::uint32_t get_acquisition_delay = 0x00110500;  // u32 us
inline constexpr std::uint32_t set_acquisition_delay = 0x00110510;  // u32 us
inline constexpr std::uint32_t set_shutter = 0x00110610;            // u8

inline constexpr std::uint32_t get_scans_to_average = 0x00120000;              // u16
inline constexpr std::uint32_t set_scans_to_average = 0x00120010;              // u16
inline constexpr std::uint32_t get_boxcar = 0x00121000;                        // u8, pixels on each side
inline constexpr std::uint32_t set_boxcar = 0x00121010;                        // u8
inline constexpr std::uint32_t get_wavelength_coefficient_count = 0x00180100;  // u8
inline constexpr std::uint32_t get_wavelength_coefficient = 0x00180101;        // u8 index -> f32
inline constexpr std::uint32_t set_wavelength_coefficient = 0x00180111;
inline constexpr std::uint32_t get_nonlinearity_coefficient_count = 0x00181100;  // u8
inline constexpr std::uint32_t get_nonlinearity_coefficient = 0x00181101;        // u8 index -> f32
inline constexpr std::uint32_t set_nonlinearity_coefficient = 0x00181111;
inline constexpr std::uint32_t get_irradiance = 0x00182001;                     // f32 array
inline constexpr std::uint32_t get_irradiance_count = 0x00182002;               // u32
inline constexpr std::uint32_t get_collection_area = 0x00182003;                // f32
inline constexpr std::uint32_t get_stray_light_coefficient_count = 0x00183100;  // u8
inline constexpr std::uint32_t get_stray_light_coefficient = 0x00183101;        // u8 index -> f32
inline constexpr std::uint32_t get_hot_pixels = 0x00186000;                     // u16 each
inline constexpr std::uint32_t set_hot_pixels = 0x00186010;
inline constexpr std::uint32_t get_bench_id = 0x001B0000;      // text
inline constexpr std::uint32_t get_bench_serial = 0x001B0100;  // text
inline constexpr std::uint32_t get_slit_um = 0x001B0200;       // u16
inline constexpr std::uint32_t get_fibre_um = 0x001B0300;      // u16
inline constexpr std::uint32_t get_grating = 0x001B0400;       // text
inline constexpr std::uint32_t get_filter = 0x001B0500;        // text
inline constexpr std::uint32_t get_coating = 0x001B0600;       // text

inline constexpr std::uint32_t get_single_strobe_delay = 0x00300000;  // u32 us
inline constexpr std::uint32_t get_single_strobe_width = 0x00300001;  // u32 us
inline constexpr std::uint32_t get_single_strobe = 0x00300002;        // u8
inline constexpr std::uint32_t set_single_strobe_delay = 0x00300010;
inline constexpr std::uint32_t set_single_strobe_width = 0x00300011;
inline constexpr std::uint32_t set_single_strobe = 0x00300012;
inline constexpr std::uint32_t get_continuous_strobe_period = 0x00310000;  // u32 us
inline constexpr std::uint32_t get_continuous_strobe = 0x00310001;         // u8
inline constexpr std::uint32_t set_continuous_strobe_period = 0x00310010;
inline constexpr std::uint32_t set_continuous_strobe = 0x00310011;
inline constexpr std::uint32_t get_temperature_count = 0x00400000;   // u8
inline constexpr std::uint32_t get_temperature = 0x00400001;         // u8 index -> f32 degC
inline constexpr std::uint32_t get_temperatures = 0x00400002;        // f32 each
inline constexpr std::uint32_t get_cooler = 0x00420000;              // u8
inline constexpr std::uint32_t get_cooler_setpoint = 0x00420001;     // f32 degC
inline constexpr std::uint32_t get_cooler_fan = 0x00420002;          // u8
inline constexpr std::uint32_t get_cooler_stable = 0x00420003;       // u8
inline constexpr std::uint32_t get_cooler_temperature = 0x00420004;  // f32 degC
inline constexpr std::uint32_t set_cooler = 0x00420010;              // u8
inline constexpr std::uint32_t set_cooler_setpoint = 0x00420011;     // f32 degC
inline constexpr std::uint32_t set_cooler_fan = 0x00420012;          // u8

// Arguments begin with u8 module and u8 index. The laser of a Ventana is module 0, index 0.
inline constexpr std::uint32_t get_light_source = 0x00810021;            // -> u8
inline constexpr std::uint32_t set_light_source = 0x00810031;            // u8
inline constexpr std::uint32_t get_light_source_intensity = 0x00810041;  // -> f32, 0 to 1
inline constexpr std::uint32_t set_light_source_intensity = 0x00810051;  // f32, 0 to 1
}  // namespace message

}  // namespace singel::firmware_bridge::wire::obp
