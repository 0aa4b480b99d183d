#include "spectra/identify/identify.hpp"

#include <fmt/format.h>
#include <limits>

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
    if (evidence.certainty >= learned.found && !band_table) return Certainty::found;
    return evidence.certainty >= learned.probable ? Certainty::probable : Certainty::could_not_tell;
}

bool band_table(const Library& library, const Member& member) {
    return library.reference(member.index).origin == core::ReferenceOrigin::band_table;
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

std::vector<double> scaled(const Vector& curve, const Observation& observation) {
    std::vector<double> values(static_cast<std::size_t>(curve.size()));
    for (Eigen::Index i = 0; i < curve.size(); ++i)
        values[static_cast<std::size_t>(i)] =
            observation.known[i] > 0.0 ? curve[i] * observation.scale : std::numeric_limits<double>::quiet_NaN();
    return values;
}

FitCurves curves_of(const Observation& observation, const Library& library, const Fit& fit) {
    FitCurves curves;
    curves.axis = library.axis;
    const Eigen::Index splines = library.splines.rows();
    const Vector baseline = library.splines.transpose() * fit.coefficients.head(splines);
    curves.measured = scaled(observation.y, observation);
    curves.baseline = scaled(baseline, observation);
    curves.fit = scaled(observation.y - fit.residual, observation);
    curves.residual = scaled(fit.residual, observation);
    for (std::size_t j = 0; j < fit.members.size(); ++j) {
        const Member& member = *fit.members[j];
        const auto own = fit.coefficients.segment(splines + static_cast<Eigen::Index>(j * nuisance_shapes),
                                                  static_cast<Eigen::Index>(nuisance_shapes));
        const Vector curve =
            fit.amplitudes[static_cast<Eigen::Index>(j)] * member.shape + member.nuisance.transpose() * own;
        curves.components.push_back(scaled(curve, observation));
    }
    return curves;
}

}  // namespace

core::Result<Identification> identify(const core::Spectrum& spectrum, const Library& library,
                                      std::span<const Watched> watch_list, const core::ParallelFor& parallel) {
    const auto explained = explain(spectrum, library, parallel);
    if (!explained) return tl::unexpected(explained.error());
    const Observed& observed = explained->observed;
    Identification result;
    result.technique = spectrum.technique;
    result.provenance = spectrum.provenance.with("identify", fmt::format("library={}", library.set.id));
    result.library_id = library.set.id;
    result.library_references = library.size();
    result.algorithm = fmt::format("singel-gls {} ({})", algorithm_version, digest(library.learned));
    result.quality = observed.quality;

    const Statement said = state(*explained, library);
    result.curves = curves_of(observed.observation, library, said.fit);
    if (!result.quality.usable) {
        speak_of_watched(result, library, watch_list, nullptr);
        return result;
    }
    const Fit named = named_fit(*explained, library, said);
    result.components = components_of(observed, library, said);
    result.unknown = find_unknown(observed.observation, library, named);
    const DetectionLimits limits(observed.observation, library, named);
    speak_of_watched(result, library, watch_list, observed.noise_known ? &limits : nullptr);
    return result;
}

}  // namespace singel::spectra::identify
