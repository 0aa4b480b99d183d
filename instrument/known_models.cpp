#include "instrument/known_models.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace singel::instrument {

std::string_view phrase(Verified verified) {
    switch (verified) {
        case Verified::documents: return "written from documents only, not yet proven on this model";
        case Verified::virtual_unit: return "works with a virtual instrument, not yet proven on this model";
        case Verified::other_programs:
            return "works with a virtual instrument that another program drives too, not yet proven on this model";
        case Verified::hardware: return "a unit of this model has answered";
    }
    return {};
}

Verified verified_of(const Description& description) {
    Verified least = Verified::hardware;
    bool family_known = false;
    for (const Family& family : families()) {
        if (family.name != description.family) continue;
        for (const KnownModel& model : family.models) {
            if (model.name == description.identity.model) return model.verified;
            least = std::min(least, model.verified);
            family_known = true;
        }
    }
    return family_known ? least : Verified::documents;
}

std::string models_table() {
    std::string table = "| model | USB id | family | verified |\n|---|---|---|---|\n";
    for (const Family& family : families())
        for (const KnownModel& model : family.models)
            table += fmt::format("| {} | {:04x}:{:04x} | {} | {} |\n", model.name, model.vendor_id, model.product_id,
                                 family.name, name(model.verified));
    return table;
}

}  // namespace singel::instrument
