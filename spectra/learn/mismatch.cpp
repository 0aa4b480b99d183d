#include "spectra/learn/mismatch.hpp"

#include <algorithm>
#include <cmath>

#include "spectra/identify/nnls.hpp"
#include "spectra/learn/quantile.hpp"

namespace singel::spectra::learn {
namespace {

using identify::mismatch_terms;
using identify::Vector;

constexpr int reweightings = 15;
constexpr double most_of_variance = 12.0;  // a squared residual counts as no more than this multiple of it
constexpr double typical_residual = 0.08;  // a pair that fits better than this has no more weight
constexpr double least_level = 1e-4;       // of the even term, so that no variance is nothing
// Shift and stretch (cm⁻¹), width (cm⁻¹²), response of four regions: instruments that were never compared.
constexpr std::array<double, identify::nuisance_shapes> least_deviation{1.0, 0.7, 4.0, 0.25, 0.25, 0.25, 0.25};

// Well-fitted pairs count more, all together as much as their number.
std::vector<double> weights_of(std::span<const SingleFit> fits) {
    std::vector<double> weights;
    double sum = 0.0;
    for (const SingleFit& fit : fits)
        sum +=
            weights.emplace_back(1.0 / (fit.residual_part * fit.residual_part + typical_residual * typical_residual));
    for (double& weight : weights) weight = std::min(weight * static_cast<double>(fits.size()) / sum, 3.0);
    return weights;
}

Vector variance_of(const SingleFit& fit, const std::array<double, mismatch_terms>& k) {
    Vector variance = Vector::Constant(fit.residual.size(), 1e-12);
    for (std::size_t t = 0; t < mismatch_terms; ++t) variance += k[t] * fit.terms[t];
    return variance;
}

}  // namespace

void learn_mismatch(identify::Learned& learned, std::span<const SingleFit> fits) {
    if (fits.empty()) return;
    const std::vector<double> weights = weights_of(fits);
    constexpr auto terms = static_cast<Eigen::Index>(mismatch_terms);
    for (int round = 0; round < reweightings; ++round) {
        Eigen::MatrixXd normal = Eigen::MatrixXd::Zero(terms, terms);
        Vector target = Vector::Zero(terms);
        for (std::size_t i = 0; i < fits.size(); ++i) {
            const SingleFit& fit = fits[i];
            const Vector variance = variance_of(fit, learned.mismatch);
            const Vector square = identify::smooth(fit.residual.cwiseAbs2(), 1.5);
            const Vector excess = square.cwiseMin(most_of_variance * (variance + fit.noise)) - fit.noise;
            const Vector weight = (fit.known * weights[i]).cwiseQuotient((variance + fit.noise).cwiseAbs2());
            identify::Shapes design(terms, variance.size());
            for (Eigen::Index t = 0; t < terms; ++t)
                design.row(t) = fit.terms[static_cast<std::size_t>(t)].transpose();
            const identify::Shapes weighted = design * weight.asDiagonal();
            normal += weighted * design.transpose();
            target += weighted * excess;
        }
        // Terms differ by orders of magnitude: solved at unit diagonal.
        const Vector scale = normal.diagonal().cwiseSqrt().cwiseMax(1e-300).cwiseInverse();
        Eigen::MatrixXd scaled = scale.asDiagonal() * normal * scale.asDiagonal();
        scaled.diagonal().array() += 1e-9;
        const Vector k = identify::non_negative(scaled, scale.cwiseProduct(target)).cwiseProduct(scale);
        for (Eigen::Index t = 0; t < terms; ++t) learned.mismatch[static_cast<std::size_t>(t)] = k[t];
        learned.mismatch[0] = std::max(learned.mismatch[0], least_level);
    }
}

void learn_deviations(identify::Learned& learned, std::span<const SingleFit> fits) {
    for (std::size_t k = 0; k < identify::nuisance_shapes; ++k) {
        std::vector<double> magnitudes;
        for (const SingleFit& fit : fits) magnitudes.push_back(std::abs(fit.deviation[k]));
        learned.nuisance_sd[k] = std::max(1.48 * quantile(std::move(magnitudes), 0.5), least_deviation[k]);
    }
}

}  // namespace singel::spectra::learn
