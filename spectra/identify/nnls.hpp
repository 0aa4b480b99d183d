#pragma once

#include <Eigen/Core>

namespace singel::spectra::identify {

// The a >= 0 that minimises aᵀMa - 2cᵀa, M symmetric and positive definite (Lawson and Hanson, Solving Least
// Squares Problems, 1974, chapter 23, on the normal equations). Entries that the bound holds are exactly 0.
Eigen::VectorXd non_negative(const Eigen::MatrixXd& m, const Eigen::VectorXd& c);

}  // namespace singel::spectra::identify
