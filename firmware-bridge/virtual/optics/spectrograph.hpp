#pragma once

#include <vector>

#include "firmware-bridge/virtual/scene.hpp"

namespace singel::firmware_bridge::virtual_instrument::optics {

// What lies between the sample and the pixels.
struct Spectrograph {
    std::vector<double> wavelength_nm;  // of each pixel, strictly monotonic
    std::vector<double> response;       // of each pixel, 1 = all of the light; empty: 1 everywhere
    double line_width_nm = 0.0;         // full width at half maximum of an infinitely narrow line
    double excitation_nm = 0.0;         // laser line; 0: no laser
};

// Light on each pixel in units of counts a second. The strongest pixel of either part has full_scale × brightness.
struct Light {
    std::vector<double> always;    // from the scene's own light
    std::vector<double> by_laser;  // at full laser power
};

// The Raman scene keeps the width it has: it was measured with such an instrument. Where it ends, its last value
// goes on. The scene's light is broadened by line_width_nm, whatever the steps of its curve.
Light project(const Scene& scene, const Spectrograph& spectrograph, double full_scale);

// curve (x rising) as seen at each of at through a Gaussian of this full width at half maximum; 0 outside the curve.
std::vector<double> broadened(const std::vector<double>& x, const std::vector<double>& curve,
                              const std::vector<double>& at, double width);

}  // namespace singel::firmware_bridge::virtual_instrument::optics
