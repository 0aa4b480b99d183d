#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "firmware-bridge/wire/obp/models.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// What the virtual unit adds to the shared row of its model: the instrument itself. Wavelengths, detectors and
// benches are typical values of our own; buffer sizes are the maker's published ones.
struct ObpModel {
    wire::obp::Model wire;
    std::string_view default_serial;
    std::array<float, 4> wavelength_nm{};  // polynomial in the pixel
    double line_width_nm = 1.5, excitation_nm = 0;
    double read_noise = 1e-3, offset = 0.02, dark_per_s = 1e-3;  // shares of full scale
    std::array<double, 2> nonlinearity{0.95,
                                       0.05 / wire.full_scale};  // bent by 5 %: true = measured / (n0 + n1 measured)
    double electrons = 60'000;                                   // that fill a pixel
    std::size_t frames_prepared = 1;                             // kept ready after a request: one stale frame
    std::uint32_t buffer_spectra = 0;
    std::uint8_t largest_binning = 0;
    bool lists_messages = true;     // answers 00000082
    bool silent_endpoints = false;  // 0x82 and 0x86 are there as well
    std::uint16_t slit_um = 25, release = 0x0001;
};

constexpr wire::obp::Model obp_row(std::string_view name) {
    for (const wire::obp::Model& row : wire::obp::models)
        if (row.name == name) return row;
    throw "no such model";  // at compile time
}

inline constexpr std::array obp_rows{
    ObpModel{.wire = obp_row("STS"),
             .default_serial = "VIRTUAL-STS",
             .wavelength_nm = {337.2F, 0.4712F, -1.31e-5F, -1.2e-9F},
             .largest_binning = 3},
    ObpModel{.wire = obp_row("QE-PRO"),
             .default_serial = "VIRTUAL-QEP",
             .wavelength_nm = {197.6F, 0.8044F, -2.62e-5F, -2.1e-9F},
             .electrons = 300'000,
             .frames_prepared = 0,
             .buffer_spectra = 15'000,
             .release = 0x0067},
    ObpModel{.wire = obp_row("Spark"),
             .default_serial = "VIRTUAL-SPARK",
             .wavelength_nm = {371.4F, 0.3391F, -4.4e-6F, -8e-10F},
             .line_width_nm = 4.5,
             .largest_binning = 3,
             .lists_messages = false},
    ObpModel{.wire = obp_row("Flame-X"),
             .default_serial = "VIRTUAL-FLMX",
             .wavelength_nm = {190.3F, 0.4013F, -1.22e-5F, -9e-10F},
             .buffer_spectra = 50'000},
    ObpModel{.wire = obp_row("HDX"),
             .default_serial = "VIRTUAL-HDX",
             .wavelength_nm = {188.9F, 0.4127F, -1.18e-5F, -1.1e-9F},
             .line_width_nm = 0.9,
             .silent_endpoints = true},
    ObpModel{.wire = obp_row("Ventana-785"),
             .default_serial = "VIRTUAL-V785",
             .wavelength_nm = {797.1F, 0.1512F, -9.8e-6F, -3e-10F},
             .line_width_nm = 0.6,
             .excitation_nm = 785.0,
             .lists_messages = false},
    ObpModel{.wire = obp_row("Ventana-532"),
             .default_serial = "VIRTUAL-V532",
             .wavelength_nm = {538.4F, 0.1561F, -1.02e-5F, -3e-10F},
             .line_width_nm = 0.5,
             .excitation_nm = 532.0,
             .lists_messages = false},
    ObpModel{
        .wire = obp_row("ST"), .default_serial = "VIRTUAL-ST", .wavelength_nm = {345.1F, 0.3204F, -7.9e-6F, -4e-10F}},
    ObpModel{.wire = obp_row("SR2"),
             .default_serial = "VIRTUAL-SR2",
             .wavelength_nm = {190.2F, 0.3511F, -1.03e-5F, -6e-10F}},
    ObpModel{.wire = obp_row("SR4"),
             .default_serial = "VIRTUAL-SR4",
             .wavelength_nm = {180.4F, 0.2203F, -4.1e-6F, -1e-10F}},
    ObpModel{.wire = obp_row("SR6"),
             .default_serial = "VIRTUAL-SR6",
             .wavelength_nm = {195.3F, 0.4009F, -1.52e-5F, -7e-10F}},
    ObpModel{.wire = obp_row("HR2"),
             .default_serial = "VIRTUAL-HR2",
             .wavelength_nm = {350.2F, 0.1302F, -3.1e-6F, -1e-10F},
             .line_width_nm = 0.4},
    ObpModel{.wire = obp_row("HR4"),
             .default_serial = "VIRTUAL-HR4",
             .wavelength_nm = {400.3F, 0.0807F, -1.1e-6F, -1e-11F},
             .line_width_nm = 0.3},
    ObpModel{.wire = obp_row("HR6"),
             .default_serial = "VIRTUAL-HR6",
             .wavelength_nm = {300.1F, 0.1604F, -4.2e-6F, -2e-10F},
             .line_width_nm = 0.5},
};

}  // namespace singel::firmware_bridge::virtual_instrument
