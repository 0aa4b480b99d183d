#pragma once

#include <array>

#include "firmware-bridge/wire/fid/operations.hpp"
#include "instrument/families.hpp"

namespace singel::instrument::wasatch {

namespace fid = firmware_bridge::wire::fid;

// One row a board. What a unit is beyond that (model, pixels, laser, limits) its own memory says.
struct Model {
    KnownModel known;
    fid::Board board;
    unsigned stale_after_change;  // FID notes, section 6 (8): the first frame after any change is dirty
};

inline constexpr std::array models{
    Model{{fid::vendor_id, fid::product_fx2_silicon, "Wasatch X"}, fid::Board::fx2, 1},
    Model{{fid::vendor_id, fid::product_fx2_ingaas, "Wasatch X, InGaAs"}, fid::Board::ingaas, 1},
    Model{{fid::vendor_id, fid::product_arm, "Wasatch XS and X on the ARM board"}, fid::Board::arm, 1},
};

}  // namespace singel::instrument::wasatch
