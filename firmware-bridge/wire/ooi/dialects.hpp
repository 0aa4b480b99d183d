#pragma once

#include "firmware-bridge/wire/ooi/dialect.hpp"

// The dialects of families A and B; models.hpp says which model speaks which. Sources: see dialect.hpp.
namespace singel::firmware_bridge::wire::ooi {

namespace dialects {

inline constexpr Dialect family_a{
    .integration = IntegrationField::u16_ms,
    .status = StatusForm::family_a,
    .endpoints = {0x02, 0x87, 0x82, 0, 0x07},
    .knows = {.i2c = false, .registers = false, .temperature = false, .irradiance = false, .serial_number = true},
    .full_speed_only = true,
    .pixels = 2048,
    .form = PixelForm::split_bytes,
    .initialize_sends_spectrum = true,
    .slot_seventeen = SlotSeventeen::none};
inline constexpr Dialect hr2000 = [] {
    Dialect d = family_a;
    d.status = StatusForm::none;
    return d;
}();

inline constexpr Dialect usb2000_plus{.knows = {.power = true}, .pixels = 2048, .slots = 31};
inline constexpr Dialect hr2000_plus{
    .knows = {.power = true}, .pixels = 2048, .flip = 0x2000, .slot_seventeen = SlotSeventeen::none};
inline constexpr Dialect usb4000{.pixels = 3840, .first_on_second = 2048, .slots = 31};
inline constexpr Dialect hr4000{.knows = {.power = true},
                                .pixels = 3840,
                                .flip = 0x2000,
                                .first_on_second = 2048,
                                .slot_seventeen = SlotSeventeen::none};
inline constexpr Dialect torus{.knows = {.power = true}, .pixels = 2048};
inline constexpr Dialect maya{
    .knows = {.heatsink = true}, .pixels = 2304, .slot_seventeen = SlotSeventeen::saturation_at_0};
inline constexpr Dialect maya2000{.knows = {.heatsink = true}, .pixels = 2304, .slot_seventeen = SlotSeventeen::none};
inline constexpr Dialect apex{
    .knows = {.lamp = false, .trigger = false, .plug_ins = false, .i2c = false, .temperature = false},
    .pixels = 2304,
    .slot_seventeen = SlotSeventeen::saturation_at_0};
inline constexpr Dialect qe65000{.integration = IntegrationField::u32_ms,
                                 .knows = {.heatsink = true, .cooler = true},
                                 .pixels = 1280,
                                 .flip = 0x8000,
                                 .slots = 19,
                                 .slot_seventeen = SlotSeventeen::cooler};
constexpr Dialect nirquest(std::size_t pixels) {
    return {.integration = IntegrationField::u32_ms,
            .knows = {.plug_ins = false, .i2c = false, .registers = false, .irradiance = false, .cooler = true},
            .pixels = pixels,
            .flip = 0x8000,
            .slots = 21,
            .slot_seventeen = SlotSeventeen::wide_saturation_at_4};
}
inline constexpr Dialect jaz{.status = StatusForm::none,
                             .endpoints = {.second_spectrum = 0, .command_packet = high_speed_packet},
                             .knows = {.trigger = false,
                                       .power = true,
                                       .plug_ins = false,
                                       .i2c = false,
                                       .registers = false,
                                       .temperature = false,
                                       .irradiance = false,
                                       .channels = true},
                             .pixels = 2048,
                             .sync = false};
// In nobody's command table: taken to know what a USB2000+ knows.
inline constexpr Dialect flame_nir{.knows = {.power = true}, .pixels = 128, .sync = false, .slots = 31};

}  // namespace dialects

}  // namespace singel::firmware_bridge::wire::ooi
