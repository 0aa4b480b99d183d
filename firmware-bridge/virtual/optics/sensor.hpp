#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "firmware-bridge/virtual/optics/spectrograph.hpp"

namespace singel::firmware_bridge::virtual_instrument::optics {

// One model's detector with its converter, in counts.
struct Detector {
    std::size_t pixels = 0;
    double full_scale = 65535;  // counts at which it saturates
    double counts_per_electron = 1;
    double read_noise_counts = 0;  // standard deviation
    double offset_counts = 0;      // of the electronics, at integration time 0
    double dark_counts_per_s = 0;
    double offset_pattern_counts = 0;      // standard deviation from pixel to pixel of the offset
    double response_pattern = 0;           // … and of the sensitivity, relative
    std::size_t hot_pixels = 0;            // pixels with 10 to 100 times the dark current
    double cosmic_rays_per_s = 0;          // hits on the whole detector
    std::span<const double> nonlinearity;  // n0, n1, …: true = measured / n(measured), offset removed; empty: linear
    std::size_t masked_first = 0, masked_count = 0;  // pixels that see no light
    std::vector<std::size_t> blind;                  // … and further ones
    std::vector<std::size_t> weak;                   // bad pixels: a tenth of the sensitivity
};

struct Exposure {
    double seconds = 0;
    double laser_seconds = 0;  // seconds of full laser power within it
    double gain = 1;           // relative to the gain at power-up
    double dark = 1;           // relative to the dark current of the detector's row: its temperature
};

// Turns light into counts: the pattern of the pixels belongs to the unit, the noise to the frame.
class Sensor {
public:
    Sensor(Detector detector, Light light, std::uint64_t unit_seed, std::uint64_t noise_seed);

    // number tells the frames of one seed apart. Same arguments, same counts.
    std::vector<std::uint16_t> expose(const Exposure& exposure, std::uint64_t number) const;
    // The same for converters of more than 16 bits.
    std::vector<std::uint32_t> expose_wide(const Exposure& exposure, std::uint64_t number) const;

    const std::vector<std::size_t>& hot_pixels() const { return hot_; }

private:
    double bent(double counts) const;

    Detector detector_;
    Light light_;
    std::vector<double> offset_, dark_;  // counts, counts a second
    std::vector<std::size_t> hot_;
    std::vector<double> bend_;  // measured counts for true counts at equal steps
    std::uint64_t noise_seed_;
};

}  // namespace singel::firmware_bridge::virtual_instrument::optics
