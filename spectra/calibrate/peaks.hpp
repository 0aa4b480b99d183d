#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace singel::spectra::calibrate {

// An emission line on the detector, fitted by a Gaussian on a constant ground.
struct Peak {
    double centre = 0.0;        // pixel
    double centre_sigma = 0.0;  // standard deviation, pixels
    double height = 0.0;        // above the ground, counts
    double fwhm = 0.0;          // full width at half maximum, pixels
    bool saturated = false;     // flat top, or at the top of a clipped scan: its centre is not known
};

// Peaks that stand more than 10 times the noise above the ground, in order of position. Peaks whose width is not
// between half and twice the median width (hot pixels, blends) are left out, and so are those where the fit fails.
// clipped: the scan has saturated pixels.
std::vector<Peak> find_peaks(std::span<const double> values, bool clipped);

}  // namespace singel::spectra::calibrate
