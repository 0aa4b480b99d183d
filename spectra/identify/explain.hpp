#pragma once

#include <memory>
#include <vector>

#include "spectra/identify/evidence.hpp"
#include "spectra/identify/observe.hpp"

namespace singel::spectra::identify {

// Everything the engine found out about one spectrum, before it is put into words.
struct Explanation {
    Observed observed;
    std::unique_ptr<Members> members;  // what the fits point to
    Fit all;                           // of all members selected
    std::vector<Evidence> weighed;     // one a member of all, in its order
};

// Refuses what observe() refuses. A spectrum that is not usable is not searched: no members.
core::Result<Explanation> explain(const core::Spectrum& spectrum, const Library& library,
                                  const core::ParallelFor& parallel = core::in_order);

// The fit with those members only that are certain enough, greatest certainty class first: found and probable ones
// by share, then those in doubt by share.
struct Statement {
    std::vector<Evidence> evidence;  // in the order of the fit
    Fit fit;
    std::size_t named = 0;  // the first so many are found or probable
};

Statement state(const Explanation& explanation, const Library& library);

// The fit with the named members only.
Fit named_fit(const Explanation& explanation, const Library& library, const Statement& statement);

}  // namespace singel::spectra::identify
