#pragma once

#include <array>

#include "firmware-bridge/wire/ooi/models.hpp"
#include "instrument/description.hpp"
#include "instrument/families.hpp"

namespace singel::instrument::ocean_ooi {

namespace ooi = firmware_bridge::wire::ooi;

// One row a model: what the driver must know beside the facts of the protocol (wire/ooi/models.hpp). Figures: notes
// on the OOI protocol, sections 3.1, 6.3 and 7; the narrower one where they differ.
struct Model {
    KnownModel known;
    const ooi::ModelFacts* facts;
    PixelRange usable;  // without the masked and the unusable pixels beside them
    // Frames that the instrument makes ahead, so that they may be older than what they are asked for after: as many
    // are thrown away after a change, and so many requests it keeps in mind beside the one that it serves.
    unsigned made_ahead;
    unsigned requests_kept;
    // Another model with the same id, told from this one by the major number of its FPGA's version.
    const ooi::ModelFacts* newer = nullptr;
    unsigned newer_from_major = 0;
};

constexpr Model family_a(const ooi::ModelFacts& facts, PixelRange usable) {
    return {{ooi::vendor_id, facts.product_id, facts.name}, &facts, usable, 1, 0};
}
constexpr Model family_b(const ooi::ModelFacts& facts, PixelRange usable) {
    return {{ooi::vendor_id, facts.product_id, facts.name}, &facts, usable, 1, 1};
}
// Two spectra are kept prepared (section 6.3).
constexpr Model family_b_prepared(const ooi::ModelFacts& facts, PixelRange usable, const ooi::ModelFacts& newer) {
    return {{ooi::vendor_id, facts.product_id, facts.name}, &facts, usable, 2, 2, &newer, ooi::flame_s_major};
}

inline constexpr unsigned flame_t_major = 4;  // a Flame-T was seen with FPGA 4.05.6, a USB4000 never above 3

constexpr Model with_newer(Model model, const ooi::ModelFacts& newer, unsigned from_major) {
    model.newer = &newer;
    model.newer_from_major = from_major;
    return model;
}

inline constexpr std::array models{
    family_a(ooi::usb2000, {26, 2047}),
    family_a(ooi::hr2000, {26, 2047}),
    family_a(ooi::usb650, {0, 2047}),
    family_a(ooi::adc1000, {0, 2047}),
    family_b_prepared(ooi::usb2000_plus, {20, 2047}, ooi::flame_s),
    family_b(ooi::hr2000_plus, {24, 2047}),
    with_newer(family_b(ooi::usb4000, {21, 3647}), ooi::flame_t, flame_t_major),
    family_b(ooi::hr4000, {21, 3647}),
    family_b(ooi::qe65000, {10, 1033}),
    family_b(ooi::nirquest512, {0, 511}),
    family_b(ooi::nirquest256, {0, 255}),
    family_b(ooi::maya2000_pro, {4, 2063}),
    family_b(ooi::maya_lsl, {4, 2063}),
    family_b(ooi::maya2000, {8, 2071}),
    family_b(ooi::apex, {4, 2063}),
    family_b(ooi::torus, {21, 2047}),
    family_b(ooi::jaz, {24, 2047}),
    family_b(ooi::flame_nir, {0, 127}),
};

}  // namespace singel::instrument::ocean_ooi
