#pragma once

#include <cmath>
#include <random>
#include <vector>

// What the tests of frames measure with: bands on a slope, read and shot noise.
namespace detector {

inline double band(double x, double centre, double sigma) {
    return std::exp(-0.5 * (x - centre) * (x - centre) / (sigma * sigma));
}

// Light of a sample on 1024 pixels, counts: fluorescence and three bands of 5 to 8 pixels full width.
inline std::vector<double> light() {
    std::vector<double> counts(1024);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double x = static_cast<double>(i);
        counts[i] =
            2000.0 + x + 8000.0 * band(x, 300.0, 2.1) + 3000.0 * band(x, 500.5, 3.4) + 15000.0 * band(x, 700.0, 2.5);
    }
    return counts;
}

struct Noise {
    double read = 8.0;   // counts
    double gain = 0.25;  // counts an electron: shot noise variance = gain * counts
};

inline std::vector<double> noisy(const std::vector<double>& light, double offset, const Noise& noise,
                                 std::mt19937_64& random) {
    std::normal_distribution<double> normal;
    std::vector<double> counts(light.size());
    for (std::size_t i = 0; i < counts.size(); ++i)
        counts[i] = std::round(offset + light[i] +
                               normal(random) * std::sqrt(noise.read * noise.read + noise.gain * light[i]));
    return counts;
}

}  // namespace detector
