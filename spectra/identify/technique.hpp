#pragma once

#include <cstddef>

#include "spectra/core/axis.hpp"
#include "spectra/core/provenance.hpp"
#include "spectra/core/result.hpp"

// What differs between Raman, infrared and near infrared, as data: one engine, one row a technique.
namespace singel::spectra::identify {

struct TechniqueSettings {
    core::AxisKind axis{};
    double low_cm1 = 0.0, high_cm1 = 0.0;  // widest range analysed; the library's own range may narrow it
    double step_cm1 = 0.0;                 // of the analysis grid: two points across the narrowest usual line
    double spline_segment_cm1 = 0.0;       // of the jointly fitted baseline: wider than any band group
    double reference_lambda = 0.0;         // arPLS stiffness on the analysis grid, for references only
    double band_sigma_cm1 = 0.0;           // half-width of a lone band, for the search for unexplained ones
    double published_floor = 0.0;          // no detection limit is printed below it (share)
    double unverified_floor = 0.0;         // nor below this one while no second instrument has verified it
    double group_correlation = 0.0;        // references that correlate more cannot be told apart
};

// Raman for now. Infrared and near infrared are known and not built: unsupported. Unknown: wrong_technique.
core::Result<TechniqueSettings> settings_for(core::Technique technique);

inline constexpr std::size_t fewest_grid_points = 100;

}  // namespace singel::spectra::identify
