#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "firmware-bridge/wire/obp/arguments.hpp"
#include "firmware-bridge/wire/obp/frame.hpp"
#include "firmware-bridge/wire/obp/messages.hpp"
#include "firmware-bridge/wire/obp/messages2.hpp"

// What host and device must agree on, one row a model: notes on the OBP protocol, sections 1, 2, 7 and 8.5.
namespace singel::firmware_bridge::wire::obp {

inline constexpr std::uint16_t ocean_vendor_id = 0x2457, obp2_vendor_id = 0x0999;

// How a spectrum is asked for.
enum class Readout : std::uint8_t {
    on_request,   // one request, one frame of u16 pixels
    buffered,     // abort, clear, acquire, then fetch from the buffer (QE-PRO)
    fast_buffer,  // on request as well; or many at once from the buffer (Flame-X)
    obp2          // one request, one frame whose pixel width must be derived
};

struct Model {
    std::string_view name;
    std::uint16_t vendor_id = ocean_vendor_id, product_id = 0;
    std::uint16_t version = version_1;
    std::uint8_t command_endpoint = 0x01, reply_endpoint = 0x81;
    std::uint8_t second_command_endpoint = 0, second_reply_endpoint = 0;  // another pair that works as well; 0: none
    std::uint16_t packet_size = 64;                                       // of both at high speed
    std::size_t transfer_multiple = 1;  // transfers are filled up to a multiple of so many bytes
    Readout readout = Readout::on_request;
    std::uint32_t spectrum_message = message::get_raw_spectrum;
    std::size_t pixels = 0;
    std::uint32_t full_scale = 65535;  // counts
    std::uint32_t min_integration_us = 0, max_integration_us = 0, step_us = 1;
    std::array<PixelRange, 2> dark{};  // electric dark pixels
    std::size_t dark_ranges = 0;
    bool cooled = false, laser = false;
};

constexpr Model small(std::string_view name, std::uint16_t product_id) {
    return {.name = name,
            .product_id = product_id,
            .second_command_endpoint = 0x02,
            .second_reply_endpoint = 0x82,
            .pixels = 1024,
            .full_scale = 16383,
            .min_integration_us = 10,
            .max_integration_us = 85'000'000};
}

inline constexpr Model qe_pro{.name = "QE-PRO",
                              .product_id = 0x4004,
                              .second_command_endpoint = 0x02,
                              .second_reply_endpoint = 0x82,
                              .readout = Readout::buffered,
                              .spectrum_message = message::get_buffered_spectrum,
                              .pixels = 1044,
                              .full_scale = 200'000,  // SeaBreeze; 18 bits hold 262,143
                              .min_integration_us = 8'000,
                              .max_integration_us = 1'600'000'000,  // SeaBreeze; data sheet: up to 3600 s
                              .dark = {{{0, 3}, {1040, 1043}}},
                              .dark_ranges = 2,
                              .cooled = true};

// Sold as Ocean FX as well, with the same id.
inline constexpr Model flame_x{.name = "Flame-X",
                               .product_id = 0x2001,
                               .packet_size = 512,
                               .transfer_multiple = 4,
                               .readout = Readout::fast_buffer,
                               .pixels = 2136,
                               .min_integration_us = 10,  // pyseabreeze: 6,000
                               .max_integration_us = 10'000'000,
                               .dark = {{{14, 29}}},
                               .dark_ranges = 1};

inline constexpr Model hdx{.name = "HDX",
                           .product_id = 0x2003,
                           .packet_size = 512,  // inferred
                           .spectrum_message = message::get_corrected_spectrum,
                           .pixels = 2068,
                           .min_integration_us = 6'000,
                           .max_integration_us = 10'000'000};

// Both share one id: which laser a unit has is not to be read from it.
constexpr Model ventana(std::string_view name) {
    return {.name = name,
            .product_id = 0x5000,
            .reply_endpoint = 0x82,
            .pixels = 1024,
            .min_integration_us = 22'000,
            .max_integration_us = 60'000'000,
            .cooled = true,
            .laser = true};
}

constexpr Model obp2(std::string_view name, std::uint16_t product_id, std::size_t pixels, std::uint32_t min_us,
                     std::uint32_t max_us) {
    return {.name = name,
            .vendor_id = obp2_vendor_id,
            .product_id = product_id,
            .version = version_2,
            .packet_size = 512,  // inferred
            .readout = Readout::obp2,
            .spectrum_message = message2::get_spectrum,
            .pixels = pixels,
            .min_integration_us = min_us,
            .max_integration_us = max_us};
}

constexpr Model masked(Model model, PixelRange dark) {
    model.dark[0] = dark;
    model.dark_ranges = 1;
    return model;
}

constexpr Model st() {
    Model model = masked(obp2("ST", 0x1000, 1516, 1'560, 6'000'000), {1503, 1515});
    model.full_scale = 16383;
    model.step_us = 10;
    return model;
}

inline constexpr std::array models{small("STS", 0x4000),
                                   qe_pro,
                                   small("Spark", 0x4200),
                                   flame_x,
                                   hdx,
                                   ventana("Ventana-785"),
                                   ventana("Ventana-532"),
                                   st(),
                                   masked(obp2("SR2", 0x1001, 2110, 1, 2'000'000), {0, 23}),
                                   obp2("SR4", 0x1002, 3648, 3'800, 10'000'000),
                                   obp2("SR6", 0x1005, 2048, 7'200, 5'000'000),
                                   obp2("HR2", 0x1003, 2110, 1, 2'000'000),
                                   obp2("HR4", 0x1004, 3648, 3'800, 10'000'000),
                                   obp2("HR6", 0x1006, 2048, 7'200, 5'000'000)};

namespace trigger_code {
inline constexpr std::uint8_t on_request = 0, external_edge = 1, synchronised = 2, external_level = 3;
}  // namespace trigger_code

constexpr std::size_t filled_up(const Model& model, std::size_t bytes) {
    return (bytes + model.transfer_multiple - 1) / model.transfer_multiple * model.transfer_multiple;
}

}  // namespace singel::firmware_bridge::wire::obp
