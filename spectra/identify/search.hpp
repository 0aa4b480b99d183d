#pragma once

#include <span>
#include <vector>

#include "spectra/core/parallel.hpp"
#include "spectra/core/result.hpp"
#include "spectra/core/spectrum.hpp"
#include "spectra/identify/bounded_search.hpp"
#include "spectra/identify/correlation.hpp"
#include "spectra/identify/identify.hpp"

namespace singel::spectra::identify {

// Hit quality, the one formula of this house: Pearson's correlation coefficient of two baseline-free spectra over
// the points both know, -1 to 1. 0 when fewer than three points are left or one of them is constant there.
double hqi(std::span<const double> a, std::span<const double> b, std::span<const double> known);

struct Observed;

// hqi of an observed spectrum and one reference of the library.
double hqi_of(const Observed& observed, const Library& library, std::size_t reference);

// Bounds of a correlation with each reference of the library; excluded() for those that cannot be used.
std::vector<Bounds> library_bounds(const Library& library, const Correlation& correlation,
                                   const core::ParallelFor& parallel = core::in_order);

struct Hit {
    std::size_t reference = 0;
    double hqi = 0.0;
};

// The references most like the spectrum as a whole, best first; equal ones in library order: exactly as
// if each were compared, though most are only bounded. Refuses what identify refuses.
core::Result<std::vector<Hit>> rank(const core::Spectrum& spectrum, const Library& library, std::size_t wanted,
                                    const core::ParallelFor& parallel = core::in_order);

}  // namespace singel::spectra::identify
