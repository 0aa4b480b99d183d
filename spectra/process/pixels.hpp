#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "spectra/core/result.hpp"

// Steps on the counts of single frames, in pixel order. Each makes new values of what it is given.
namespace singel::spectra::process {

struct PixelRange {
    std::size_t first = 0, last = 0;  // inclusive
};

// The listed pixels become the straight line between their nearest good neighbours, or the nearest one at an end.
// Refuses a list that leaves no good pixel, and pixels beyond the last one.
core::Result<std::vector<double>> interpolate_bad_pixels(std::span<const double> counts,
                                                         std::span<const std::size_t> bad);

// Mean of the masked pixels of a frame, which see no light. Refuses ranges beyond the last pixel and empty ones.
core::Result<double> electric_dark(std::span<const double> counts, std::span<const PixelRange> masked);

// counts / (n0 + n1 counts + …), the correction that Ocean's instruments carry (5.2 of its protocols). Counts are
// above the electric dark. Refuses a polynomial that is not positive and finite at some pixel.
core::Result<std::vector<double>> linearised(std::span<const double> counts, std::span<const double> coefficients);

}  // namespace singel::spectra::process
