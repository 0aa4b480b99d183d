#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "firmware-bridge/wire/decoded.hpp"

// The EEPROM of a Wasatch unit: what it is, its wavelengths, its laser. Source: notes on the FID protocol, section 5.
namespace singel::firmware_bridge::wire::fid {

inline constexpr std::size_t page_bytes = 64;
inline constexpr std::size_t page_count = 9;    // read these, 0 to 8
inline constexpr std::size_t pages_needed = 8;  // the last one exists on newer formats only
using Page = std::array<std::uint8_t, page_bytes>;

// Feature mask, page 0.
namespace feature {
inline constexpr std::uint16_t invert_axis = 1 << 0, bin_2x2 = 1 << 1, gen15 = 1 << 2, cutoff_filter = 1 << 3,
                               even_odd_in_hardware = 1 << 4, laser_tec = 1 << 5, interlock_feedback = 1 << 6,
                               shutter = 1 << 7, interlock_excluded = 1 << 10;
}

struct PixelSpan {
    std::uint16_t start = 0, end = 0;  // inclusive
    friend bool operator==(const PixelSpan&, const PixelSpan&) = default;
};

// What pages 6 and 7 hold.
enum class Subformat : std::uint8_t {
    user = 0,
    raman_intensity = 1,
    spline = 2,
    untethered = 3,  // page 6 as raman_intensity
    detector_regions = 4,
    multi_wavelength = 5
};

// Fields that an older format does not have keep the defaults written here. Floating-point fields are as stored:
// check() says whether they can be used.
struct Eeprom {
    // page 0
    std::string model, serial;
    std::uint32_t baud_rate = 0;
    bool has_cooling = false, has_battery = false, has_laser = false;
    std::uint16_t feature_mask = 0;  // format >= 9
    std::uint16_t slit_um = 0;
    std::chrono::milliseconds startup_integration{0};  // this and the next six: format >= 3
    std::int16_t startup_detector_celsius = 0;
    std::uint8_t startup_trigger = 0;
    float gain = 1, gain_odd = 1;
    std::int16_t offset = 0, offset_odd = 0;
    std::uint16_t laser_tec_setpoint = 0;  // format >= 16
    std::uint8_t format = 0;
    // page 1
    std::array<float, 5> wavelength_nm{};   // polynomial in the pixel index; c4 on page 2, format >= 8
    std::array<float, 3> celsius_to_dac{};  // detector cooler
    std::array<float, 3> adc_to_celsius{};  // detector thermometer
    std::int16_t max_detector_celsius = 0, min_detector_celsius = 0;
    std::int16_t thermistor_ohms = 0, thermistor_beta = 0;
    std::string calibration_date, calibrated_by;
    // page 2
    std::string detector;
    std::uint16_t active_pixels = 0;         // the length of a spectrum
    std::chrono::seconds laser_warm_up{20};  // format >= 10
    std::uint16_t active_rows = 0;
    std::uint16_t actual_pixels = 0;
    PixelSpan roi;  // 0 to 0 when nobody set it
    std::array<PixelSpan, 3> vertical_roi{};
    std::array<float, 5> linearity{};
    // page 3
    std::array<float, 4> laser_percent_of_mw{};  // cubic: percent of full power for a power in mW
    float max_laser_mw = 0, min_laser_mw = 0;
    float excitation_nm = 0;
    std::chrono::milliseconds min_integration{0}, max_integration{0};
    float resolution_cm1 = 0;                // format >= 7
    std::chrono::seconds laser_watchdog{0};  // this and the next: format >= 15
    std::uint8_t light_source = 0;
    std::chrono::seconds power_timeout{0}, detector_timeout{0};  // these and the next: format >= 16
    std::uint8_t horizontal_binning = 0;
    // pages 4 and 5
    std::string user_text;
    std::vector<std::uint16_t> bad_pixels;  // at most 15
    std::string product_configuration;      // format >= 5
    Subformat subformat = Subformat::user;  // format >= 7
    // page 6, subformats 1 and 3: correction = 10^(c0 + c1 p + …); empty when there is none
    std::vector<float> raman_intensity;

    friend bool operator==(const Eeprom&, const Eeprom&) = default;
};

// True when every byte is 0xFF: a blank memory, the laser must not be armed.
bool blank(std::span<const Page> pages);

// Refuses fewer than pages_needed pages and a blank memory; everything else is decoded as it is.
Decoded<Eeprom> decode_eeprom(std::span<const Page> pages);

// Device side. Refuses texts that do not fit, more than 15 bad pixels, more than 8 intensity coefficients.
Decoded<std::vector<Page>> encode_eeprom(const Eeprom& eeprom);

double polynomial(std::span<const float> coefficients, double x);

}  // namespace singel::firmware_bridge::wire::fid
