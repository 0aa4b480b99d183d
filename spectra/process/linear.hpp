#pragma once

#include <optional>
#include <vector>

// Small dense linear systems: matrices are row after row, n by n, a handful of unknowns.
namespace singel::spectra::process {

// x of a x = b by elimination with pivots; none when a is singular.
std::optional<std::vector<double>> solved(std::vector<double> a, std::vector<double> b);

// None when a is singular.
std::optional<std::vector<double>> inverse(const std::vector<double>& a, std::size_t n);

}  // namespace singel::spectra::process
