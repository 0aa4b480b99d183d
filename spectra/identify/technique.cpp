#include "spectra/identify/technique.hpp"

#include <fmt/format.h>

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

}  // namespace

core::Result<TechniqueSettings> settings_for(core::Technique technique) {
    if (technique == core::Technique::raman) return raman;
    if (technique == core::Technique::unknown)
        return core::failure(core::Fault::wrong_technique, "the technique of this library or spectrum is not known",
                             {}, "say how it was measured");
    return core::failure(core::Fault::unsupported,
                         fmt::format("mixtures cannot be identified in {} spectra yet", core::name(technique)), {},
                         "use a Raman spectrum and a Raman library");
}

}  // namespace singel::spectra::identify
