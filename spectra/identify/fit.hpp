#pragma once

#include <Eigen/Cholesky>
#include <memory>
#include <span>
#include <vector>

#include "spectra/identify/background.hpp"
#include "spectra/identify/member.hpp"

// The weighted fit of one set of members: non-negative amplitudes, a baseline and bounded deviations of each
// member's shape, fitted together; the variance grows with the signal of what is fitted.
namespace singel::spectra::identify {

// A spectrum on the analysis grid, scaled so that its baseline-free part has unit norm.
struct Observation {
    Vector y;                                 // 0 where not measured
    Vector noise;                             // variance
    Vector known;                             // 1 where measured, else 0
    double points = 0.0;                      // how many are known
    double scale = 1.0;                       // multiply by it to get back the unit of the spectrum
    std::span<const Background> backgrounds;  // fitted beneath the members; must outlive the fits
};

struct Fit {
    std::vector<const Member*> members;
    Vector amplitudes;                   // one a member, >= 0
    Vector variance;                     // of each point: noise and mismatch
    Vector weights;                      // 1 / variance, 0 where not measured
    std::shared_ptr<const Shapes> rows;  // splines, each member's nuisance shapes, backgrounds; then the members
    Eigen::MatrixXd gram;                // weighted products of these rows and, last, of y
    Vector ridge;                        // 1 / prior variance of the coefficients of all but the members
    Vector coefficients;                 // the same
    Vector residual;                     // y - fit
    Eigen::LLT<Eigen::MatrixXd> normal;  // of the coefficients
    Eigen::MatrixXd information;         // of the amplitudes, net of the coefficients
    double chi2 = 0.0;
    double misfit = 0.0;     // chi2 per point
    double spread = 1.0;     // factor by which all variances must be larger to hold the residual, at least 1
    double objective = 0.0;  // lower is better; differences are like those of a log-likelihood, doubled
};

// start: first guesses of the amplitudes, empty for equal parts; spread: of a fit with one member more or less.
Fit fit(const Observation& observation, const Shapes& splines, std::vector<const Member*> members,
        std::span<const double> start = {}, double spread = 1.0);

}  // namespace singel::spectra::identify
