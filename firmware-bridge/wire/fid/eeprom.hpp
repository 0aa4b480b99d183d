#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "firmware-bridge/wire/decoded.hpp"
#include "firmware-bridge/wire/fid/eeprom_subformats.hpp"

// The EEPROM of a Wasatch unit: what it is, its wavelengths, its laser. Source: notes on the FID protocol, section 5.
namespace singel::firmware_bridge::wire::fid {

inline constexpr std::size_t page_bytes = 64;
inline constexpr std::size_t page_count = 9;    // read these, 0 to 8
inline constexpr std::size_t pages_needed = 8;  // the last one exists on newer formats only
inline constexpr std::uint16_t first_correction_page = 10;
inline constexpr std::uint8_t newest_format = 19;
using Page = std::array<std::uint8_t, page_bytes>;

// Feature mask, page 0.
namespace feature {
inline constexpr std::uint16_t invert_axis = 1 << 0, bin_2x2 = 1 << 1, gen15 = 1 << 2, cutoff_filter = 1 << 3,
                               even_odd_in_hardware = 1 << 4, laser_tec = 1 << 5, interlock_feedback = 1 << 6,
                               shutter = 1 << 7, ble_off = 1 << 8, armed_led_off = 1 << 9,
                               interlock_excluded = 1 << 10, timeout_after_count = 1 << 11, oem = 1 << 12;
}

// Fields that an older format does not have keep the defaults written here. Floating-point fields are as stored:
// check() says whether they can be used. Where a field lies and since which format: eeprom_fields.
struct Eeprom {
    // page 0
    std::string model, serial;
    std::uint32_t baud_rate = 0;
    bool has_cooling = false, has_battery = false, has_laser = false;
    std::uint16_t feature_mask = 0;
    std::uint16_t slit_um = 0;
    std::chrono::milliseconds startup_integration{0};
    std::int16_t startup_detector_celsius = 0;
    std::uint8_t startup_trigger = 0;
    float gain = 1, gain_odd = 1;
    std::int16_t offset = 0, offset_odd = 0;
    std::uint16_t laser_tec_setpoint = 0;
    std::uint8_t format = 0;
    // page 1
    std::array<float, 5> wavelength_nm{};   // polynomial in the pixel index; c4 on page 2
    std::array<float, 3> celsius_to_dac{};  // detector cooler
    std::array<float, 3> adc_to_celsius{};  // detector thermometer
    std::int16_t max_detector_celsius = 0, min_detector_celsius = 0;
    std::int16_t thermistor_ohms = 0, thermistor_beta = 0;
    std::string calibration_date, calibrated_by;
    // page 2
    std::string detector;
    std::uint16_t active_pixels = 0;  // the length of a spectrum
    std::chrono::seconds laser_warm_up{20};
    std::uint16_t active_rows = 0;
    std::uint16_t actual_pixels = 0;
    PixelSpan roi;  // 0 to 0 when nobody set it
    std::array<PixelSpan, 3> vertical_roi{};
    std::array<float, 5> linearity{};
    // page 3
    std::int8_t max_laser_celsius = 0;
    std::array<float, 4> laser_percent_of_mw{};  // cubic: percent of full power for a power in mW
    float max_laser_mw = 0, min_laser_mw = 0;
    float excitation_nm = 0;
    std::chrono::milliseconds min_integration{0}, max_integration{0};
    float resolution_cm1 = 0;
    std::chrono::seconds laser_watchdog{0};
    std::uint8_t light_source = 0;
    std::chrono::seconds power_timeout{0}, detector_timeout{0};
    std::uint8_t horizontal_binning = 0;
    std::uint8_t startup_scans = 1, laser_attenuator = 40;
    // pages 4 and 5
    std::string user_text;
    std::vector<std::uint16_t> bad_pixels;  // at most 15
    std::string product_configuration;
    Subformat subformat = Subformat::user;
    // pages 6 and 7; only the part that the subformat names is there
    std::vector<float> raman_intensity;  // subformats 1, 3 and 5: correction = 10^(c0 + c1 p + …)
    std::optional<Spline> spline;
    std::optional<Untethered> untethered;
    std::optional<DetectorRegions> regions;
    std::optional<SecondExcitation> second_excitation;
    // page 8
    std::string laser_password;
    std::uint32_t xs_features = 0;
    std::uint16_t accessory_state = 0;
    std::chrono::microseconds strobe_period{0}, strobe_width{0}, strobe_delay{0};
    std::uint16_t strobe_count = 0;
    std::int8_t max_battery_celsius = 0;
    PixelCorrection pixel_correction = PixelCorrection::none;
    std::string usb_manufacturer;
    std::uint8_t latched_failures = 0;

    friend bool operator==(const Eeprom&, const Eeprom&) = default;
};

// True when every byte is 0xFF: a blank memory, the laser must not be armed.
bool blank(std::span<const Page> pages);

// Refuses fewer than pages_needed pages and a blank memory; everything else is decoded as it is.
Decoded<Eeprom> decode_eeprom(std::span<const Page> pages);

// Device side: page_count pages. Refuses what does not fit, naming page, offset, field and value.
Decoded<std::vector<Page>> encode_eeprom(const Eeprom& eeprom);

// From first_correction_page on: one factor a pixel (etalon), or an offset a pixel and then a slope a pixel (InGaAs).
// How many pages that takes; 0 without a correction.
std::size_t correction_pages(PixelCorrection kind, std::size_t pixels);
Decoded<std::vector<float>> decode_correction(std::span<const Page> pages, std::size_t values);
std::vector<Page> encode_correction(std::span<const float> values);

double polynomial(std::span<const float> coefficients, double x);

}  // namespace singel::firmware_bridge::wire::fid
