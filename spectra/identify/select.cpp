#include "spectra/identify/select.hpp"

#include <algorithm>
#include <optional>

#include "spectra/identify/screen.hpp"

namespace singel::spectra::identify {
namespace {

constexpr std::size_t tried_first = 8, tried = 4;
constexpr int swap_rounds = 2;
constexpr double near_rival = 0.75;  // of the own t: below it no rival took a place by more than chance

std::vector<double> amplitudes_of(const Fit& fit) {
    return {fit.amplitudes.data(), fit.amplitudes.data() + fit.amplitudes.size()};
}

std::vector<std::size_t> substances_of(const Library& library, const Fit& fit) {
    std::vector<std::size_t> substances;
    for (const Member* member : fit.members) substances.push_back(library.substance[member->index]);
    return substances;
}

// a, spread: first guesses of its amplitude and of the whole fit's spread.
Fit with(const Observation& observation, const Library& library, const Fit& fit_now, const Member& more, double a,
         double spread) {
    std::vector<const Member*> list = fit_now.members;
    list.push_back(&more);
    std::vector<double> start = amplitudes_of(fit_now);
    start.push_back(a);
    return fit(observation, library.splines, std::move(list), start, spread);
}

Fit without_zeros(const Observation& observation, const Library& library, Fit fit_now) {
    if (fit_now.members.empty() || (fit_now.amplitudes.array() > 0.0).all()) return fit_now;
    std::vector<const Member*> list;
    std::vector<double> start;
    for (std::size_t j = 0; j < fit_now.members.size(); ++j) {
        const double a = fit_now.amplitudes[static_cast<Eigen::Index>(j)];
        if (a <= 0.0) continue;
        list.push_back(fit_now.members[j]);
        start.push_back(a);
    }
    return fit(observation, library.splines, std::move(list), start, fit_now.spread);
}

// The best fit with one member more, if one lowers the objective enough.
std::optional<Fit> grown(const Observation& observation, Members& members, const Fit& now,
                         const core::ParallelFor& parallel) {
    const Library& library = members.library();
    const NetView view(observation, now);
    const auto taken = substances_of(library, now);
    std::optional<Fit> best;
    for (const Candidate& candidate :
         screen(members, view, taken, now.members.empty() ? tried_first : tried, parallel)) {
        const double a = std::max(candidate.net.t, 1.0) * candidate.net.deviation;
        Fit trial = with(observation, library, now, members[candidate.index], a, now.spread);
        if (!(trial.amplitudes[trial.amplitudes.size() - 1] > 0.0)) continue;
        // A newcomer may push another member out; the gain counts after that, or two could take turns for ever.
        trial = without_zeros(observation, library, std::move(trial));
        if (!best || trial.objective < best->objective) best = std::move(trial);
    }
    if (!best || now.objective - best->objective < least_gain) return std::nullopt;
    return best;
}

// A better fit with member i replaced or left out, if there is one.
std::optional<Fit> exchanged(const Observation& observation, Members& members, const Fit& now, std::size_t i,
                             const core::ParallelFor& parallel) {
    const Library& library = members.library();
    const Fit rest = without(observation, library.splines, now, i);
    const NetView view(observation, rest);
    const auto taken = substances_of(library, rest);
    const double own = view.score(now.members[i]->shape).t;
    std::optional<Fit> best;
    for (const Candidate& candidate : screen(members, view, taken, tried, parallel)) {
        if (candidate.index == now.members[i]->index || candidate.net.t < near_rival * own) continue;
        Fit trial = with(observation, library, rest, members[candidate.index],
                         now.amplitudes[static_cast<Eigen::Index>(i)], now.spread);
        const double bar = best ? best->objective : now.objective;
        if (trial.objective < bar - 1.0 && (trial.amplitudes.array() > 0.0).all()) best = std::move(trial);
    }
    if (best) return best;
    if (now.members.size() > 1 && rest.objective - now.objective < least_gain) return rest;
    return std::nullopt;
}

std::optional<Fit> improved(const Observation& observation, Members& members, const Fit& now,
                            const core::ParallelFor& parallel) {
    for (std::size_t i = 0; i < now.members.size(); ++i)
        if (auto better = exchanged(observation, members, now, i, parallel)) return better;
    return std::nullopt;
}

}  // namespace

Fit without(const Observation& observation, const Shapes& splines, const Fit& now, std::size_t i) {
    std::vector<const Member*> list = now.members;
    std::vector<double> start = amplitudes_of(now);
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(i));
    start.erase(start.begin() + static_cast<std::ptrdiff_t>(i));
    return fit(observation, splines, std::move(list), start, now.spread);
}

Fit select(const Observation& observation, Members& members, const core::ParallelFor& parallel) {
    Fit now = fit(observation, members.library().splines, {});
    while (now.members.size() < most_members) {
        auto more = grown(observation, members, now, parallel);
        if (!more) break;
        now = *std::move(more);
    }
    for (int round = 0; round < swap_rounds; ++round) {
        auto better = improved(observation, members, now, parallel);
        if (!better) break;
        now = *std::move(better);
    }
    return now;
}

}  // namespace singel::spectra::identify
