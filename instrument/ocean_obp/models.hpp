#pragma once

#include <array>

#include "firmware-bridge/wire/obp/models.hpp"
#include "instrument/families.hpp"

namespace singel::instrument::ocean_obp {

namespace obp = firmware_bridge::wire::obp;

// One row a model. What host and device must agree on stands once, in wire/obp/models.hpp, with its sources; here is
// what only a driver asks.
struct Model {
    KnownModel known;
    obp::Model facts;
    unsigned stale_after_change = 1;  // OBP notes, section 8.5: the first frame after a change is not trusted
};

inline constexpr std::size_t model_count = obp::models.size() - 1;

// Both Ventanas have one id: what the laser of a unit is, its wavelengths tell (memory.hpp).
constexpr std::array<Model, model_count> rows() {
    std::array<Model, model_count> result{};
    std::size_t next = 0;
    std::uint16_t last = 0;
    for (const obp::Model& facts : obp::models) {
        if (facts.product_id == last) continue;
        last = facts.product_id;
        const bool reverse_engineered = facts.version == obp::version_2;
        result[next++] = {{facts.vendor_id, facts.product_id, facts.laser ? "Ventana" : facts.name,
                           reverse_engineered ? Verified::documents : Verified::virtual_unit},
                          facts};
    }
    return result;
}

inline constexpr std::array<Model, model_count> models = rows();

}  // namespace singel::instrument::ocean_obp
