#include "spectra/learn/single_fit.hpp"

#include <optional>

#include "spectra/identify/observe.hpp"
#include "spectra/learn/bench.hpp"

namespace singel::spectra::learn {
namespace {

using identify::Vector;

// The variance terms of one reference, each as the engine itself makes it.
std::array<Vector, identify::mismatch_terms> terms_of(const identify::Library& library, std::size_t reference) {
    std::array<Vector, identify::mismatch_terms> terms;
    for (std::size_t k = 0; k < terms.size(); ++k) {
        identify::Learned one = library.learned;
        one.other_instrument = 1.0;
        one.mismatch.fill(0.0);
        one.mismatch[k] = 1.0;
        terms[k] = identify::make_member(library, reference, one).mismatch;
    }
    return terms;
}

struct Best {
    identify::Fit fit;
    std::size_t reference = 0;
};

std::optional<Best> best_reference(const identify::Observation& observation, identify::Members& members,
                                   const Pair& pair) {
    std::optional<Best> best;
    for (const std::size_t reference : pair.references) {
        if (members.library().usable[reference] == 0) continue;
        identify::Fit one = identify::fit(observation, members.library().splines, {&members[reference]});
        if (!(one.amplitudes[0] > 0.0)) continue;
        if (!best || one.residual.norm() < best->fit.residual.norm()) best = Best{std::move(one), reference};
    }
    return best;
}

std::optional<SingleFit> fit_one(const Source& source, const identify::Library& library, std::size_t pair) {
    const Pair& given = source.paired.pairs[pair];
    const auto observed = identify::observe(source.paired.queries[given.query].spectrum, library);
    if (!observed) return std::nullopt;
    const identify::Observation& observation = observed->observation;
    identify::Members members(library);
    const auto best = best_reference(observation, members, given);
    if (!best) return std::nullopt;
    const double a = best->fit.amplitudes[0];
    SingleFit single;
    single.pair = pair;
    single.grid = library.axis;
    single.residual_part = best->fit.residual.norm();  // an observation's bands have unit norm
    for (std::size_t k = 0; k < single.deviation.size(); ++k)
        single.deviation[k] = best->fit.coefficients[library.splines.rows() + static_cast<Eigen::Index>(k)] / a;
    single.residual = best->fit.residual / a;
    single.noise = observation.noise / (a * a);
    single.terms = terms_of(library, best->reference);
    single.known = observation.known;
    single.known.head(library.first[best->reference]).setZero();
    single.known.tail(library.points() - library.last[best->reference]).setZero();
    return single;
}

}  // namespace

std::vector<SingleFit> fit_pairs(std::span<const Source> sources, const identify::Learned& learned,
                                 const core::ParallelFor& parallel) {
    std::vector<SingleFit> fits;
    for (std::size_t s = 0; s < sources.size(); ++s) {
        const Source& source = sources[s];
        const identify::LibraryPtr library = with_learned(*source.library, learned);
        std::vector<std::optional<SingleFit>> some(source.pairs.size());
        parallel(some.size(), [&](std::size_t i) { some[i] = fit_one(source, *library, source.pairs[i]); });
        for (auto& one : some) {
            if (!one) continue;
            one->source = s;
            fits.push_back(*std::move(one));
        }
    }
    return fits;
}

}  // namespace singel::spectra::learn
