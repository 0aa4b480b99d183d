#pragma once

#include <cstddef>
#include <span>

#include "spectra/core/axis.hpp"
#include "spectra/core/provenance.hpp"
#include "spectra/core/result.hpp"

// What differs between Raman, infrared and near infrared, as data: one engine, one row a technique.
namespace singel::spectra::identify {

struct Region {
    double low_cm1 = 0.0, high_cm1 = 0.0;
    bool holds(double place) const { return place >= low_cm1 && place <= high_cm1; }
};

struct TechniqueSettings {
    core::AxisKind axis{};
    double low_cm1 = 0.0, high_cm1 = 0.0;    // widest range analysed; the library's own range may narrow it
    double step_cm1 = 0.0;                   // of the analysis grid: two points across the narrowest usual line
    double spline_segment_cm1 = 0.0;         // of the jointly fitted baseline: wider than any band group
    double reference_lambda = 0.0;           // arPLS stiffness on the analysis grid, for references only
    double band_sigma_cm1 = 0.0;             // half-width of a lone band, for the search for unexplained ones
    double published_floor = 0.0;            // no detection limit is printed below it (share)
    double unverified_floor = 0.0;           // nor below this one while no second instrument has verified it
    double group_correlation = 0.0;          // references that correlate more cannot be told apart
    std::span<const Region> masks{};         // what is seen there is the air of the instrument, whatever the sample
    std::span<const Region> vapour{};        // sharp lines of water vapour may lie over the sample here
    std::span<const Region> vapour_alone{};  // and are seen alone here, widest view first
    std::span<const Region> dim{};           // the optics may pass little light here: the noise is judged apart
    bool absorbing = false;                  // bands are absorbances: transmittance is converted, inversion is told
    bool depth_varies = false;               // an attenuated total reflection may meet a transmission
};

// Refuses an unknown technique: wrong_technique.
core::Result<TechniqueSettings> settings_for(core::Technique technique);

// The axis in the kind the technique is analysed in: wavelengths become wavenumbers where it wants those (air ones
// through vacuum). Refuses every other difference: what is missing is a calibration or the excitation.
core::Result<core::Axis> analysed_axis(const core::Axis& axis, const TechniqueSettings& settings);

// What a plain table that does not say how it was measured most likely is, by its axis alone; unknown where it may be
// either of two.
core::Technique technique_by_axis(const core::Axis& axis);

bool masked(const TechniqueSettings& settings, double place_cm1);

inline constexpr std::size_t fewest_grid_points = 100;

}  // namespace singel::spectra::identify
