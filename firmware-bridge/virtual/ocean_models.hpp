#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "firmware-bridge/wire/ooi/replies.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// One row a model of Ocean's family B. Protocol figures: notes on the OOI protocol, sections 1 to 7. Detector
// figures: the maker's published ones (Sony ILX511B: 62,500 electrons, signal to noise 250 at full signal, dark noise
// 50 counts); offset, dark current and patterns are typical values of our own.
struct OceanModel {
    std::string_view name;
    std::uint16_t product_id = 0;
    std::string_view default_serial;
    std::size_t pixels = 0;
    std::uint32_t min_integration_us = 0, max_integration_us = 0;
    std::uint32_t fine_step_us = 1, coarse_step_us = 1, coarse_from_us = 0;  // what the timer can hold
    std::size_t frames_prepared = 0;                                         // kept ready after a request
    std::size_t masked_first = 0, masked_count = 0;                          // pixels without light
    wire::ooi::FpgaVersion fpga;
    std::array<double, 4> wavelength_nm{};
    std::array<double, 8> nonlinearity{};
    unsigned nonlinearity_order = 0;
    double line_width_nm = 0;
    double counts_per_electron = 1, read_noise_counts = 0, offset_counts = 0, dark_counts_per_s = 0;
    std::uint16_t autonull_saturation = 0xFFFF;
};

inline constexpr std::array ocean_rows{OceanModel{
    .name = "USB2000+",
    .product_id = 0x101E,
    .default_serial = "VIRTUAL-USB2P",
    .pixels = 2048,
    .min_integration_us = 1000,
    .max_integration_us = 65'535'000,  // data sheet; SeaBreeze allows ten times as much
    .fine_step_us = 10,
    .coarse_step_us = 1000,
    .coarse_from_us = 655'000,
    .frames_prepared = 2,
    .masked_first = 0,
    .masked_count = 21,  // data sheet: 0 to 17 black, 18 and 19 unusable; SeaBreeze averages 6 to 20
    .fpga = {2, 16, 1},
    .wavelength_nm = {339.738, 0.377418, -1.6183e-05, -2.416e-09},
    .nonlinearity = {0.935, 4.2e-06, -8.1e-11, 3.9e-16},
    .nonlinearity_order = 3,
    .line_width_nm = 1.3,
    .counts_per_electron = 1.05,
    .read_noise_counts = 50,
    .offset_counts = 1500,
    .dark_counts_per_s = 60,
}};

}  // namespace singel::firmware_bridge::virtual_instrument
