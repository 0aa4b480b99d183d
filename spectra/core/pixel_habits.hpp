#pragma once

// Habits of whole detectors that an instrument knows of itself and a reduction has to undo.
namespace singel::spectra::core {

// Pixels 1, 3, 5 … come through an amplifier of their own: counts × slope + offset is what the others would give.
struct OddPixels {
    double slope = 1.0;
    double offset = 0.0;  // counts
    friend bool operator==(const OddPixels&, const OddPixels&) = default;
};

// The calibration holds for each pixel averaged with this neighbour.
enum class PairAverage { none, with_next, with_previous };

}  // namespace singel::spectra::core
