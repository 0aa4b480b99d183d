#pragma once

#include <cstdint>
#include <vector>

namespace singel::firmware_bridge::virtual_instrument {

// What lies on the stage or shines into the slit, before the instrument turns it into counts.
struct Scene {
    // Seen only while the laser is on: scattered light against Raman shift (rising, cm⁻¹), strongest band = 1.
    std::vector<double> raman_shift_cm1;
    std::vector<double> raman;
    // Broad fluorescence under it, relative to the strongest Raman band.
    double fluorescence = 0.0;
    // Seen always: light against wavelength (rising, nm), strongest = 1. A lamp, or ambient light.
    std::vector<double> wavelength_nm;
    std::vector<double> light;
    // How bright it is: the strongest point fills this fraction of full scale in one second at full laser power.
    double brightness = 0.5;
    std::uint64_t seed = 1;  // of every random number: the same seed gives the same frames
};

}  // namespace singel::firmware_bridge::virtual_instrument
