#include "spectra/identify/identify.hpp"

#include <fmt/format.h>

#include "spectra/identify/curves.hpp"
#include "spectra/identify/detection_limit.hpp"
#include "spectra/identify/explain.hpp"
#include "spectra/identify/groups.hpp"
#include "spectra/identify/search.hpp"
#include "spectra/identify/shares.hpp"
#include "spectra/identify/unknown.hpp"
#include "spectra/identify/watch.hpp"

namespace singel::spectra::identify {
namespace {

constexpr int algorithm_version = 1;

Certainty word(const Learned& learned, const Evidence& evidence, bool band_table) {
    if (evidence.certainty >= learned.found && !band_table && !learned.assumed) return Certainty::found;
    return evidence.certainty >= learned.probable ? Certainty::probable : Certainty::could_not_tell;
}

bool band_table(const Library& library, const Member& member) {
    return library.reference(member.index).origin == core::ReferenceOrigin::band_table;
}

// None for a band table: no such reference was among what was counted.
std::optional<double> measured_rate(const Library& library, const Member& member, Certainty certainty) {
    if (certainty == Certainty::could_not_tell || band_table(library, member)) return std::nullopt;
    return certainty == Certainty::found ? found_false_rate(library.learned) : probable_false_rate(library.learned);
}

std::vector<Component> components_of(const Observed& observed, const Library& library, const Statement& said) {
    const std::vector<Share> shares = shares_of(observed.observation, library, said.fit);
    std::vector<Component> components;
    for (std::size_t i = 0; i < said.evidence.size(); ++i) {
        const Evidence& evidence = said.evidence[i];
        const Member& member = *evidence.member;
        Component component;
        component.name = library.reference(member.index).substance.name;
        component.group = group_of(library, member.index);
        component.origin = library.reference(member.index).origin;
        component.certainty = word(library.learned, evidence, band_table(library, member));
        component.false_name_rate = measured_rate(library, member, component.certainty);
        component.hqi = hqi_of(observed, library, member.index);
        const auto at = library.splines.rows() + static_cast<Eigen::Index>(nuisance_shapes * i);
        const double a = said.fit.amplitudes[static_cast<Eigen::Index>(i)];
        // y = a s(x - shift) is a s - a shift s' to first order.
        component.shift_cm1 = a > 0.0 ? -said.fit.coefficients[at] / a : 0.0;
        if (!band_table(library, member)) {
            component.share = shares[i].value;
            component.share_interval = shares[i].interval;
        }
        for (const Eigen::Index point : evidence.bands)
            component.evidence_bands_cm1.push_back(library.axis[static_cast<std::size_t>(point)]);
        components.push_back(std::move(component));
    }
    return components;
}

// explained: of this spectrum by this library.
Identification answer(const core::Spectrum& spectrum, const Explanation& explained, const Library& library,
                      std::span<const Watched> watch_list, bool with_accounts) {
    const Observed& observed = explained.observed;
    Identification result;
    result.technique = spectrum.technique;
    result.provenance = spectrum.provenance.with("identify", fmt::format("library={}", library.set.id));
    result.library_id = library.set.id;
    result.library_references = library.size();
    result.algorithm = fmt::format("singel-gls {} ({})", algorithm_version, digest(library.learned));
    result.quality = observed.quality;

    const Statement said = state(explained, library);
    result.curves = curves_of(observed.observation, library, said.fit);
    if (!result.quality.usable) {
        speak_of_watched(result, library, watch_list, nullptr);
        return result;
    }
    const Fit named = named_fit(explained, library, said);
    result.components = components_of(observed, library, said);
    if (with_accounts)
        for (std::size_t i = 0; i < result.components.size(); ++i) {
            result.components[i].account = account(explained, library, said, i);
            result.components[i].account->unit = spectrum.ordinate;
        }
    result.unknown = find_unknown(observed.observation, library, explained.all, named);
    const DetectionLimits limits(observed.observation, library, named);
    speak_of_watched(result, library, watch_list, observed.noise_known ? &limits : nullptr);
    return result;
}

}  // namespace

core::Result<Identification> identify(const core::Spectrum& spectrum, const Library& library,
                                      std::span<const Watched> watch_list, const core::ParallelFor& parallel) {
    const auto explained = explain(spectrum, library, parallel);
    if (!explained) return tl::unexpected(explained.error());
    return answer(spectrum, *explained, library, watch_list, false);
}

core::Result<Identification> identify_with_accounts(const core::Spectrum& spectrum, const Library& library,
                                                    std::span<const Watched> watch_list,
                                                    const core::ParallelFor& parallel) {
    const auto explained = explain(spectrum, library, parallel);
    if (!explained) return tl::unexpected(explained.error());
    return answer(spectrum, *explained, library, watch_list, true);
}

}  // namespace singel::spectra::identify
