#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace singel::spectra::process {

struct Mean {
    std::vector<double> values;
    std::vector<double> variance;  // of each mean, values squared
    std::size_t frames = 0;
};

// Mean of frames of equal settings and length, with the variance of each mean. A pixel's own scatter is drawn towards
// what read and shot noise make of its signal (variance = a + b signal, fitted over all pixels of the same frames),
// as if that were known from 20 more frames: few frames give no absurd sigma. A single frame has only the second
// part, taken from its point-to-point noise.
Mean average(std::span<const std::vector<double>> frames);

}  // namespace singel::spectra::process
