#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace singel::spectra::process {

// Removes cosmic rays where frames disagree (needs two or more of equal settings and length): a pixel far above the
// other frames, by modified z-score (Whitaker, Hayes, Chemom. Intell. Lab. Syst. 179 (2018) 82), becomes the mean of
// what the others have there. Changes of the light by up to 5 % between frames are no cosmic rays. Returns how many
// values were replaced.
std::size_t despike_frames(std::span<std::vector<double>> frames);

// The single-frame variant, conservative: only spikes of one or two pixels that stand alone, with less than 12 % of
// their height two pixels away, so that a band of 2.4 pixels full width or more survives whole. Returns how many
// values were replaced.
std::size_t despike_single(std::vector<double>& values);

}  // namespace singel::spectra::process
