#include "spectra/identify/learned_fields.hpp"

namespace singel::spectra::identify {
namespace {

template <auto member>
std::span<double> one(Learned& learned) {
    return {&(learned.*member), 1};
}

template <auto member>
std::span<double> several(Learned& learned) {
    return learned.*member;
}

template <auto member>
std::vector<double>& list(Learned& learned) {
    return learned.*member;
}

constexpr double huge = 1e6;

constexpr LearnedField fields[]{
    {"mismatch", "part of squared signal",
     "variance between a reference and the same substance elsewhere: even, at its bands, near them, on their slopes",
     0.0, 10.0, several<&Learned::mismatch>},
    {"other_instrument", "factor", "on that variance for instruments that were never compared; chosen, not learned",
     0.1, 100.0, one<&Learned::other_instrument>},
    {"band_table", "factor", "on that variance for a reference drawn from a table of bands; chosen, not learned", 0.1,
     1000.0, one<&Learned::band_table>},
    {"nuisance_sd", "cm⁻¹, cm⁻¹, cm⁻¹², four ratios",
     "usual differences between two measurements: shift, stretch at the edge, width, response of four regions", 1e-6,
     1e5, several<&Learned::nuisance_sd>},
    {"certainty_intercept", "log odds", "of the certainty", -huge, huge, one<&Learned::certainty_intercept>},
    {"certainty_weights", "log odds a unit of the feature", "of the features named above, in their order", -huge,
     huge, several<&Learned::certainty_weights>},
    {"found", "certainty", "from which a name is found; chosen, not learned", 0.0, 1.0, one<&Learned::found>},
    {"probable", "certainty", "from which a name is probable; chosen, not learned", 0.0, 1.0,
     one<&Learned::probable>},
    {"possible", "certainty", "from which a substance is mentioned; chosen, not learned", 0.0, 1.0,
     one<&Learned::possible>},
    {"limit_kappa", "deviations of the net amplitude", "named in 95 % of pairs of a substance and a scan", 0.1, huge,
     one<&Learned::limit_kappa>},
    {"share_sd", "standard deviation of the natural logarithm",
     "of one substance's band area between the instruments", 0.0, 10.0, one<&Learned::share_sd>},
    {"unknown_null", "deviations", "strongest unexplained band of complete samples: equally spaced quantiles, rising",
     0.0, huge, nullptr, list<&Learned::unknown_null>},
    {"unknown_alarm", "probability", "at which something unknown is said to be there; chosen, not learned", 0.0, 1.0,
     one<&Learned::unknown_alarm>},
    {"found_names", "names", "called found in simulated samples by figures of other substances", 0.0, 1e9,
     one<&Learned::found_names>},
    {"found_wrong", "names", "of them that were wrong", 0.0, 1e9, one<&Learned::found_wrong>},
    {"probable_names", "names", "called probable in the same samples", 0.0, 1e9, one<&Learned::probable_names>},
    {"probable_wrong", "names", "of them that were wrong", 0.0, 1e9, one<&Learned::probable_wrong>},
};

}  // namespace

std::span<const LearnedField> learned_fields() {
    return fields;
}

std::span<double> values_of(const LearnedField& field, Learned& learned) {
    if (field.list != nullptr) return field.list(learned);
    return field.values(learned);
}

}  // namespace singel::spectra::identify
