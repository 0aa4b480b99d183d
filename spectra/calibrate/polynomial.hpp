#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace singel::spectra::calibrate {

double polynomial(std::span<const double> coefficients, double x);
double polynomial_slope(std::span<const double> coefficients, double x);

struct PolynomialFit {
    std::vector<double> coefficients;  // c0, c1, … of x itself
    std::vector<double> covariance;    // of the coefficients, row after row
    std::vector<double> residuals;     // y - fit
    std::vector<double> left_out;      // y - the fit without that point
};

// Least squares with weights 1 / sigma², reweighted by Huber's rule so that a few outliers count less. None for fewer
// points than coefficients, or equal x.
std::optional<PolynomialFit> fit_polynomial(std::span<const double> x, std::span<const double> y,
                                            std::span<const double> sigma, std::size_t order);

}  // namespace singel::spectra::calibrate
