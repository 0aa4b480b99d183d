#include "instrument/families.hpp"

#include <array>

#include "instrument/nirscan/nirscan.hpp"
#include "instrument/ocean_obp/ocean_obp.hpp"
#include "instrument/ocean_ooi/ocean_ooi.hpp"
#include "instrument/wasatch/wasatch.hpp"

namespace singel::instrument {

std::span<const Family> families() {
    static const std::array list{
        Family{"ocean_ooi", ocean_ooi::known_models(), &ocean_ooi::open},
        Family{"ocean_obp", ocean_obp::known_models(), &ocean_obp::open, &ocean_obp::laser_off_blind, true},
        Family{"wasatch", wasatch::known_models(), &wasatch::open, &wasatch::laser_off_blind},
        Family{"nirscan", nirscan::known_models(), &nirscan::open},
    };
    return list;
}

std::string_view name(Verified verified) {
    switch (verified) {
        case Verified::documents: return "documents";
        case Verified::virtual_unit: return "virtual_unit";
        case Verified::other_programs: return "other_programs";
        case Verified::hardware: return "hardware";
    }
    return {};
}

FamilyModel find_model(std::uint16_t vendor_id, std::uint16_t product_id) {
    for (const Family& family : families())
        for (const KnownModel& model : family.models)
            if (model.vendor_id == vendor_id && model.product_id == product_id) return {&family, model};
    return {};
}

}  // namespace singel::instrument
