#pragma once

#include <array>

#include "firmware-bridge/wire/nirscan/commands.hpp"
#include "instrument/families.hpp"

namespace singel::instrument::nirscan {

namespace wire = firmware_bridge::wire::nirscan;

struct Model {
    KnownModel known;
    // What each scan does. The exposure of a pattern cannot be changed in a column scan.
    std::uint16_t first_nm = 0, last_nm = 0, patterns = 0, repeats = 0;
    std::uint8_t width_px = 0;
    // Fixed: with another gain in each scan a dark frame would not belong to its frame. At 1 nothing saturates early.
    std::uint8_t gain = 1;
};

// The column scan that TI stores in each kit (firmware, "Column 1").
inline constexpr std::array models{
    Model{{wire::vendor_id, wire::product_id, "NIRscan Nano", Verified::virtual_unit},
          wire::first_nm,
          wire::last_nm,
          228,
          6,
          6},
};

}  // namespace singel::instrument::nirscan
