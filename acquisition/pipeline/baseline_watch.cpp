#include "acquisition/pipeline/baseline_watch.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace singel::acquisition::pipeline {

namespace {

double quantile(std::vector<double>& values, double fraction) {
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(fraction * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

// Of one pixel, from neighbours' differences: their median ignores bands and hot pixels. 0.6745 is the normal
// distribution's quartile.
double noise_of(const std::vector<double>& counts) {
    std::vector<double> steps;
    for (std::size_t i = 1; i < counts.size(); ++i) steps.push_back(std::abs(counts[i] - counts[i - 1]));
    return steps.empty() ? 0.0 : quantile(steps, 0.5) / 0.6745 / std::numbers::sqrt2;
}

// The standard error of a normal sample's lower quartile is 1.36 sigma / sqrt(n).
constexpr double quartile_error = 1.36;

}  // namespace

Baseline baseline_of(const spectra::core::Frame& frame, const instrument::Description& description) {
    const auto& counts = frame.counts;
    Baseline baseline;
    const std::size_t end = std::min(description.usable.last + 1, counts.size());
    const std::size_t begin = std::min(description.usable.first, end);
    const std::size_t length = (end - begin) / Baseline::parts;
    if (length == 0) return baseline;
    for (std::size_t part = 0; part < Baseline::parts; ++part) {
        const auto from = counts.begin() + static_cast<std::ptrdiff_t>(begin + part * length);
        std::vector<double> values(from, from + static_cast<std::ptrdiff_t>(length));
        baseline.scatter[part] = quartile_error * noise_of(values) / std::sqrt(static_cast<double>(length));
        baseline.level[part] = quantile(values, 0.25);
    }
    return baseline;
}

bool rises(const Baseline& first, const Baseline& now, const Baseline& dark, std::uint32_t full_scale) {
    for (std::size_t part = 0; part < Baseline::parts; ++part) {
        const double light = std::max(0.0, first.level[part] - dark.level[part]);
        const double scatter = std::hypot(first.scatter[part], now.scatter[part]);
        const double allowed =
            std::max({baseline_may_grow * light, baseline_scatters * scatter, offset_may_drift * full_scale});
        if (now.level[part] - first.level[part] > allowed) return true;
    }
    return false;
}

bool BaselineWatch::steady(const spectra::core::Frame& frame, const instrument::Description& description) {
    const Baseline now = baseline_of(frame, description);
    if (!first_) first_ = now;
    return !rises(*first_, now, dark_, frame.full_scale);
}

}  // namespace singel::acquisition::pipeline
