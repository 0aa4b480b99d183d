#include "spectra/process/robust.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace singel::spectra::process {
namespace {

constexpr double mad_to_deviation = 1.0 / 0.6744897501960817;  // 1 / upper quartile of the normal distribution

double median_of(std::vector<double> values) {
    if (values.empty()) return 0.0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    if (values.size() % 2 == 1) return *middle;
    return 0.5 * (*middle + *std::max_element(values.begin(), middle));
}

}  // namespace

double median(std::span<const double> values) {
    return median_of({values.begin(), values.end()});
}

double deviation_about(std::span<const double> values, double centre) {
    std::vector<double> distances(values.size());
    std::ranges::transform(values, distances.begin(), [=](double v) { return std::abs(v - centre); });
    return mad_to_deviation * median_of(std::move(distances));
}

double noise_of(std::span<const double> values) {
    std::vector<double> bends;
    for (std::size_t i = 1; i + 1 < values.size(); ++i) {
        const double bend = std::abs(values[i - 1] - 2.0 * values[i] + values[i + 1]);
        if (std::isfinite(bend)) bends.push_back(bend);
    }
    // The variance of a second difference of white noise is 1 + 4 + 1 times that of the noise.
    return mad_to_deviation * median_of(std::move(bends)) / std::sqrt(6.0);
}

}  // namespace singel::spectra::process
