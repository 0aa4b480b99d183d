#include "spectra/process/baseline.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace singel::spectra::process {
namespace {

// The symmetric matrix diag(w) + lambda DᵀD of second differences, solved in place by LDLᵀ.
class Pentadiagonal {
public:
    Pentadiagonal(std::size_t size, double lambda)
        : penalty_(size, 0.0), penalty_1_(size, 0.0), penalty_2_(size, 0.0), d_(size), e_(size), f_(size) {
        for (std::size_t i = 0; i + 2 < size; ++i) {
            penalty_[i] += lambda;
            penalty_[i + 1] += 4.0 * lambda;
            penalty_[i + 2] += lambda;
            penalty_1_[i] -= 2.0 * lambda;
            penalty_1_[i + 1] -= 2.0 * lambda;
            penalty_2_[i] += lambda;
        }
    }

    // solution: in w y, out z.
    void solve(std::span<const double> weights, std::span<double> solution) {
        const std::size_t n = solution.size();
        double d1 = 0.0, e1 = 0.0, f1 = 0.0, d2 = 0.0, f2 = 0.0, z1 = 0.0, z2 = 0.0;
        for (std::size_t i = 0; i < n; ++i) {
            const double d = weights[i] + penalty_[i] - e1 * e1 * d1 - f2 * f2 * d2;
            const double inverse = 1.0 / d;
            const double e = (penalty_1_[i] - f1 * e1 * d1) * inverse;
            const double f = penalty_2_[i] * inverse;
            const double z = solution[i] - e1 * z1 - f2 * z2;
            d_[i] = inverse, e_[i] = e, f_[i] = f, solution[i] = z;
            d2 = d1, f2 = f1, z2 = z1;
            d1 = d, e1 = e, f1 = f, z1 = z;
        }
        double next = 0.0, after = 0.0;
        for (std::size_t i = n; i-- > 0;) {
            const double z = solution[i] * d_[i] - e_[i] * next - f_[i] * after;
            solution[i] = z;
            after = next;
            next = z;
        }
    }

private:
    std::vector<double> penalty_, penalty_1_, penalty_2_;  // main, first and second diagonal of lambda DᵀD
    std::vector<double> d_, e_, f_;                        // 1/D and the two sub-diagonals of L
};

struct Spread {
    double mean = 0.0, deviation = 0.0;
    std::size_t count = 0;
};

// Mean and standard deviation of the points below the baseline: there is no band in them.
Spread spread_below(std::span<const double> values, std::span<const double> baseline) {
    double sum = 0.0, squares = 0.0;
    std::size_t count = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double d = values[i] - baseline[i];
        if (!(d < 0.0)) continue;
        sum += d;
        squares += d * d;
        ++count;
    }
    if (count == 0) return {};
    const double n = static_cast<double>(count);
    return {sum / n, std::sqrt(std::max(0.0, squares / n - (sum / n) * (sum / n))), count};
}

// Eq. 9 and 10 of the paper; returns the squared norm of the change.
double reweight(std::span<const double> values, std::span<const double> baseline, const Spread& below,
                std::span<double> weights) {
    const double middle = 2.0 * below.deviation - below.mean;
    const double steepness = 2.0 / below.deviation;
    double change = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isnan(values[i])) continue;
        const double d = values[i] - baseline[i];
        const double w = d < 0.0 ? 1.0 : 1.0 / (1.0 + std::exp(steepness * (d - middle)));
        change += (w - weights[i]) * (w - weights[i]);
        weights[i] = w;
    }
    return change;
}

}  // namespace

std::vector<double> arpls(std::span<const double> values, double lambda, int max_passes, double tolerance) {
    const std::size_t n = values.size();
    const auto measured =
        static_cast<std::size_t>(std::ranges::count_if(values, [](double v) { return !std::isnan(v); }));
    if (measured < 3) return {values.begin(), values.end()};

    Pentadiagonal system(n, lambda);
    std::vector<double> weights(n), baseline(n);
    for (std::size_t i = 0; i < n; ++i) weights[i] = std::isnan(values[i]) ? 0.0 : 1.0;
    for (int pass = 0; pass < max_passes; ++pass) {
        double norm = 0.0;
        for (std::size_t i = 0; i < n; ++i) {
            baseline[i] = weights[i] == 0.0 ? 0.0 : weights[i] * values[i];
            norm += weights[i] * weights[i];
        }
        system.solve(weights, baseline);
        const Spread below = spread_below(values, baseline);
        if (below.count < 2 || below.deviation <= 0.0) break;
        if (reweight(values, baseline, below, weights) < tolerance * tolerance * norm) break;
    }
    return baseline;
}

}  // namespace singel::spectra::process
