#pragma once

#include <vector>

#include "spectra/identify/fit.hpp"
#include "spectra/identify/identification.hpp"

// Is something there that the library does not hold? Bands that the named components leave unexplained.
namespace singel::spectra::identify {

// Response of a whitened curve to a lone band: correlation with a zero-mean Gaussian of unit norm, so that white
// noise of unit variance gives unit variance.
Vector band_response(const Vector& whitened, const TechniqueSettings& settings);

double strongest_band(const Vector& whitened, const TechniqueSettings& settings);

// The strongest band in the residual of the named components, in units of its deviation and of what is left
// everywhere by the fit of all members, which is more than noise where substances change each other's spectra.
double strongest_unexplained(const Observation& observation, const Library& library, const Fit& all,
                             const Fit& named);

// all: the fit of all members selected; named: with the named components only.
Unknown find_unknown(const Observation& observation, const Library& library, const Fit& all, const Fit& named);

// Probability of so strong an unexplained band in a sample whose components are all in the library.
double unknown_p_value(const Learned& learned, double strongest);

}  // namespace singel::spectra::identify
