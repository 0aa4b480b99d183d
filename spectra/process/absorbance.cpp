#include "spectra/process/absorbance.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <iterator>
#include <limits>
#include <vector>

namespace singel::spectra::process {
namespace {

constexpr std::size_t fewest_points = 50;
constexpr double clearly = 3.0;  // bands on one side that far outreach those on the other
constexpr double black = 1e-3;   // transmittance of the blackest absorbance

std::vector<double> finite_of(const std::vector<double>& values) {
    std::vector<double> finite;
    std::ranges::copy_if(values, std::back_inserter(finite), [](double v) { return std::isfinite(v); });
    return finite;
}

double median_of_finite(const std::vector<double>& values) {
    std::vector<double> finite = finite_of(values);
    if (finite.empty()) return 0.0;
    const auto middle = finite.begin() + static_cast<std::ptrdiff_t>(finite.size() / 2);
    std::ranges::nth_element(finite, middle);
    return *middle;
}

}  // namespace

core::Result<core::Spectrum> absorbance(const core::Spectrum& spectrum) {
    if (spectrum.ordinate != core::Ordinate::transmittance && spectrum.ordinate != core::Ordinate::reflectance)
        return spectrum;
    const double whole = median_of_finite(spectrum.values) > 2.0 ? 100.0 : 1.0;
    core::Spectrum result = spectrum;
    std::size_t dark = 0, left = 0;
    for (std::size_t i = 0; i < result.size(); ++i) {
        const double part = spectrum.values[i] / whole;
        const bool seen = part >= black && std::isfinite(part);
        dark += part < black ? 1 : 0;
        left += seen ? 1 : 0;
        result.values[i] = seen ? -std::log10(part) : std::numeric_limits<double>::quiet_NaN();
        if (i < result.sigma.size()) result.sigma[i] = spectrum.sigma[i] / whole / std::abs(part) / std::log(10.0);
    }
    if (2 * left < spectrum.size())
        return core::failure(
            core::Fault::saturated,
            fmt::format("{} of {} points let no light through", spectrum.size() - left, spectrum.size()), {},
            "measure less of the sample");
    const auto size = static_cast<double>(std::max<std::size_t>(spectrum.size(), 1));
    result.saturated_fraction = std::max(spectrum.saturated_fraction, static_cast<double>(dark) / size);
    result.ordinate = core::Ordinate::absorbance;
    result.provenance =
        spectrum.provenance.with("absorbance", fmt::format("from={} whole={}", name(spectrum.ordinate), whole));
    return result;
}

bool bands_point_down(const std::vector<double>& values) {
    std::vector<double> sorted = finite_of(values);
    if (sorted.size() < fewest_points) return false;
    std::ranges::sort(sorted);
    const auto at = [&](double part) {
        return sorted[static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1))];
    };
    const double above = at(0.98) - at(0.5), below = at(0.5) - at(0.02);
    return below > clearly * above;
}

}  // namespace singel::spectra::process
