#pragma once

#include <span>
#include <vector>

namespace singel::spectra::process {

// Asymmetrically reweighted penalised least squares, Baek et al., Analyst 140 (2015) 250. Values lie on a
// uniform grid; lambda grows with the fourth power of the grid's fineness (1e5 suits Raman at 1 cm⁻¹).
// O(n) a pass (pentadiagonal LDLᵀ); stops when the weights change by less than tolerance (relative norm).
// Returns the baseline, same unit as the values.
std::vector<double> arpls(std::span<const double> values, double lambda, int max_passes = 40,
                          double tolerance = 1e-3);

}  // namespace singel::spectra::process
