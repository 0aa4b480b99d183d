#include "spectra/identify/correlation.hpp"

#include <algorithm>
#include <cmath>

#include "spectra/identify/dot_int8.hpp"

namespace singel::spectra::identify {
namespace {

constexpr Bounds anything{-1.0, 1.0};
// Rounding of the sums below, of norms down to least_part of the whole curve's.
constexpr double rounding = 1e-5, least_part = 1e-6;
constexpr double fewest_points = 3.0;  // as hqi has it

double between(const std::vector<double>& before, const Coverage& coverage) {
    return before[static_cast<std::size_t>(coverage.last)] - before[static_cast<std::size_t>(coverage.first)];
}

// Quotient of an uncertain numerator and an uncertain positive denominator.
Bounds quotient(double numerator, double error, double norm, double norm_error) {
    const double least = norm - norm_error, most = norm + norm_error;
    if (!(least > 0.0)) return anything;
    const double low = numerator - error, high = numerator + error;
    return {std::clamp(low / (low > 0.0 ? most : least) - rounding, -1.0, 1.0),
            std::clamp(high / (high > 0.0 ? least : most) + rounding, -1.0, 1.0)};
}

}  // namespace

Correlation::Correlation(std::span<const double> values, std::span<const double> known, Kind kind)
    : kind_(kind),
      known_everywhere_(std::ranges::all_of(known, [](double k) { return k > 0.0; })),
      query_(code_query(values)) {
    for (auto* list : {&count_, &sum_, &squares_, &coded_}) list->assign(values.size() + 1, 0.0);
    ones_.assign(query_.codes.size(), 0);
    weights_.assign(query_.codes.size(), 0);
    for (std::size_t k = 0; k < values.size(); ++k) {
        ones_[k] = known[k] > 0.0 ? 1 : 0;
        weights_[k] = known[k] > 0.0 ? unit_weight : std::int16_t{0};
        count_[k + 1] = count_[k] + ones_[k];
        sum_[k + 1] = sum_[k] + values[k];
        squares_[k + 1] = squares_[k] + values[k] * values[k];
        coded_[k + 1] = coded_[k] + query_.scale * query_.codes[k];
    }
}

Correlation::RowSums Correlation::sums_of(const CodedRows& rows, std::size_t i) const {
    if (known_everywhere_) return {static_cast<double>(rows.rows[i].sum), static_cast<double>(rows.rows[i].squares)};
    const CodeKernels& kernels = code_kernels();
    return {static_cast<double>(kernels.dot(rows.codes_of(i), ones_.data(), rows.stride)),
            static_cast<double>(kernels.squares(rows.codes_of(i), weights_.data(), rows.stride))};
}

Bounds Correlation::bounds(const CodedRows& rows, std::size_t i, const Coverage& coverage) const {
    const double n = between(count_, coverage);
    if (n < fewest_points) return {0.0, 0.0};
    const CodedRow& row = rows.rows[i];
    const auto scale = static_cast<double>(row.scale), rest = static_cast<double>(row.rest);
    const RowSums sums = sums_of(rows, i);
    const double dot =
        query_.scale * static_cast<double>(code_kernels().dot(rows.codes_of(i), query_.codes.data(), rows.stride));
    double product = dot, curve = between(squares_, coverage), whole = sums.squares;
    if (kind_ == Kind::pearson) {
        const double sum = between(sum_, coverage);
        product -= between(coded_, coverage) * sums.sum / n;
        curve -= sum * sum / n;
        whole -= sums.sum * sums.sum / n;
    }
    if (curve < least_part * query_.norm * query_.norm) return anything;
    const double norm = std::sqrt(curve);
    const double error = rest * norm + scale * std::sqrt(sums.squares) * query_.rest;
    return quotient(scale * product / norm, error / norm, scale * std::sqrt(std::max(whole, 0.0)), rest);
}

}  // namespace singel::spectra::identify
