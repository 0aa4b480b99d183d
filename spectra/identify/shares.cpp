#include "spectra/identify/shares.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

namespace singel::spectra::identify {
namespace {

constexpr double two_sided_95 = 1.959964;

// Covariance of the areas, in squares of area units.
Eigen::MatrixXd area_covariance(const Library& library, const Fit& fit, const Vector& areas) {
    const Eigen::Index count = areas.size();
    Eigen::MatrixXd covariance = fit.information.ldlt().solve(Eigen::MatrixXd::Identity(count, count));
    covariance *= std::max(fit.misfit, 1.0);
    for (Eigen::Index i = 0; i < count; ++i)
        for (Eigen::Index j = 0; j < count; ++j)
            covariance(i, j) *=
                fit.members[static_cast<std::size_t>(i)]->area * fit.members[static_cast<std::size_t>(j)]->area;
    for (Eigen::Index i = 0; i < count; ++i) {
        const double relative = library.learned.share_sd * areas[i];
        covariance(i, i) += relative * relative;
    }
    return covariance;
}

// Area of residual bands that stand out of the variance: it may belong to something nobody named.
double leftover(const Observation& observation, const Fit& fit) {
    const Vector deviation = fit.variance.cwiseSqrt();
    return (fit.residual - 2.0 * deviation).cwiseMax(0.0).dot(observation.known);
}

Interval logistic_interval(double share, double deviation, double unexplained) {
    const double p = std::clamp(share, 1e-9, 1.0 - 1e-9);
    const double centre = std::log(p / (1.0 - p)), half = two_sided_95 * deviation / (p * (1.0 - p));
    const double low = 1.0 / (1.0 + std::exp(-(centre - half))), high = 1.0 / (1.0 + std::exp(-(centre + half)));
    return {std::min(share, low * (1.0 - unexplained)), std::max(share, high)};
}

}  // namespace

std::vector<Share> shares_of(const Observation& observation, const Library& library, const Fit& fit) {
    const Eigen::Index count = fit.amplitudes.size();
    std::vector<Share> shares(static_cast<std::size_t>(count));
    if (count == 0) return shares;
    Vector areas(count);
    for (Eigen::Index i = 0; i < count; ++i)
        areas[i] = fit.amplitudes[i] * fit.members[static_cast<std::size_t>(i)]->area;
    const double total = std::max(areas.sum(), 1e-300), left = leftover(observation, fit);
    const Eigen::MatrixXd covariance = area_covariance(library, fit, areas);
    for (Eigen::Index i = 0; i < count; ++i) {
        const double share = areas[i] / total;
        Vector slope = Vector::Constant(count, -share / total);
        slope[i] += 1.0 / total;
        const double deviation = std::sqrt(std::max(0.0, slope.dot(covariance * slope)));
        shares[static_cast<std::size_t>(i)] = {share, logistic_interval(share, deviation, left / (total + left))};
    }
    return shares;
}

}  // namespace singel::spectra::identify
