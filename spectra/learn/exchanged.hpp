#pragma once

#include "spectra/core/reference.hpp"
#include "spectra/core/result.hpp"
#include "spectra/learn/pairs.hpp"

namespace singel::spectra::learn {

struct Exchanged {
    Paired paired;           // the paired references as queries
    core::ReferenceSet set;  // all queries as references
};

// The same pairs with the instruments exchanged. Refuses queries that share no grid.
core::Result<Exchanged> exchanged(const Paired& paired, const core::ReferenceSet& set);

}  // namespace singel::spectra::learn
