#include "spectra/learn/kappa.hpp"

#include <algorithm>
#include <cmath>

namespace singel::spectra::learn {

double learn_kappa(std::span<const Spike> spikes) {
    double slope = 1.0, middle = std::log(10.0);  // p = 1 / (1 + exp(-slope (log kappa - middle)))
    for (int step = 0; step < 200; ++step) {
        double g0 = 0.0, g1 = 0.0, h00 = 1e-6, h01 = 0.0, h11 = 1e-6;
        for (const Spike& spike : spikes) {
            const double x = std::log(spike.kappa), p = 1.0 / (1.0 + std::exp(-slope * (x - middle)));
            const double error = (spike.named ? 1.0 : 0.0) - p, weight = p * (1.0 - p);
            g0 += error;
            g1 += error * x;
            h00 += weight;
            h01 += weight * x;
            h11 += weight * x * x;
        }
        const double determinant = h00 * h11 - h01 * h01;
        const double intercept = -slope * middle + 0.5 * (h11 * g0 - h01 * g1) / determinant;
        slope = std::max(0.2, slope + 0.5 * (h00 * g1 - h01 * g0) / determinant);
        middle = -intercept / slope;
    }
    return std::exp(middle + std::log(19.0) / slope);
}

}  // namespace singel::spectra::learn
