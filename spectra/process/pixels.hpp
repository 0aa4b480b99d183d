#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "spectra/core/pixel_habits.hpp"
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

// Pixels 1, 3, 5 … become counts × slope + offset.
std::vector<double> level_odd_pixels(std::span<const double> counts, const core::OddPixels& odd);

// So many pixels at either end hold no light but whatever the electronics put there: they become what the nearest
// other pixel shows. Refuses to overwrite all of them.
core::Result<std::vector<double>> overwrite_ends(std::span<const double> counts, std::size_t first, std::size_t last);

// Each pixel becomes the mean of itself and its neighbour; the one without a neighbour stays.
std::vector<double> average_pairs(std::span<const double> counts, core::PairAverage with);

// Mean of the masked pixels of a frame, which see no light. Refuses ranges beyond the last pixel and empty ones.
core::Result<double> electric_dark(std::span<const double> counts, std::span<const PixelRange> masked);

// counts / (n0 + n1 counts + …), the correction that Ocean's instruments carry (5.2 of its protocols). Counts are
// above the electric dark. Refuses a polynomial that is not positive and finite at some pixel.
core::Result<std::vector<double>> linearised(std::span<const double> counts, std::span<const double> coefficients);

}  // namespace singel::spectra::process
