#pragma once

#include <Eigen/Core>

// Basis functions and local operators on a uniform grid. Shapes are rows.
namespace singel::spectra::identify {

using Vector = Eigen::VectorXd;
using Shapes = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// Cubic B-splines on equal segments over [0, size - 1]: segments + 3 rows that sum to 1 everywhere.
Shapes b_splines(Eigen::Index size, int segments);

// count hat functions with equally spaced peaks over [0, size - 1], the first and last peaking at the ends.
Shapes hats(Eigen::Index size, int count);

// Gaussian smoothing, sigma in grid points, kernel cut at 4 sigma, ends mirrored.
Vector smooth(const Vector& values, double sigma);

// Central difference over the spacing, one-sided at the ends.
Vector derivative(const Vector& values, double spacing);

}  // namespace singel::spectra::identify
