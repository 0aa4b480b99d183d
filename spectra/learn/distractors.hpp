#pragma once

#include <cstdint>

#include "spectra/core/reference.hpp"

namespace singel::spectra::learn {

// The references and, behind them, others that are in no sample until there are total: rows mirrored or as they are,
// displaced by 40 to 400 cm⁻¹. They have the lines, widths and backgrounds of real spectra, at places where no sample
// has them. A set that is large enough is given back.
core::ReferenceSet with_distractors(const core::ReferenceSet& set, std::size_t total, std::uint64_t seed);

}  // namespace singel::spectra::learn
