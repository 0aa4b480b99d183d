#include "spectra/identify/fit.hpp"

#include <cmath>

#include "spectra/identify/nnls.hpp"

namespace singel::spectra::identify {
namespace {

constexpr int passes = 2;               // variance and priors follow the amplitudes
constexpr double spline_ridge = 1e-10;  // the baseline is free
constexpr double pinned_ridge = 1e6;    // times the information: leaves a millionth of the coefficient

Eigen::Index rows_of(std::span<const Background> backgrounds) {
    return static_cast<Eigen::Index>(backgrounds.size());
}

// Backgrounds come last, so that leaving them out of the determinant leaves out the last rows of its factor.
Shapes free_shapes(const Observation& observation, const Shapes& splines, const std::vector<const Member*>& members) {
    const Eigen::Index q = static_cast<Eigen::Index>(nuisance_shapes);
    const Eigen::Index last = splines.rows() + q * static_cast<Eigen::Index>(members.size());
    Shapes shapes(last + rows_of(observation.backgrounds), splines.cols());
    shapes.topRows(splines.rows()) = splines;
    for (std::size_t j = 0; j < members.size(); ++j)
        shapes.middleRows(splines.rows() + q * static_cast<Eigen::Index>(j), q) = members[j]->nuisance;
    for (std::size_t k = 0; k < observation.backgrounds.size(); ++k)
        shapes.row(last + static_cast<Eigen::Index>(k)) = observation.backgrounds[k].shape.transpose();
    return shapes;
}

void set_variance(Fit& fit, const Observation& observation, Eigen::Index splines) {
    fit.variance = observation.noise;
    const double total = fit.amplitudes.norm();
    fit.ridge = Vector::Constant(fit.free_shapes.rows(), spline_ridge);
    for (std::size_t j = 0; j < fit.members.size(); ++j) {
        const Member& member = *fit.members[j];
        const double a = fit.amplitudes[static_cast<Eigen::Index>(j)];
        fit.variance += a * a * member.mismatch;
        const double bound = std::max(a, 0.02 * total + 1e-9);
        const Eigen::Index q = member.prior_sd.size();
        fit.ridge.segment(splines + q * static_cast<Eigen::Index>(j), q) =
            (bound * member.prior_sd).cwiseAbs2().cwiseInverse();
    }
    const Eigen::Index last = fit.ridge.size() - rows_of(observation.backgrounds);
    for (std::size_t k = 0; k < observation.backgrounds.size(); ++k)
        fit.ridge[last + static_cast<Eigen::Index>(k)] =
            1.0 / (observation.backgrounds[k].prior_sd * observation.backgrounds[k].prior_sd);
    // Priors are given in their own units: where the data are worth less than their variance says, they weigh more.
    // Without it the deviations of a first member stretch to imitate all that no member explains yet.
    fit.ridge *= fit.spread;
    fit.weights = observation.known.cwiseQuotient(fit.variance);
}

// Holds at nothing what came out below nothing and cannot be. True when there was one.
bool pin_negative(Fit& fit, const Observation& observation) {
    const Eigen::Index last = fit.ridge.size() - rows_of(observation.backgrounds);
    bool pinned = false;
    for (std::size_t k = 0; k < observation.backgrounds.size(); ++k) {
        const Eigen::Index row = last + static_cast<Eigen::Index>(k);
        const double held = pinned_ridge * (1.0 + fit.free_shapes.row(row).cwiseAbs2().dot(fit.weights.transpose()));
        if (!observation.backgrounds[k].non_negative || fit.coefficients[row] >= 0.0 || fit.ridge[row] >= held)
            continue;
        fit.ridge[row] = held;
        pinned = true;
    }
    return pinned;
}

// One weighted solution for the amplitudes net of the free shapes.
void solve(Fit& fit, const Observation& observation, const Shapes& shapes) {
    const Vector root = fit.weights.cwiseSqrt();
    const Shapes z = fit.free_shapes * root.asDiagonal();
    Eigen::MatrixXd normal = Eigen::MatrixXd::Zero(z.rows(), z.rows());
    normal.selfadjointView<Eigen::Lower>().rankUpdate(z);
    const double jitter = 1e-12 * normal.trace() / static_cast<double>(z.rows());
    normal.diagonal() += fit.ridge + Vector::Constant(z.rows(), jitter);
    fit.normal.compute(normal);
    const Vector y = root.cwiseProduct(observation.y);
    const Vector zy = z * y;
    if (fit.members.empty()) {
        fit.coefficients = fit.normal.solve(zy);
        return;
    }
    const Shapes s = shapes * root.asDiagonal();
    const Eigen::MatrixXd zs = z * s.transpose();
    const Eigen::MatrixXd through = fit.normal.solve(zs);
    fit.information = s * s.transpose() - zs.transpose() * through;
    fit.information.diagonal().array() += 1e-10 * fit.information.trace() + 1e-300;
    const Vector net = s * y - through.transpose() * zy;
    fit.amplitudes = non_negative(fit.information, net);
    fit.coefficients = fit.normal.solve(zy) - through * fit.amplitudes;
}

void take_residual(Fit& fit, const Observation& observation, const Shapes& shapes) {
    const Vector explained = fit.free_shapes.transpose() * fit.coefficients + shapes.transpose() * fit.amplitudes;
    fit.residual = (observation.y - explained).cwiseProduct(observation.known);
    fit.spread = std::max(1.0, fit.residual.cwiseAbs2().dot(fit.weights) / observation.points);
}

// Twice the negative log-likelihood; when more is left than the variance allows, the variance is scaled by what is
// left, so that a broad reference of great variance cannot win by claiming everything.
void judge(Fit& fit, const Observation& observation) {
    const double n = observation.points;
    fit.chi2 = fit.residual.cwiseAbs2().dot(fit.weights) + fit.coefficients.cwiseAbs2().dot(fit.ridge);
    fit.misfit = std::max(fit.chi2 / n, 1e-9);
    double logdet = 0.0;
    for (Eigen::Index i = 0; i < fit.variance.size(); ++i)
        if (observation.known[i] > 0.0) logdet += std::log(fit.variance[i] / observation.noise[i]);
    // The same backgrounds are in every fit: they are no choice to be paid for.
    const Eigen::Index chosen = fit.ridge.size() - rows_of(observation.backgrounds);
    const Vector diagonal = fit.normal.matrixLLT().diagonal();
    logdet += 2.0 * diagonal.head(chosen).array().log().sum() - fit.ridge.head(chosen).array().log().sum();
    fit.objective = logdet + (fit.misfit > 1.0 ? n * (std::log(fit.misfit) + 1.0) : fit.chi2);
}

}  // namespace

Fit fit(const Observation& observation, const Shapes& splines, std::vector<const Member*> members,
        std::span<const double> start, double spread) {
    Fit result;
    result.spread = spread;
    result.members = std::move(members);
    const auto count = static_cast<Eigen::Index>(result.members.size());
    Shapes shapes(count, splines.cols());
    for (Eigen::Index j = 0; j < count; ++j)
        shapes.row(j) = result.members[static_cast<std::size_t>(j)]->shape.transpose();
    result.free_shapes = free_shapes(observation, splines, result.members);
    result.amplitudes = Vector::Constant(count, 1.0 / std::max(1.0, static_cast<double>(count)));
    if (start.size() == result.members.size())
        for (Eigen::Index j = 0; j < count; ++j) result.amplitudes[j] = start[static_cast<std::size_t>(j)];
    for (int pass = 0; pass < (count > 0 ? passes : 1); ++pass) {
        set_variance(result, observation, splines.rows());
        do solve(result, observation, shapes);
        while (pin_negative(result, observation));
        take_residual(result, observation, shapes);
    }
    judge(result, observation);
    return result;
}

}  // namespace singel::spectra::identify
