#pragma once

#include <array>
#include <vector>

#include "spectra/identify/fit.hpp"

// How sure it is that a fitted member is really there.
namespace singel::spectra::identify {

struct Evidence {
    const Member* member = nullptr;
    double amplitude = 0.0;
    double share = 0.0;      // of the fitted area, among all members
    double rho = 0.0;        // weighted correlation of net reference and net spectrum: scaled by all that is left
    double certainty = 0.0;  // 0 to 1
    std::array<double, certainty_features> features{};
    std::vector<Eigen::Index> bands;  // grid points of its own bands that were found, strongest first
};

// One entry a member of the fit, in its order. Rivals are those that were made while the fit was sought.
std::vector<Evidence> weigh(const Observation& observation, const Members& members, const Fit& fit);

double certainty(const Learned& learned, const std::array<double, certainty_features>& features);

}  // namespace singel::spectra::identify
