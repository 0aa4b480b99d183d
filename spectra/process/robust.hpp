#pragma once

#include <span>

// Statistics that a few outliers do not move.
namespace singel::spectra::process {

double median(std::span<const double> values);  // 0 for none

// Standard deviation from the median absolute deviation about a centre, for normal noise.
double deviation_about(std::span<const double> values, double centre);

// Standard deviation of the point-to-point noise of a smooth curve, from its second differences. NaN points do not
// count.
double noise_of(std::span<const double> values);

}  // namespace singel::spectra::process
