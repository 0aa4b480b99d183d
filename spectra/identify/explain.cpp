#include "spectra/identify/explain.hpp"

#include <algorithm>

#include "spectra/identify/select.hpp"

namespace singel::spectra::identify {

core::Result<Explanation> explain(const core::Spectrum& spectrum, const Library& library,
                                  const core::ParallelFor& parallel) {
    auto observed = observe(spectrum, library);
    if (!observed) return tl::unexpected(observed.error());
    Explanation explanation;
    explanation.observed = *std::move(observed);
    explanation.members = std::make_unique<Members>(library);
    const Observation& observation = explanation.observed.observation;
    explanation.all = explanation.observed.quality.usable ? select(observation, *explanation.members, parallel)
                                                          : fit(observation, library.splines, {});
    explanation.weighed = weigh(observation, *explanation.members, explanation.all);
    return explanation;
}

Statement state(const Explanation& explanation, const Library& library) {
    Statement statement;
    const auto is_named = [&](const Evidence& e) { return e.certainty >= library.learned.probable; };
    for (const Evidence& e : explanation.weighed)
        if (e.certainty >= library.learned.possible) statement.evidence.push_back(e);
    std::ranges::stable_sort(statement.evidence, [&](const Evidence& a, const Evidence& b) {
        return is_named(a) != is_named(b) ? is_named(a) : a.share > b.share;
    });
    statement.named = static_cast<std::size_t>(std::ranges::count_if(statement.evidence, is_named));
    std::vector<const Member*> list;
    std::vector<double> start;
    for (const Evidence& e : statement.evidence) {
        list.push_back(e.member);
        start.push_back(e.amplitude);
    }
    statement.fit =
        fit(explanation.observed.observation, library.splines, std::move(list), start, explanation.all.spread);
    return statement;
}

Fit named_fit(const Explanation& explanation, const Library& library, const Statement& statement) {
    if (statement.named == statement.evidence.size()) return statement.fit;
    const auto count = static_cast<std::ptrdiff_t>(statement.named);
    std::vector<const Member*> list(statement.fit.members.begin(), statement.fit.members.begin() + count);
    const double* amplitudes = statement.fit.amplitudes.data();
    return fit(explanation.observed.observation, library.splines, std::move(list),
               std::vector<double>(amplitudes, amplitudes + count), statement.fit.spread);
}

}  // namespace singel::spectra::identify
