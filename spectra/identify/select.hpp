#pragma once

#include "spectra/core/parallel.hpp"
#include "spectra/identify/fit.hpp"

namespace singel::spectra::identify {

inline constexpr std::size_t most_members = 8;
inline constexpr double least_gain = 16.0;  // a member must lower the objective by this much

// Which members explain the observation: forward selection by the objective, then rounds in which each member is
// tried against its rivals and against nothing, to undo what greed chose wrongly.
Fit select(const Observation& observation, Members& members, const core::ParallelFor& parallel);

// The fit with member i left out, its variance and deviations with it.
Fit without(const Observation& observation, const Shapes& splines, const Fit& now, std::size_t i);

}  // namespace singel::spectra::identify
