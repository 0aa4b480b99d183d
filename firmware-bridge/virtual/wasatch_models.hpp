#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>

#include "firmware-bridge/wire/fid/eeprom.hpp"
#include "firmware-bridge/wire/fid/requests.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// One row a model of Wasatch's FID family. Protocol figures: notes on the FID protocol. Coefficients are our own, of
// the kind that real units have; detector figures are typical of back-thinned silicon (FX2) and of a small CMOS
// sensor (ARM).
struct WasatchModel {
    std::string_view name, eeprom_model, default_serial, detector, fpga;
    std::uint16_t product_id = 0;
    wire::fid::Board board = wire::fid::Board::fx2;
    wire::fid::FirmwareVersion firmware;
    std::uint8_t eeprom_format = 16;
    std::uint16_t pixels = 0, rows = 64;
    wire::fid::PixelSpan roi;
    std::uint16_t feature_mask = 0;
    std::array<float, 5> wavelength_nm{};
    std::array<float, 4> raman_intensity{};  // log10 of the correction factor, polynomial in the pixel index
    float excitation_nm = 785, resolution_cm1 = 7;
    std::uint16_t slit_um = 25;
    std::array<float, 4> laser_percent_of_mw{};
    float min_laser_mw = 0, max_laser_mw = 0;
    std::uint16_t min_integration_ms = 1, max_integration_ms = 60000;
    std::chrono::seconds laser_warm_up{0}, warning_delay{0}, watchdog{0};
    wire::fid::Order watchdog_order =
        wire::fid::Order::little;  // not settled: each board has one of the two readings
    bool sensor_sleeps = false;    // 1 s after the last frame; waking costs 20 ms and 8 frames, and a flat frame
    float gain = 1.9F;
    std::int16_t bad_pixel = -1;
    std::size_t masked_first = 0, masked_count = 0;
    double counts_per_electron = 1, read_noise_counts = 0, offset_counts = 0, dark_counts_per_s = 0;

    bool interlock_feedback() const { return (feature_mask & wire::fid::feature::interlock_feedback) != 0; }
};

inline constexpr WasatchModel wp_785{
    .name = "WP-785",
    .eeprom_model = "WP-785-R-SR-S-25",
    .default_serial = "VIRTUAL-WP785",
    .detector = "S16011-1106",
    .fpga = "035-001",
    .product_id = wire::fid::product_fx2_silicon,
    .board = wire::fid::Board::fx2,
    .firmware = {10, 0, 0, 11},  // the first that tells whether the laser can fire
    .eeprom_format = 16,
    .pixels = 2048,
    .rows = 64,
    .roi = {16, 2040},
    .feature_mask = wire::fid::feature::interlock_feedback,
    .wavelength_nm = {791.86F, 0.15412F, 1.18e-5F, -1.02e-8F, 1.1e-12F},
    .raman_intensity = {-0.06F, 2.0e-5F, 3.0e-8F, 1.2e-11F},
    .excitation_nm = 785.0F,
    .resolution_cm1 = 7.0F,
    .laser_percent_of_mw = {2.0F, 0.18F, 1.2e-4F, -1.2e-7F},
    .min_laser_mw = 10,
    .max_laser_mw = 450,
    .min_integration_ms = 3,
    .watchdog = std::chrono::seconds(60),
    .bad_pixel = 1203,
    .counts_per_electron = 0.3,
    .read_noise_counts = 8,
    .offset_counts = 1000,
    .dark_counts_per_s = 20,
};

inline constexpr WasatchModel wp_785xs{
    .name = "WP-785XS",
    .eeprom_model = "WP-785XS-SiG",
    .default_serial = "VIRTUAL-WP785XS",
    .detector = "IMX385",
    .fpga = "01.1.01",
    .product_id = wire::fid::product_arm,
    .board = wire::fid::Board::arm,
    .firmware = {1, 0, 43, 0},
    .eeprom_format = 16,
    .pixels = 1952,
    .rows = 1080,
    .roi = {76, 1900},
    .feature_mask = wire::fid::feature::interlock_feedback | wire::fid::feature::laser_tec,
    .wavelength_nm = {786.2F, 0.1105F, -6.1e-6F, -2.0e-10F, 0.0F},
    .raman_intensity = {-0.04F, 1.0e-5F, 2.0e-8F, 1.0e-11F},
    .excitation_nm = 785.0F,
    .resolution_cm1 = 7.0F,
    .laser_percent_of_mw = {1.0F, 0.9F, 6.0e-4F, -1.0e-6F},
    .min_laser_mw = 5,
    .max_laser_mw = 100,
    .min_integration_ms = 1,
    .max_integration_ms = 5000,
    .warning_delay = std::chrono::seconds(2),
    .watchdog = std::chrono::seconds(10),
    .watchdog_order = wire::fid::Order::big,
    .sensor_sleeps = true,
    .gain = 8.0F,
    .masked_first = 0,
    .masked_count = 4,
    .counts_per_electron = 2.0,
    .read_noise_counts = 12,
    .offset_counts = 800,
    .dark_counts_per_s = 40,
};

inline constexpr std::array wasatch_rows{wp_785, wp_785xs};

wire::fid::Eeprom eeprom_of(const WasatchModel& model, std::string_view serial);

}  // namespace singel::firmware_bridge::virtual_instrument
