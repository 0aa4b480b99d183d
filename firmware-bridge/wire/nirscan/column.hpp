#pragma once

#include <vector>

#include "firmware-bridge/wire/nirscan/scan.hpp"

// What a column scan means. Hadamard scans need the tables of their matrices, which are not ours to copy: refused.
namespace singel::firmware_bridge::wire::nirscan {

// Whether all mirrors were off at this value of a scan.
bool is_black(std::size_t place, std::uint8_t first_black, std::uint8_t black_period);

// Values of a scan of so many patterns: a black one is added after every 24.
std::size_t values_of(std::size_t patterns);

// The middle of each pattern in nm, black ones left out. Refuses what the mirrors do not reach.
Decoded<std::vector<double>> pattern_wavelengths(const Configuration& configuration, const Calibration& calibration);

struct Interpreted {
    std::vector<double> wavelength_nm;
    std::vector<std::int64_t> intensity;  // the mean of the black patterns (its whole part) taken away
};
Decoded<Interpreted> interpret(const Scan& scan);

}  // namespace singel::firmware_bridge::wire::nirscan
