#pragma once

#include <chrono>

#include "instrument/description.hpp"
#include "spectra/core/frame.hpp"

// How long to gather light. Pure.
namespace singel::acquisition::pipeline {

// The strongest pixel worth analysing over full scale, 0 to 1. A single hot pixel or cosmic ray does not count:
// each pixel is replaced by the median of itself and its neighbours first.
double fullness(const spectra::core::Frame& frame, const instrument::Description& description);

inline constexpr double fullness_low = 0.4, fullness_high = 0.8, fullness_aim = 0.6;

// Longer exposures are not worth a person's waiting: more frames do the same.
inline constexpr std::chrono::microseconds longest_automatic_exposure{3'000'000};

struct ExposureStep {
    bool settled = false;              // measure with `next`, search no further
    std::chrono::microseconds next{};  // within the instrument's limits
};

// What to do after a trial frame. A clipped frame tells only "shorter"; otherwise the signal above the detector's
// own level grows in proportion to time. One step lengthens tenfold at most.
ExposureStep next_exposure(const spectra::core::Frame& frame, const instrument::Description& description);

std::chrono::microseconds first_exposure(const instrument::Description& description);

}  // namespace singel::acquisition::pipeline
