#pragma once

#include <memory>
#include <span>

#include "spectra/core/parallel.hpp"
#include "spectra/core/reference.hpp"
#include "spectra/core/result.hpp"
#include "spectra/core/spectrum.hpp"
#include "spectra/identify/identification.hpp"
#include "spectra/identify/watched.hpp"

namespace singel::spectra::identify {

// A reference set prepared for fitting on the analysis grid: baseline-free references, their nuisance shapes and
// mismatch variance, the groups that cannot be told apart. Immutable; safe to use from several threads at once.
class Library;
using LibraryPtr = std::shared_ptr<const Library>;

// Refuses an empty set, a technique without settings, and references that do not reach the analysis range.
core::Result<LibraryPtr> prepare(core::ReferenceSet references, const core::ParallelFor& parallel = core::in_order);

const core::ReferenceSet& references(const Library& library);

// Names the components of a spectrum (Raman shift or wavenumber axis, its own sampling, raw - dark, nothing else
// taken off). Refuses another technique than the library's, an axis that misses the analysis range, and empty or
// constant input. A spectrum that is too weak, saturated or fluorescent is answered with quality.usable = false
// and no component, not refused. The same input gives the same answer for every ParallelFor.
core::Result<Identification> identify(const core::Spectrum& spectrum, const Library& library,
                                      std::span<const Watched> watch_list,
                                      const core::ParallelFor& parallel = core::in_order);

// The same with the account of each component: some fits more for each.
core::Result<Identification> identify_with_accounts(const core::Spectrum& spectrum, const Library& library,
                                                    std::span<const Watched> watch_list,
                                                    const core::ParallelFor& parallel = core::in_order);

}  // namespace singel::spectra::identify
