#include "spectra/process/smooth.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <utility>
#include <vector>

#include "spectra/process/linear.hpp"

namespace singel::spectra::process {
namespace {

constexpr std::size_t greatest_order = 6;

// Weights of the window's points for the derivative at offset `at` (in points from its middle). The abscissa is
// scaled by the half width so that the normal equations stay well conditioned.
std::vector<double> window_weights(std::size_t half_width, std::size_t order, std::size_t derivative, double at) {
    const std::size_t n = order + 1, points = 2 * half_width + 1;
    const double h = static_cast<double>(half_width);
    const auto power = [](double x, std::size_t k) { return std::pow(x, static_cast<double>(k)); };
    std::vector<double> normal(n * n, 0.0), target(n, 0.0);
    for (std::size_t j = 0; j < n; ++j)
        for (std::size_t k = 0; k < n; ++k)
            for (std::size_t p = 0; p < points; ++p)
                normal[j * n + k] += power((static_cast<double>(p) - h) / h, j + k);
    for (std::size_t k = derivative; k < n; ++k) {
        double factor = power(1.0 / h, derivative);
        for (std::size_t d = 0; d < derivative; ++d) factor *= static_cast<double>(k - d);
        target[k] = factor * power(at / h, k - derivative);
    }
    // The points of a window are distinct and more than the coefficients: the system is regular.
    const std::vector<double> solution = *solved(std::move(normal), std::move(target));
    std::vector<double> weights(points, 0.0);
    for (std::size_t p = 0; p < points; ++p)
        for (std::size_t k = 0; k < n; ++k) weights[p] += solution[k] * power((static_cast<double>(p) - h) / h, k);
    return weights;
}

}  // namespace

core::Spectrum boxcar(const core::Spectrum& spectrum, std::size_t half_width) {
    core::Spectrum result = spectrum;
    const std::size_t n = spectrum.size();
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t first = i > half_width ? i - half_width : 0, last = std::min(n - 1, i + half_width);
        double sum = 0.0, variance = 0.0, count = 0.0;
        for (std::size_t k = first; k <= last; ++k) {
            if (std::isnan(spectrum.values[k])) continue;
            sum += spectrum.values[k];
            if (!spectrum.sigma.empty()) variance += spectrum.sigma[k] * spectrum.sigma[k];
            count += 1.0;
        }
        result.values[i] = count > 0.0 ? sum / count : std::numeric_limits<double>::quiet_NaN();
        if (!spectrum.sigma.empty()) result.sigma[i] = std::sqrt(variance) / count;
    }
    result.provenance = spectrum.provenance.with("boxcar", fmt::format("half_width={}", half_width));
    return result;
}

core::Result<core::Spectrum> savitzky_golay(const core::Spectrum& spectrum, std::size_t half_width, std::size_t order,
                                            std::size_t derivative) {
    const std::size_t n = spectrum.size();
    if (half_width == 0 || half_width > n || order > greatest_order || derivative > order ||
        2 * half_width + 1 <= order + 1 || 2 * half_width + 1 > n)
        return core::failure(core::Fault::invalid_argument,
                             fmt::format("smoothing: order {}, derivative {} over {} points on each side of {}",
                                         order, derivative, half_width, n));
    core::Spectrum result = spectrum;
    const std::vector<double> middle = window_weights(half_width, order, derivative, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t centre = std::clamp(i, half_width, n - 1 - half_width);
        const double at = static_cast<double>(i) - static_cast<double>(centre);
        const auto weights = centre == i ? middle : window_weights(half_width, order, derivative, at);
        double value = 0.0, variance = 0.0;
        for (std::size_t p = 0; p < weights.size(); ++p) {
            const std::size_t k = centre - half_width + p;
            value += weights[p] * spectrum.values[k];
            if (!spectrum.sigma.empty()) variance += weights[p] * weights[p] * spectrum.sigma[k] * spectrum.sigma[k];
        }
        result.values[i] = value;
        if (!spectrum.sigma.empty()) result.sigma[i] = std::sqrt(variance);
    }
    result.provenance = spectrum.provenance.with(
        "savitzky_golay", fmt::format("half_width={} order={} derivative={}", half_width, order, derivative));
    return result;
}

}  // namespace singel::spectra::process
