#pragma once

#include <array>
#include <string_view>

#include "firmware-bridge/wire/nirscan/commands.hpp"

namespace singel::firmware_bridge::virtual_instrument {

struct NirscanModel {
    std::string_view name, default_serial;
    std::array<double, 3> wavelength_nm;  // by column of the mirrors
    double line_width_nm = 10;            // TI, DLP NIRscan Nano user's guide: optical resolution
    double electrons = 4e7;               // at full scale and gain 1
    double read_noise = 2e-6, offset = 2e-3, dark_per_s = 0.5;  // of full scale
    // One large detector sees all rows of a pattern: so much more light than a pixel of an array.
    double gathering = 100;
};

inline constexpr std::array nirscan_rows{
    NirscanModel{"NIRscan-Nano", "VIRT042", {1781.5, -0.95, -1.2e-4}},
};

}  // namespace singel::firmware_bridge::virtual_instrument
