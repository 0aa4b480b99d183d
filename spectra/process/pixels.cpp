#include "spectra/process/pixels.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numeric>

namespace singel::spectra::process {

using core::Fault;

core::Result<std::vector<double>> interpolate_bad_pixels(std::span<const double> counts,
                                                         std::span<const std::size_t> bad) {
    const std::size_t n = counts.size();
    std::vector<bool> is_bad(n, false);
    for (std::size_t pixel : bad) {
        if (pixel >= n)
            return core::failure(Fault::invalid_argument, fmt::format("bad pixel {} of {} pixels", pixel, n));
        is_bad[pixel] = true;
    }
    std::vector<double> mended(counts.begin(), counts.end());
    for (std::size_t i = 0; i < n;) {
        if (!is_bad[i]) {
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end < n && is_bad[end]) ++end;
        if (i == 0 && end == n) return core::failure(Fault::invalid_argument, "every pixel is listed as bad");
        const double left = i > 0 ? counts[i - 1] : counts[end];
        const double right = end < n ? counts[end] : left;
        const double width = static_cast<double>(end - i + 1);
        for (std::size_t k = i; k < end; ++k)
            mended[k] = left + (right - left) * static_cast<double>(k - i + 1) / width;
        i = end;
    }
    return mended;
}

std::vector<double> level_odd_pixels(std::span<const double> counts, const core::OddPixels& odd) {
    std::vector<double> level(counts.begin(), counts.end());
    for (std::size_t i = 1; i < level.size(); i += 2) level[i] = level[i] * odd.slope + odd.offset;
    return level;
}

core::Result<std::vector<double>> overwrite_ends(std::span<const double> counts, std::size_t first,
                                                 std::size_t last) {
    if (first + last >= counts.size())
        return core::failure(Fault::invalid_argument,
                             fmt::format("{} and {} pixels at the ends of {}", first, last, counts.size()));
    std::vector<double> overwritten(counts.begin(), counts.end());
    std::fill_n(overwritten.begin(), first, counts[first]);
    std::fill_n(overwritten.rbegin(), last, counts[counts.size() - 1 - last]);
    return overwritten;
}

std::vector<double> average_pairs(std::span<const double> counts, core::PairAverage with) {
    std::vector<double> averaged(counts.begin(), counts.end());
    if (with == core::PairAverage::none) return averaged;
    const bool next = with == core::PairAverage::with_next;
    for (std::size_t i = 0; i + 1 < counts.size(); ++i) averaged[next ? i : i + 1] = (counts[i] + counts[i + 1]) / 2;
    return averaged;
}

core::Result<double> electric_dark(std::span<const double> counts, std::span<const PixelRange> masked) {
    double sum = 0.0;
    std::size_t pixels = 0;
    for (const PixelRange& range : masked) {
        if (range.last >= counts.size() || range.first > range.last)
            return core::failure(Fault::invalid_argument, fmt::format("masked pixels {} to {} of {} pixels",
                                                                      range.first, range.last, counts.size()));
        const auto part = counts.subspan(range.first, range.last - range.first + 1);
        sum = std::accumulate(part.begin(), part.end(), sum);
        pixels += part.size();
    }
    if (pixels == 0) return core::failure(Fault::invalid_argument, "no masked pixel is given");
    return sum / static_cast<double>(pixels);
}

core::Result<std::vector<double>> linearised(std::span<const double> counts, std::span<const double> coefficients) {
    std::vector<double> corrected(counts.size());
    for (std::size_t i = 0; i < counts.size(); ++i) {
        double response = 0.0;
        for (std::size_t k = coefficients.size(); k-- > 0;) response = response * counts[i] + coefficients[k];
        if (!std::isfinite(response) || response <= 0.0)
            return core::failure(Fault::invalid_argument,
                                 fmt::format("the nonlinearity polynomial is {} at {} counts", response, counts[i]));
        corrected[i] = counts[i] / response;
    }
    return corrected;
}

}  // namespace singel::spectra::process
