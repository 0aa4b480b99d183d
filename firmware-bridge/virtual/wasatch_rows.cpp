#include "firmware-bridge/virtual/wasatch_models.hpp"

namespace singel::firmware_bridge::virtual_instrument {

namespace fid = wire::fid;
namespace feature = wire::fid::feature;

namespace {

// The unit that most tests are about: everything that the firmware of an X can tell.
constexpr WasatchModel wp_785{
    .name = "WP-785",
    .eeprom_model = "WP-785-R-SR-S-25",
    .default_serial = "VIRTUAL-WP785",
    .detector = "S16011-1106",
    .fpga = "035-001",
    .firmware = {10, 0, 0, 11},  // the first that tells whether the laser can fire
    .pixels = 2048,
    .roi = {16, 2040},
    .feature_mask = feature::interlock_feedback,
    .wavelength_nm = {791.86F, 0.15412F, 1.18e-5F, -1.02e-8F, 1.1e-12F},
    .raman_intensity = {-0.06F, 2.0e-5F, 3.0e-8F, 1.2e-11F},
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

// The detector and the laser of wp_785 on the newer board: one endpoint, 0D instead of E2, no D2.
constexpr WasatchModel gen2() {
    WasatchModel m = wp_785;
    m.name = "WP-785-Gen2";
    m.eeprom_model = "WP-785X2-R-ILP";
    m.default_serial = "VIRTUAL-GEN2";
    m.detector = "S16010-1007";
    m.fpga = "010-002";
    m.board = fid::Board::arm;
    m.firmware = {11, 3, 0, 41};
    m.eeprom_format = 18;
    m.watchdog_order = fid::Order::big;
    m.laser_warm_up = std::chrono::seconds(1);
    return m;
}

// Sold without an interlock: its loop counts as closed, whatever happens.
constexpr WasatchModel without_interlock() {
    WasatchModel m = wp_785;
    m.name = "WP-785-OEM";
    m.eeprom_model = "WP-785-OEM";
    m.default_serial = "VIRTUAL-OEM";
    m.feature_mask = feature::interlock_feedback | feature::interlock_excluded | feature::oem;
    return m;
}

constexpr WasatchModel wp_785xs{
    .name = "WP-785XS",
    .eeprom_model = "WP-785XS-SiG",
    .default_serial = "VIRTUAL-WP785XS",
    .detector = "IMX385",
    .fpga = "01.1.01",
    .board = fid::Board::arm,
    .firmware = {1, 0, 43, 0},
    .pixels = 1952,
    .rows = 1080,
    .roi = {76, 1900},
    .feature_mask = feature::interlock_feedback | feature::laser_tec,
    .wavelength_nm = {786.2F, 0.1105F, -6.1e-6F, -2.0e-10F, 0.0F},
    .raman_intensity = {-0.04F, 1.0e-5F, 2.0e-8F, 1.0e-11F},
    .laser_percent_of_mw = {1.0F, 0.9F, 6.0e-4F, -1.0e-6F},
    .min_laser_mw = 5,
    .max_laser_mw = 100,
    .max_integration_ms = 5000,
    .warning_delay = std::chrono::seconds(2),
    .watchdog = std::chrono::seconds(10),
    .watchdog_order = fid::Order::big,
    .sensor_sleeps = true,
    .gain = 8.0F,
    .gain_odd = 8.0F,
    .masked_first = 0,
    .masked_count = 4,
    .counts_per_electron = 2.0,
    .read_noise_counts = 12,
    .offset_counts = 800,
    .dark_counts_per_s = 40,
};

// 1024 pixels come from one endpoint; the newest memory, with pixels averaged in pairs.
constexpr WasatchModel wp_532{
    .name = "WP-532",
    .eeprom_model = "WP-532-R-SR-S-25",
    .default_serial = "VIRTUAL-WP532",
    .detector = "S11510-1106",
    .fpga = "035-001",
    .firmware = {10, 0, 0, 47},
    .eeprom_format = 19,
    .pixels = 1024,
    .roi = {10, 1010},
    .feature_mask = feature::interlock_feedback | feature::bin_2x2,
    .wavelength_nm = {535.1F, 0.0995F, 3.1e-6F, -4.0e-9F, 0.0F},
    .raman_intensity = {-0.05F, 4.0e-5F, 1.0e-7F, 0.0F},
    .excitation_nm = 532.0F,
    .resolution_cm1 = 9.0F,
    .laser_percent_of_mw = {1.0F, 1.7F, 2.0e-3F, -2.0e-5F},
    .min_laser_mw = 2,
    .max_laser_mw = 50,
    .min_integration_ms = 2,
    .watchdog = std::chrono::seconds(30),
    .counts_per_electron = 0.3,
    .read_noise_counts = 8,
    .offset_counts = 900,
    .dark_counts_per_s = 15,
};

// Old in everything: format 5, excitation in whole numbers of a float, firmware that tells nothing of the interlock.
constexpr WasatchModel wp_638{
    .name = "WP-638",
    .eeprom_model = "WP-638-R-SR-S-25",
    .default_serial = "VIRTUAL-WP638",
    .detector = "S11850-1106",
    .fpga = "025-003",
    .firmware = {9, 2, 0, 3},
    .eeprom_format = 5,
    .pixels = 1024,
    .roi = {12, 1011},
    .wavelength_nm = {643.2F, 0.139F, 6.0e-6F, -6.1e-9F, 0.0F},
    .excitation_nm = 638.0F,
    .resolution_cm1 = 8.0F,
    .laser_percent_of_mw = {1.0F, 1.1F, 1.0e-3F, -8.0e-6F},
    .min_laser_mw = 3,
    .max_laser_mw = 80,
    .min_integration_ms = 4,
    .laser_warm_up = std::chrono::seconds(20),
    .counts_per_electron = 0.3,
    .read_noise_counts = 9,
    .offset_counts = 950,
    .dark_counts_per_s = 25,
};

// Its FPGA counts integration in tens of milliseconds. Mounted the other way round.
constexpr WasatchModel wp_830{
    .name = "WP-830",
    .eeprom_model = "WP-830-R-SR-S-25",
    .default_serial = "VIRTUAL-WP830",
    .detector = "S10141-1107",
    .fpga = "035-001",
    .firmware = {10, 0, 0, 11},
    .options = {.integration_resolution = 1, .laser_type = 1, .actual_integration = true},
    .eeprom_format = 12,
    .pixels = 1024,
    .roi = {12, 1011},
    .feature_mask = feature::interlock_feedback | feature::invert_axis,
    .wavelength_nm = {836.5F, 0.192F, 1.1e-5F, -1.0e-8F, 0.0F},
    .raman_intensity = {-0.06F, 3.0e-5F, 9.0e-8F, 0.0F},
    .excitation_nm = 830.0F,
    .resolution_cm1 = 7.0F,
    .laser_percent_of_mw = {2.0F, 0.18F, 1.2e-4F, -1.2e-7F},
    .min_laser_mw = 10,
    .max_laser_mw = 450,
    .min_integration_ms = 10,
    .min_celsius = -15,
    .celsius_to_dac = {1900.0F, -110.0F, -0.4F},
    .adc_to_celsius = {38.0F, -0.0112F, -8.0e-07F},
    .counts_per_electron = 0.3,
    .read_noise_counts = 8,
    .offset_counts = 1000,
    .dark_counts_per_s = 20,
};

// InGaAs: two amplifiers that only the host can level, more dark current, and a mark on the first pixel.
constexpr WasatchModel wp_1064{
    .name = "WP-1064",
    .eeprom_model = "WP-1064-R-S-50",
    .default_serial = "VIRTUAL-WP1064",
    .detector = "G9214-512",
    .fpga = "045-002",
    .board = fid::Board::ingaas,
    .firmware = {10, 0, 0, 20},
    .options = {.data_header = 2, .laser_type = 1, .actual_integration = true},
    .eeprom_format = 15,
    .pixels = 512,
    .rows = 1,
    .roi = {5, 505},
    .feature_mask = feature::interlock_feedback,
    .wavelength_nm = {1082.0F, 0.52F, 1.0e-5F, -3.0e-8F, 0.0F},
    .raman_intensity = {-0.03F, 1.0e-4F, 2.0e-7F, 0.0F},
    .excitation_nm = 1064.0F,
    .resolution_cm1 = 10.0F,
    .slit_um = 50,
    .laser_percent_of_mw = {2.0F, 0.18F, 1.2e-4F, -1.2e-7F},
    .min_laser_mw = 10,
    .max_laser_mw = 450,
    .min_integration_ms = 1,
    .watchdog = std::chrono::seconds(60),
    .gain = 1.9F,
    .gain_odd = 1.82F,
    .offset = 0,
    .offset_odd = -150,
    .min_celsius = -20,
    .max_celsius = 0,
    .celsius_to_dac = {1900.0F, -110.0F, -0.4F},
    .adc_to_celsius = {32.0F, -0.0112F, -8.0e-07F},
    .counts_per_electron = 0.05,
    .read_noise_counts = 15,
    .offset_counts = 1500,
    .dark_counts_per_s = 900,
};

// A spectrometer without laser and without cooler, of the first format that has start-up fields.
constexpr WasatchModel wp_visnir{
    .name = "WP-VISNIR",
    .eeprom_model = "WP-VISNIR",
    .default_serial = "VIRTUAL-VISNIR",
    .detector = "S11156-2048",
    .fpga = "025-001",
    .firmware = {9, 2, 0, 3},
    .options = {.actual_integration = true},
    .eeprom_format = 3,
    .pixels = 1024,
    .roi = {0, 1023},
    .wavelength_nm = {400.0F, 0.55F, 1.0e-5F, -2.0e-8F, 0.0F},
    .excitation_nm = 0.0F,
    .resolution_cm1 = 20.0F,
    .min_integration_ms = 5,
    .min_celsius = 0,
    .max_celsius = 0,
    .counts_per_electron = 0.3,
    .read_noise_counts = 10,
    .offset_counts = 800,
    .dark_counts_per_s = 60,
};

constexpr std::array rows{wp_785, wp_785xs, wp_532, wp_638, wp_830, wp_1064, gen2(), without_interlock(), wp_visnir};

}  // namespace

std::span<const WasatchModel> wasatch_rows() {
    return rows;
}

}  // namespace singel::firmware_bridge::virtual_instrument
