#pragma once

#include <array>
#include <chrono>

#include "firmware-bridge/wire/ooi/commands.hpp"
#include "instrument/description.hpp"
#include "instrument/families.hpp"

namespace singel::instrument::ocean_ooi {

// One row a model. Figures: notes on the OOI protocol, sections 1.1, 6.3 and 7; the narrower one where they differ.
struct Model {
    KnownModel known;
    std::size_t pixels;
    std::uint32_t full_scale;
    IntegrationLimits integration;
    PixelRange electric_dark;
    PixelRange usable;
    unsigned stale_after_change;  // frames prepared ahead of the request
};

using std::chrono::microseconds;

inline constexpr std::array models{
    Model{{firmware_bridge::wire::ooi::vendor_id, 0x101E, "USB2000+"},
          2048,
          65535,
          {microseconds{1000}, microseconds{65535000}, microseconds{10}, microseconds{655000}, microseconds{1000}},
          {6, 17},  // the driver of the maker says 6..20, its data sheet 0..17 black and 18..19 unusable
          {20, 2047},
          2},
};

}  // namespace singel::instrument::ocean_ooi
