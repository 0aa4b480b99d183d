#pragma once

#include <span>

#include "spectra/learn/spike.hpp"

// The multiple of the net-analyte deviation that is named in 95 % of cases.
namespace singel::spectra::learn {

// Probability of being named: logistic in (ln kappa - middle - b) · slope, where b is drawn once for each substance
// from a normal distribution of standard deviation `between`.
struct KappaModel {
    double middle = 2.3, slope = 2.0, between = 0.3;
    double named(double log_kappa) const;                    // over all substances
    double named(double log_kappa, double substance) const;  // of one at so many deviations from the mean
};

// Greatest likelihood, the substances' b integrated out by Gauss-Hermite quadrature.
KappaModel fit_kappa(std::span<const Spike> spikes);

// Least multiple that is named in 95 % of (substance, scan) pairs and in 85 % for the hardest substance of twenty.
double kappa_of(const KappaModel& model);

}  // namespace singel::spectra::learn
