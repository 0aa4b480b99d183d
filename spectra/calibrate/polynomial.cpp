#include "spectra/calibrate/polynomial.hpp"

#include <algorithm>
#include <cmath>

#include "spectra/process/linear.hpp"
#include "spectra/process/robust.hpp"

namespace singel::spectra::calibrate {
namespace {

constexpr double huber = 1.345;  // times the robust deviation: 95 % efficient for normal errors
constexpr int rounds = 12;

// x = centre + half * u with u in [-1, 1]: the normal equations stay well conditioned.
struct Scale {
    double centre = 0.0, half = 1.0;
    double operator()(double x) const { return (x - centre) / half; }
};

std::vector<double> powers(double u, std::size_t n) {
    std::vector<double> p(n, 1.0);
    for (std::size_t k = 1; k < n; ++k) p[k] = p[k - 1] * u;
    return p;
}

// The matrix that turns coefficients of u into coefficients of x: u^k = sum binomial(k, j) x^j (-centre)^(k-j) /
// half^k.
std::vector<double> to_plain(const Scale& scale, std::size_t n) {
    std::vector<double> matrix(n * n, 0.0);
    for (std::size_t k = 0; k < n; ++k) {
        double binomial = 1.0;
        for (std::size_t j = 0; j <= k; ++j) {
            matrix[j * n + k] = binomial * std::pow(-scale.centre, static_cast<double>(k - j)) /
                                std::pow(scale.half, static_cast<double>(k));
            binomial = binomial * static_cast<double>(k - j) / static_cast<double>(j + 1);
        }
    }
    return matrix;
}

struct Step {
    std::vector<double> coefficients, inverse;
};

std::optional<Step> least_squares(const std::vector<std::vector<double>>& rows, std::span<const double> y,
                                  std::span<const double> weights) {
    const std::size_t n = rows.front().size();
    std::vector<double> matrix(n * n, 0.0), right(n, 0.0);
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (std::size_t j = 0; j < n; ++j) {
            right[j] += weights[i] * rows[i][j] * y[i];
            for (std::size_t k = 0; k < n; ++k) matrix[j * n + k] += weights[i] * rows[i][j] * rows[i][k];
        }
    auto inverse = process::inverse(matrix, n);
    auto coefficients = process::solved(std::move(matrix), std::move(right));
    if (!inverse || !coefficients) return std::nullopt;
    return Step{std::move(*coefficients), std::move(*inverse)};
}

double product(std::span<const double> a, std::span<const double> b) {
    double sum = 0.0;
    for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
    return sum;
}

double quadratic(std::span<const double> row, const std::vector<double>& matrix) {
    double sum = 0.0;
    for (std::size_t j = 0; j < row.size(); ++j)
        for (std::size_t k = 0; k < row.size(); ++k) sum += row[j] * matrix[j * row.size() + k] * row[k];
    return sum;
}

}  // namespace

double polynomial(std::span<const double> coefficients, double x) {
    double y = 0.0;
    for (std::size_t k = coefficients.size(); k-- > 0;) y = y * x + coefficients[k];
    return y;
}

double polynomial_slope(std::span<const double> coefficients, double x) {
    double slope = 0.0;
    for (std::size_t k = coefficients.size(); k-- > 1;) slope = slope * x + static_cast<double>(k) * coefficients[k];
    return slope;
}

std::optional<PolynomialFit> fit_polynomial(std::span<const double> x, std::span<const double> y,
                                            std::span<const double> sigma, std::size_t order) {
    const std::size_t n = order + 1, points = x.size();
    if (points < n) return std::nullopt;
    const auto [low, high] = std::ranges::minmax(x);
    if (!(high > low)) return std::nullopt;
    const Scale scale{0.5 * (low + high), 0.5 * (high - low)};
    std::vector<std::vector<double>> rows;
    for (double v : x) rows.push_back(powers(scale(v), n));

    std::vector<double> weights(points), scaled(points);
    for (std::size_t i = 0; i < points; ++i) weights[i] = 1.0 / (sigma[i] * sigma[i]);
    std::optional<Step> step;
    PolynomialFit fit;
    fit.residuals.resize(points);
    for (int round = 0; round < rounds; ++round) {
        step = least_squares(rows, y, weights);
        if (!step) return std::nullopt;
        for (std::size_t i = 0; i < points; ++i) {
            fit.residuals[i] = y[i] - product(rows[i], step->coefficients);
            scaled[i] = fit.residuals[i] / sigma[i];
        }
        const double spread = std::max(process::deviation_about(scaled, 0.0), 1.0);
        for (std::size_t i = 0; i < points; ++i) {
            const double far = std::abs(scaled[i]) / (huber * spread);
            weights[i] = (far > 1.0 ? 1.0 / far : 1.0) / (sigma[i] * sigma[i]);
        }
    }
    const double freedom = static_cast<double>(points > n ? points - n : 1);
    const double variance = std::max(1.0, product(scaled, scaled) / freedom);
    for (std::size_t i = 0; i < points; ++i) {
        const double leverage = std::min(0.999, weights[i] * quadratic(rows[i], step->inverse));
        fit.left_out.push_back(fit.residuals[i] / (1.0 - leverage));
    }
    const std::vector<double> turn = to_plain(scale, n);
    fit.coefficients.assign(n, 0.0);
    fit.covariance.assign(n * n, 0.0);
    for (std::size_t j = 0; j < n; ++j) {
        const auto row = std::span(turn).subspan(j * n, n);
        fit.coefficients[j] = product(row, step->coefficients);
        for (std::size_t k = 0; k < n; ++k)
            for (std::size_t a = 0; a < n; ++a)
                for (std::size_t b = 0; b < n; ++b)
                    fit.covariance[j * n + k] += variance * row[a] * step->inverse[a * n + b] * turn[k * n + b];
    }
    return fit;
}

}  // namespace singel::spectra::calibrate
