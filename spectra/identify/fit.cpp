#include "spectra/identify/fit.hpp"

#include <cmath>

#include "spectra/identify/nnls.hpp"
#include "spectra/identify/weighted_rows.hpp"

namespace singel::spectra::identify {
namespace {

constexpr int passes = 2;               // variance and priors follow the amplitudes
constexpr double spline_ridge = 1e-10;  // the baseline is free
constexpr double pinned_ridge = 1e6;    // times the information: leaves a millionth of the coefficient

Eigen::Index rows_of(std::span<const Background> backgrounds) {
    return static_cast<Eigen::Index>(backgrounds.size());
}

// Of the free shapes the backgrounds come last, so that leaving them out of the determinant leaves out the last rows
// of its factor.
std::shared_ptr<const Shapes> all_rows(const Observation& observation, const Shapes& splines,
                                       const std::vector<const Member*>& members) {
    const auto q = static_cast<Eigen::Index>(nuisance_shapes), count = static_cast<Eigen::Index>(members.size());
    const Eigen::Index last = splines.rows() + q * count, free = last + rows_of(observation.backgrounds);
    auto rows = std::make_shared<Shapes>(free + count, splines.cols());
    rows->topRows(splines.rows()) = splines;
    for (Eigen::Index j = 0; j < count; ++j) {
        const Member& member = *members[static_cast<std::size_t>(j)];
        rows->middleRows(splines.rows() + q * j, q) = member.nuisance;
        rows->row(free + j) = member.shape.transpose();
    }
    for (std::size_t k = 0; k < observation.backgrounds.size(); ++k)
        rows->row(last + static_cast<Eigen::Index>(k)) = observation.backgrounds[k].shape.transpose();
    return rows;
}

Eigen::MatrixXd gram_of(const Shapes& rows, const Observation& observation, const Vector& weights) {
    Shapes all(rows.rows() + 1, rows.cols());
    all << rows, observation.y.transpose();
    return WeightedRows(all, weights).with_themselves();
}

Eigen::Index free_of(const Fit& fit) {
    return fit.rows->rows() - static_cast<Eigen::Index>(fit.members.size());
}

void set_variance(Fit& fit, const Observation& observation, Eigen::Index splines) {
    fit.variance = observation.noise;
    const double total = fit.amplitudes.norm();
    fit.ridge = Vector::Constant(free_of(fit), spline_ridge);
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
        const double held = pinned_ridge * (1.0 + fit.gram(row, row));
        if (!observation.backgrounds[k].non_negative || fit.coefficients[row] >= 0.0 || fit.ridge[row] >= held)
            continue;
        fit.ridge[row] = held;
        pinned = true;
    }
    return pinned;
}

// One weighted solution for the amplitudes net of the free shapes.
void solve(Fit& fit) {
    const Eigen::Index free = free_of(fit), count = fit.rows->rows() - free;
    Eigen::MatrixXd normal = fit.gram.topLeftCorner(free, free);
    const double jitter = 1e-12 * normal.trace() / static_cast<double>(free);
    normal.diagonal() += fit.ridge + Vector::Constant(free, jitter);
    fit.normal.compute(normal);
    const Vector zy = fit.gram.col(free + count).head(free);
    if (count == 0) {
        fit.coefficients = fit.normal.solve(zy);
        return;
    }
    const Eigen::MatrixXd zs = fit.gram.block(0, free, free, count);
    const Eigen::MatrixXd through = fit.normal.solve(zs);
    fit.information = fit.gram.block(free, free, count, count) - zs.transpose() * through;
    fit.information.diagonal().array() += 1e-10 * fit.information.trace() + 1e-300;
    const Vector net = fit.gram.col(free + count).segment(free, count) - through.transpose() * zy;
    fit.amplitudes = non_negative(fit.information, net);
    fit.coefficients = fit.normal.solve(zy) - through * fit.amplitudes;
}

void take_residual(Fit& fit, const Observation& observation) {
    Vector all(fit.rows->rows());
    all << fit.coefficients, fit.amplitudes;
    fit.residual = (observation.y - fit.rows->transpose() * all).cwiseProduct(observation.known);
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
    result.rows = all_rows(observation, splines, result.members);
    result.amplitudes = Vector::Constant(count, 1.0 / std::max(1.0, static_cast<double>(count)));
    if (start.size() == result.members.size())
        for (Eigen::Index j = 0; j < count; ++j) result.amplitudes[j] = start[static_cast<std::size_t>(j)];
    for (int pass = 0; pass < (count > 0 ? passes : 1); ++pass) {
        set_variance(result, observation, splines.rows());
        result.gram = gram_of(*result.rows, observation, result.weights);
        do solve(result);
        while (pin_negative(result, observation));
        take_residual(result, observation);
    }
    judge(result, observation);
    return result;
}

}  // namespace singel::spectra::identify
