#pragma once

#include "spectra/core/result.hpp"
#include "spectra/core/spectrum.hpp"
#include "spectra/identify/library.hpp"

// What infrared and near-infrared spectra need before they are compared, and Raman ones do not.
namespace singel::spectra::identify {

// On the axis that is analysed, as absorbance: transmittance and reflectance that say so are converted. Refuses
// one that says nothing and whose bands point downwards, and one that lets no light through. Without an absorbing
// technique only the axis is looked at.
core::Result<core::Spectrum> as_analysed(const core::Spectrum& spectrum, const TechniqueSettings& settings);

// Standard deviation that lines of water vapour and the dark of a diamond add, on the grid. Seen, not presumed:
// vapour is measured where nothing else absorbs, in units of what this scan holds there beyond its noise; a dry scan
// loses nothing.
Vector added_deviation(const core::Spectrum& measured, const core::Axis& grid, const TechniqueSettings& settings);

// Attenuated total reflection looks as deep as its wavelength is long: against a transmission its absorbance is
// small at great wavenumbers. Multiplied by the wavenumber (over that of the middle of the grid) the two agree as
// far as the sample's refractive index is one number; where it is not, beside strong bands, they differ by a
// few cm⁻¹ (Harrick, Internal Reflection Spectroscopy, 1967). Files seldom say which was done, libraries are mixed:
// the power, -1, 0 or 1, is the one that makes the spectrum most like any one reference, and 0 unless that
// is clearly so.
int depth_power(const Library& library, const Vector& y, const Vector& known);

Vector depth_factor(const core::Axis& grid, int power);

}  // namespace singel::spectra::identify
