#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "spectra/core/axis.hpp"
#include "spectra/core/frame.hpp"
#include "spectra/core/result.hpp"
#include "spectra/core/spectrum.hpp"
#include "spectra/process/pixels.hpp"

namespace singel::spectra::process {

// What is known of the detector, and what shall be done. Plain data: the same frames and options give the same scan.
struct ReduceOptions {
    std::optional<core::OddPixels> odd_pixels;  // none: all pixels have one amplifier
    std::size_t junk_first = 0, junk_last = 0;  // pixels at the ends that hold no light at all
    core::PairAverage pairs = core::PairAverage::none;
    std::vector<PixelRange> electric_dark;  // masked pixels; empty: none
    std::vector<double> nonlinearity;       // n0, n1, …: counts / (n0 + n1 counts + …); empty: none
    std::vector<std::size_t> bad_pixels;    // read as the line between their good neighbours
    std::vector<double> raman_intensity;    // factor of each pixel of a frame; empty: none
    std::optional<PixelRange> usable;       // the scan keeps these pixels only
    bool despike = true;                    // remove cosmic rays
    std::size_t boxcar_half_width = 0;      // pixels on each side
    core::Technique technique = core::Technique::raman;
    std::string calibration_id = "device";  // where the axis comes from
};

// Frames of equal settings become a scan on the axis (one value for each pixel of a frame), in this order: saturation
// on raw counts, odd pixels, ends, bad pixels, electric dark, pairs, nonlinearity, cosmic rays between frames,
// average, dark, cosmic rays in a single frame, boxcar, crop to the usable range, Raman intensity. sigma carries the
// scatter of the frames and of the dark, with shot noise. Faults: invalid_argument (no frame, unequal settings or
// lengths, axis of another length, options that do not fit), no_dark (dark frames of another integration time).
// Without dark frames nothing is subtracted, and provenance says "dark: none".
core::Result<core::Spectrum> reduce(std::span<const core::Frame> frames, std::span<const core::Frame> dark,
                                    const core::Axis& axis, const ReduceOptions& options = {});

}  // namespace singel::spectra::process
