#include "spectra/identify/technique.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "spectra/core/units.hpp"

namespace singel::spectra::identify {
namespace {

// Range: below 300 cm⁻¹ edge filters differ between instruments of one model; above 2300 cm⁻¹ silicon
// detectors at 785 nm see little. arPLS 1e5 at 1 cm⁻¹ is 1e5/16 at 2 cm⁻¹ (stiffness grows with the fourth power
// of the fineness). Floor: 5 % for bulk Raman and infrared of fentanyl in mixtures (McCrae et al., Drug Alcohol
// Rev 39, 2020, 98: all misses at or below 10 % by mass; BCCSU states 5 to 10 %).
constexpr TechniqueSettings raman{.axis = core::AxisKind::raman_shift_cm1,
                                  .low_cm1 = 300.0,
                                  .high_cm1 = 2300.0,
                                  .step_cm1 = 2.0,
                                  .spline_segment_cm1 = 135.0,
                                  .reference_lambda = 1e5 / 16.0,
                                  .band_sigma_cm1 = 5.0,
                                  .published_floor = 0.05,
                                  .unverified_floor = 0.10,
                                  .group_correlation = 0.95};

// Carbon dioxide of the air: the stretch with its rotational branches, and the Q branch of the bend at 667.4 cm⁻¹
// as wide as instruments of 4 to 8 cm⁻¹ show it (Herzberg, Infrared and Raman Spectra, 1945, p. 274).
constexpr std::array carbon_dioxide{Region{2280.0, 2400.0}, Region{660.0, 675.0}};
// The bend and the two stretches of water vapour (1594.7, 3657.1 and 3755.9 cm⁻¹) with their branches.
constexpr std::array water_vapour{Region{1350.0, 1900.0}, Region{3550.0, 3950.0}};
// No condensed organic matter absorbs from 3750 to 3900 cm⁻¹, few (acid anhydrides) from 1830 to 1900 cm⁻¹.
constexpr std::array vapour_alone{Region{3750.0, 3900.0}, Region{1830.0, 1900.0}};
// Diamond absorbs by two phonons from 1900 to 2300 cm⁻¹; where the crystal is dark, the ratio of two small signals
// is noise.
constexpr std::array diamond_dark{Region{1900.0, 2280.0}};

// Range: what a DTGS detector behind KBr or ZnSe optics and a diamond share. Step: bands of solids are 8 cm⁻¹ wide or
// more at the usual resolution of 4 cm⁻¹. Baseline: an offset, a slope and the slow rise by scattering (Kortüm):
// four segments, and references get a baseline that bends over their whole range only, because hydrogen-bonded
// stretches are 500 cm⁻¹ wide.
constexpr TechniqueSettings infrared{.axis = core::AxisKind::wavenumber_cm1,
                                     .low_cm1 = 600.0,
                                     .high_cm1 = 3700.0,
                                     .step_cm1 = 4.0,
                                     .spline_segment_cm1 = 800.0,
                                     .reference_lambda = 1e8,
                                     .band_sigma_cm1 = 10.0,
                                     .published_floor = 0.05,
                                     .unverified_floor = 0.10,
                                     .group_correlation = 0.95,
                                     .masks = carbon_dioxide,
                                     .vapour = water_vapour,
                                     .vapour_alone = vapour_alone,
                                     .dim = diamond_dark,
                                     .absorbing = true,
                                     .depth_varies = true};

// Combinations and overtones of C-H, N-H and O-H: 870 to 2500 nm, bands of 60 to 300 cm⁻¹. Offset, slope and slow
// bends are scatter of the powder; its multiplication is in the amplitudes. Floor: none is published that holds for
// mixtures at large, so that of infrared without a second instrument serves. Overlapped bands make strangers alike:
// group at 0.98, where Raman and infrared do at 0.95. Chosen, not learned.
constexpr TechniqueSettings near_infrared{.axis = core::AxisKind::wavenumber_cm1,
                                          .low_cm1 = 4000.0,
                                          .high_cm1 = 11500.0,
                                          .step_cm1 = 10.0,
                                          .spline_segment_cm1 = 1800.0,
                                          .reference_lambda = 1e8,
                                          .band_sigma_cm1 = 40.0,
                                          .published_floor = 0.10,
                                          .unverified_floor = 0.10,
                                          .group_correlation = 0.98,
                                          .absorbing = true};

constexpr double highest_infrared_start = 3600.0;  // cm⁻¹: no fingerprint above it
constexpr double highest_raman_nm = 1450.0;        // Raman shifts of 1064 nm end there

// cm⁻¹ of a wavelength in nm, the place in vacuum.
double wavenumber(double nm, core::AxisKind kind) {
    return 1e7 / (kind == core::AxisKind::wavelength_air_nm ? core::to_vacuum(core::AirNm{nm}).value : nm);
}

}  // namespace

core::Result<TechniqueSettings> settings_for(core::Technique technique) {
    switch (technique) {
        case core::Technique::raman: return raman;
        case core::Technique::infrared: return infrared;
        case core::Technique::near_infrared: return near_infrared;
        case core::Technique::unknown: break;
    }
    return core::failure(core::Fault::wrong_technique, "the technique of this library or spectrum is not known", {},
                         "say how it was measured");
}

core::Result<core::Axis> analysed_axis(const core::Axis& axis, const TechniqueSettings& settings) {
    using core::AxisKind;
    const AxisKind kind = axis.kind();
    if (kind == settings.axis) return axis;
    const bool wavelengths = kind == AxisKind::wavelength_vacuum_nm || kind == AxisKind::wavelength_air_nm ||
                             kind == AxisKind::wavelength_device_nm;
    if (!wavelengths || settings.axis != AxisKind::wavenumber_cm1 || axis.empty() || !(axis.low() > 0.0))
        return core::failure(core::Fault::invalid_argument,
                             fmt::format("the axis is in {}, not in {}", core::name(kind), core::name(settings.axis)),
                             {}, "calibrate the axis first");
    std::vector<double> values;
    for (const double nm : axis.values()) values.push_back(wavenumber(nm, kind));
    return core::Axis::make(AxisKind::wavenumber_cm1, std::move(values));
}

core::Technique technique_by_axis(const core::Axis& axis) {
    using core::AxisKind;
    switch (axis.kind()) {
        case AxisKind::raman_shift_cm1: return core::Technique::raman;
        case AxisKind::wavenumber_cm1:
            return axis.low() < highest_infrared_start ? core::Technique::infrared : core::Technique::near_infrared;
        case AxisKind::wavelength_vacuum_nm:
        case AxisKind::wavelength_air_nm:
        case AxisKind::wavelength_device_nm:
            return axis.high() > highest_raman_nm ? core::Technique::near_infrared : core::Technique::unknown;
        case AxisKind::pixel: break;
    }
    return core::Technique::unknown;
}

bool masked(const TechniqueSettings& settings, double place_cm1) {
    return std::ranges::any_of(settings.masks, [&](const Region& region) { return region.holds(place_cm1); });
}

}  // namespace singel::spectra::identify
