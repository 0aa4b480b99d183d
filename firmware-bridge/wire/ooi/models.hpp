#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "firmware-bridge/wire/ooi/dialects.hpp"

// The models of families A and B: the facts that the host's driver and the virtual instrument both need, once.
// Source: notes on the OOI protocol, section 7. Where the data sheet (DS) and the maker's SeaBreeze (csb) differ, the
// data sheet's is taken, as it is the narrower; the steps of a timer that nobody names are 1 us.
namespace singel::firmware_bridge::wire::ooi {

struct IntegrationTimes {
    std::uint32_t min_us = 0, max_us = 0, step_us = 1;
    std::uint32_t coarse_from_us = 0xFFFFFFFF, coarse_step_us = 1;  // longer ones go in these steps
};

struct PixelSpan {  // inclusive; empty when last < first
    std::size_t first = 1, last = 0;
};

// What a trigger code means (section 3.1). In all but `none` a frame waits for the trigger input.
enum class TriggerKind : std::uint8_t {
    none,              // request driven
    level,             // while the input is high
    synchronisation,   // two edges bound one integration
    edge,              // an edge starts one integration
    edge_fixed_50_ms,  // … of 50 ms, whatever was set
    never              // disabled
};
struct TriggerCode {
    std::uint8_t code = 0;
    TriggerKind kind = TriggerKind::none;
};

struct ModelFacts {
    std::string_view name{};
    std::uint16_t product_id = 0;
    Dialect dialect{};
    std::size_t detector_pixels = 0;  // the first so many of what is sent; the rest is padding
    std::uint32_t full_scale = 65535;
    IntegrationTimes integration{};
    std::array<PixelSpan, 2> dark{};  // masked pixels, for the electric dark
    std::span<const TriggerCode> triggers{};
    int wavelength_shift = 0;  // wavelengths are the polynomial at pixel index - shift
};

// A Flame-S and a USB2000+ share an id: an FPGA version of this major number or more is a Flame-S.
inline constexpr unsigned flame_s_major = 3;

namespace trigger {
using enum TriggerKind;
inline constexpr std::array free{TriggerCode{0, none}};
inline constexpr std::array usb2000{TriggerCode{0, none}, TriggerCode{1, level}, TriggerCode{3, edge_fixed_50_ms}};
// 0x80 to 0x83 are the "self-nulling" twins of 0 to 3, 0xFF switches triggers off.
inline constexpr std::array fpga{
    TriggerCode{0x00, none}, TriggerCode{0x01, level}, TriggerCode{0x02, synchronisation}, TriggerCode{0x03, edge},
    TriggerCode{0x80, none}, TriggerCode{0x81, level}, TriggerCode{0x82, synchronisation}, TriggerCode{0x83, edge},
    TriggerCode{0xFF, never}};
inline constexpr std::array flame{TriggerCode{0x00, none},
                                  TriggerCode{0x01, level},
                                  TriggerCode{0x02, synchronisation},
                                  TriggerCode{0x03, edge},
                                  TriggerCode{0x04, edge},
                                  TriggerCode{0x80, none},
                                  TriggerCode{0x81, level},
                                  TriggerCode{0x82, synchronisation},
                                  TriggerCode{0x83, edge},
                                  TriggerCode{0xFF, never}};
}  // namespace trigger

// name, product id, dialect, pixels of the detector, full scale, integration times, masked pixels, trigger codes.
inline constexpr ModelFacts usb2000{
    "USB2000", 0x1002, dialects::family_a, 2048, 4095, {3'000, 65'535'000, 1'000}, {{{2, 23}}}, trigger::usb2000};
inline constexpr ModelFacts hr2000{
    "HR2000", 0x100A, dialects::hr2000, 2048, 4095, {3'000, 65'535'000, 1'000}, {{{2, 23}}}, trigger::usb2000};
inline constexpr ModelFacts usb650{
    "USB650", 0x1014, dialects::family_a, 2048, 4095, {3'000, 65'535'000, 1'000}, {}, trigger::usb2000};
inline constexpr ModelFacts adc1000{
    "ADC1000-USB", 0x1004, dialects::family_a, 2048, 4095, {5'000, 65'535'000, 1'000}, {}, trigger::usb2000};

// Masked: csb averages 6 to 20, but pixels 18 and 19 are unusable and 20 sees light (DS).
inline constexpr IntegrationTimes usb2000_plus_times{1'000, 65'535'000, 10, 655'000, 1'000};
inline constexpr ModelFacts usb2000_plus{"USB2000+",         0x101E,      dialects::usb2000_plus, 2048, 65535,
                                         usb2000_plus_times, {{{6, 17}}}, trigger::fpga};
inline constexpr ModelFacts flame_s{"Flame-S",          0x101E,      dialects::usb2000_plus, 2048, 65535,
                                    usb2000_plus_times, {{{6, 17}}}, trigger::flame};
inline constexpr ModelFacts torus{"Torus",     0x1040,       dialects::torus, 2048, 65535, usb2000_plus_times,
                                  {{{6, 17}}}, trigger::fpga};
// Masked: csb 2 to 23, DS 0 to 17.
inline constexpr ModelFacts hr2000_plus{"HR2000+",           0x1016,      dialects::hr2000_plus, 2048, 16383,
                                        {1'000, 65'535'000}, {{{2, 17}}}, trigger::fpga};

// The maker names a step of 10 us for the HR4000; the USB4000 has the same detector and timer.
inline constexpr ModelFacts usb4000{"USB4000",   0x1022,       dialects::usb4000, 3648, 65535, {10, 65'535'000, 10},
                                    {{{5, 15}}}, trigger::fpga};
inline constexpr ModelFacts flame_t{"Flame-T",   0x1022,        dialects::usb4000, 3648, 65535, {10, 65'535'000, 10},
                                    {{{5, 15}}}, trigger::flame};
// Masked: csb 5 to 17, psb 2 to 12.
inline constexpr ModelFacts hr4000{"HR4000",    0x1012,       dialects::hr4000, 3648, 16383, {10, 655'350'000, 10},
                                   {{{5, 12}}}, trigger::fpga};

inline constexpr ModelFacts qe65000{
    "QE65000",     0x1018, dialects::qe65000, 1044, 65535, {8'000, 1'600'000'000, 1'000}, {{{0, 3}, {1040, 1043}}},
    trigger::fpga, 10};
inline constexpr ModelFacts nirquest512{
    "NIRQuest512", 0x1026, dialects::nirquest(512), 512, 65535, {1'000, 1'600'000'000, 1'000}, {}, trigger::fpga};
inline constexpr ModelFacts nirquest256{
    "NIRQuest256", 0x1028, dialects::nirquest(256), 256, 65535, {1'000, 1'600'000'000, 1'000}, {}, trigger::fpga};

inline constexpr ModelFacts maya2000_pro{
    "Maya2000Pro", 0x102A, dialects::maya, 2068, 64000, {7'200, 65'000'000}, {{{0, 3}, {2064, 2067}}}, trigger::fpga};
inline constexpr ModelFacts maya_lsl{
    "MayaLSL", 0x1046, dialects::maya, 2068, 64000, {7'200, 65'000'000}, {{{0, 3}, {2064, 2067}}}, trigger::fpga};
inline constexpr ModelFacts maya2000{
    "Maya2000",   0x102C, dialects::maya2000, 2080, 65535, {15'000, 1'600'000'000}, {{{0, 7}, {2072, 2079}}},
    trigger::fpga};
inline constexpr ModelFacts apex{
    "Apex", 0x1044, dialects::apex, 2068, 64000, {15'000, 1'600'000'000}, {{{0, 3}, {2064, 2067}}}, trigger::free};

inline constexpr ModelFacts jaz{"Jaz",       0x2000,       dialects::jaz, 2048, 65535, {1'000, 655'350'000},
                                {{{2, 23}}}, trigger::free};
inline constexpr ModelFacts flame_nir{"Flame-NIR",          0x104B, dialects::flame_nir, 128, 65535,
                                      {1'000, 655'350'000}, {},     trigger::fpga};

}  // namespace singel::firmware_bridge::wire::ooi
