#include "spectra/identify/account.hpp"

#include <algorithm>
#include <cmath>

#include "spectra/identify/curves.hpp"
#include "spectra/identify/explain.hpp"
#include "spectra/identify/groups.hpp"
#include "spectra/identify/screen.hpp"
#include "spectra/identify/select.hpp"

namespace singel::spectra::identify {
namespace {

constexpr std::size_t most_bands = 8, rivals_tried = 6, most_rivals = 3;
constexpr double as_high = 0.4;      // of the predicted height: the bar of the evidence itself
constexpr double shares_band = 0.5;  // of the component's own height
constexpr double clearly = 2.0;      // standard deviations
constexpr double far = 10.0 * least_gain;

// A rival that was fitted in the component's place.
struct Tried {
    std::size_t reference = 0;
    double worse_by = 0.0;
    Vector curve;
};

double mean_of_three(const Vector& curve, Eigen::Index at) {
    return curve.segment(at - 1, 3).mean();
}

const std::string& name_of(const Library& library, std::size_t reference) {
    return library.reference(reference).substance.name;
}

RivalFit word(double worse_by) {
    if (worse_by < least_gain) return RivalFit::as_well;
    return worse_by < far ? RivalFit::worse : RivalFit::far_worse;
}

std::vector<double> amplitudes_of(const Fit& fit) {
    return {fit.amplitudes.data(), fit.amplitudes.data() + fit.amplitudes.size()};
}

std::vector<Tried> try_rivals(const Explanation& explanation, const Library& library, const Fit& now, const Fit& rest,
                              std::size_t component) {
    const Observation& observation = explanation.observed.observation;
    std::vector<std::size_t> taken;
    for (const Member* member : now.members) taken.push_back(library.substance[member->index]);
    const NetView view(observation, rest);
    std::vector<Tried> tried;
    for (const Candidate& candidate : screen(*explanation.members, view, taken, rivals_tried, core::in_order)) {
        std::vector<const Member*> list = rest.members;
        list.push_back(&(*explanation.members)[candidate.index]);
        std::vector<double> start = amplitudes_of(rest);
        start.push_back(now.amplitudes[static_cast<Eigen::Index>(component)]);
        const Fit trial = fit(observation, library.splines, std::move(list), start, now.spread);
        if (!(trial.amplitudes[trial.amplitudes.size() - 1] > 0.0)) continue;
        tried.push_back({candidate.index, trial.objective - now.objective,
                         member_curve(library, trial, trial.members.size() - 1)});
    }
    std::ranges::stable_sort(tried, {}, &Tried::worse_by);
    if (tried.size() > most_rivals) tried.resize(most_rivals);
    return tried;
}

std::vector<Rival> in_words(const Library& library, const std::vector<Tried>& tried, std::size_t own) {
    const std::vector<std::string> group = group_of(library, own);
    std::vector<Rival> rivals;
    for (const Tried& one : tried) {
        const std::string& name = name_of(library, one.reference);
        rivals.push_back({name, one.worse_by, word(one.worse_by), std::ranges::find(group, name) != group.end()});
    }
    return rivals;
}

// The strongest positive maxima of a net curve, by signal to noise.
std::vector<Eigen::Index> strongest_bands(const Vector& net, const Vector& weights) {
    std::vector<Eigen::Index> maxima;
    for (Eigen::Index i = 2; i + 2 < net.size(); ++i)
        if (net[i] > 0.0 && weights[i] > 0.0 && net[i] == net.segment(i - 2, 5).maxCoeff()) maxima.push_back(i);
    std::ranges::stable_sort(maxima, std::greater{}, [&](Eigen::Index i) { return net[i] * std::sqrt(weights[i]); });
    if (maxima.size() > most_bands) maxima.resize(most_bands);
    return maxima;
}

BandSays judged(double seen, double predicted, double deviation) {
    if (seen >= as_high * predicted && seen >= clearly * deviation) return BandSays::for_it;
    return seen + clearly * deviation < as_high * predicted ? BandSays::against_it : BandSays::cannot_tell;
}

// Whose curves are at least half as high at a place as the component's own.
std::vector<std::string> others_at(Eigen::Index at, const Library& library, const Fit& now, std::size_t component,
                                   const std::vector<Tried>& tried) {
    const double bar = shares_band * mean_of_three(member_curve(library, now, component), at);
    std::vector<std::string> names;
    for (std::size_t j = 0; j < now.members.size(); ++j)
        if (j != component && mean_of_three(member_curve(library, now, j), at) >= bar)
            names.push_back(name_of(library, now.members[j]->index));
    for (const Tried& one : tried)
        if (mean_of_three(one.curve, at) >= bar) names.push_back(name_of(library, one.reference));
    return names;
}

double root_mean_square(const Vector& residual, const Observation& observation) {
    return observation.scale * std::sqrt(residual.cwiseAbs2().dot(observation.known) / observation.points);
}

}  // namespace

std::string_view name(BandSays says) {
    switch (says) {
        case BandSays::for_it: return "for_it";
        case BandSays::cannot_tell: return "cannot_tell";
        case BandSays::against_it: return "against_it";
    }
    return "cannot_tell";
}

std::string_view name(RivalFit fit) {
    switch (fit) {
        case RivalFit::as_well: return "as_well";
        case RivalFit::worse: return "worse";
        case RivalFit::far_worse: return "far_worse";
    }
    return "as_well";
}

Account account(const Explanation& explanation, const Library& library, const Statement& statement,
                std::size_t component) {
    const Observation& observation = explanation.observed.observation;
    const Fit& now = statement.fit;
    const Fit rest = without(observation, library.splines, now, component);
    const NetView view(observation, rest);
    const Vector predicted = view.off(member_curve(library, now, component)).cwiseProduct(observation.known);
    const Vector seen = view.off(observation.y).cwiseProduct(observation.known);
    const std::vector<Tried> tried = try_rivals(explanation, library, now, rest, component);

    Account result;
    result.rivals = in_words(library, tried, now.members[component]->index);
    result.worse_without = rest.objective - now.objective;
    result.left_with = root_mean_square(now.residual, observation);
    result.left_without = root_mean_square(rest.residual, observation);
    result.residual_without = in_spectrum_unit(rest.residual, observation);
    for (const Eigen::Index at : strongest_bands(predicted, rest.weights)) {
        const double deviation = std::sqrt(now.variance[at] * std::max(now.misfit, 1.0));
        const double there = mean_of_three(seen, at), expected = mean_of_three(predicted, at);
        result.bands.push_back({library.axis[static_cast<std::size_t>(at)], expected * observation.scale,
                                there * observation.scale, deviation * observation.scale,
                                judged(there, expected, deviation), others_at(at, library, now, component, tried)});
    }
    return result;
}

}  // namespace singel::spectra::identify
