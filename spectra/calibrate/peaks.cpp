#include "spectra/calibrate/peaks.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>

#include "spectra/process/baseline.hpp"
#include "spectra/process/linear.hpp"
#include "spectra/process/robust.hpp"

namespace singel::spectra::calibrate {
namespace {

constexpr double least_snr = 10.0;
constexpr double stiffness = 1e6;  // of the ground, for lines of a few pixels
constexpr double flat = 0.005;     // three points within this of the top are a clipped line
constexpr double top_of_clipped = 0.985;
constexpr double fwhm_per_sigma = 2.3548200450309493;
constexpr std::size_t parameters = 4;  // height, centre, sigma, ground

using Model = std::array<double, parameters>;

// Where the curve falls to half its height, in pixels from the top, on one side.
double half_width(std::span<const double> values, std::size_t top, int direction) {
    const double half = 0.5 * values[top];
    for (std::size_t i = top;;) {
        const std::size_t next = direction > 0 ? i + 1 : i - 1;
        if ((direction < 0 && i == 0) || next >= values.size())
            return std::abs(static_cast<double>(i) - static_cast<double>(top)) + 0.5;
        if (values[next] <= half)
            return std::abs(static_cast<double>(i) - static_cast<double>(top)) +
                   (values[i] - half) / (values[i] - values[next]);
        i = next;
    }
}

struct Normal {
    std::vector<double> matrix = std::vector<double>(parameters * parameters, 0.0);
    std::vector<double> right = std::vector<double>(parameters, 0.0);
    double squares = 0.0;
};

Normal normal_equations(std::span<const double> values, std::size_t first, std::size_t last, const Model& m) {
    Normal normal;
    for (std::size_t i = first; i <= last; ++i) {
        const double z = (static_cast<double>(i) - m[1]) / m[2];
        const double bell = std::exp(-0.5 * z * z);
        const Model slope{bell, m[0] * bell * z / m[2], m[0] * bell * z * z / m[2], 1.0};
        const double residual = values[i] - m[0] * bell - m[3];
        normal.squares += residual * residual;
        for (std::size_t j = 0; j < parameters; ++j) {
            normal.right[j] += slope[j] * residual;
            for (std::size_t k = 0; k < parameters; ++k) normal.matrix[j * parameters + k] += slope[j] * slope[k];
        }
    }
    return normal;
}

// The variance of the centre when each pixel's noise is the ground's and, in proportion to the light, what the fit
// leaves over that.
std::optional<double> centre_variance(std::size_t first, std::size_t last, const Model& m, const Normal& normal,
                                      double noise) {
    const auto inverse = process::inverse(normal.matrix, parameters);
    if (!inverse) return std::nullopt;
    const double points = static_cast<double>(last - first + 1);
    const double left = normal.squares / (points - static_cast<double>(parameters)) - noise * noise;
    const double mean_light = m[0] * std::abs(m[2]) * std::sqrt(2.0 * std::numbers::pi) / points;
    const double slope = std::max(0.0, left) / mean_light;
    double variance = 0.0;
    for (std::size_t i = first; i <= last; ++i) {
        const double z = (static_cast<double>(i) - m[1]) / m[2], bell = std::exp(-0.5 * z * z);
        const Model gradient{bell, m[0] * bell * z / m[2], m[0] * bell * z * z / m[2], 1.0};
        double influence = 0.0;
        for (std::size_t j = 0; j < parameters; ++j) influence += (*inverse)[parameters + j] * gradient[j];
        variance += influence * influence * (noise * noise + slope * m[0] * bell);
    }
    return variance;
}

std::optional<Peak> peak_of(std::size_t first, std::size_t last, const Model& m, const Normal& normal, double noise) {
    if (!(m[0] > 0.0) || m[1] < static_cast<double>(first) || m[1] > static_cast<double>(last)) return std::nullopt;
    const auto variance = centre_variance(first, last, m, normal, noise);
    if (!variance) return std::nullopt;
    return Peak{m[1], std::sqrt(*variance), m[0], fwhm_per_sigma * m[2], false};
}

// Levenberg-Marquardt from a start that is nearly right.
std::optional<Peak> fitted(std::span<const double> values, std::size_t first, std::size_t last, Model m,
                           double noise) {
    double damping = 1e-3;
    Normal normal = normal_equations(values, first, last, m);
    for (int round = 0; round < 40; ++round) {
        std::vector<double> damped = normal.matrix;
        for (std::size_t j = 0; j < parameters; ++j) damped[j * parameters + j] *= 1.0 + damping;
        const auto step = process::solved(std::move(damped), normal.right);
        if (!step) return std::nullopt;
        Model moved = m;
        for (std::size_t j = 0; j < parameters; ++j) moved[j] += (*step)[j];
        Normal next = normal_equations(values, first, last, moved);
        if (!(moved[2] > 0.1) || !(next.squares <= normal.squares)) {
            damping *= 10.0;
            if (damping > 1e8) break;
            continue;
        }
        const bool done = std::abs((*step)[1]) < 1e-6;
        m = moved;
        normal = std::move(next);
        damping *= 0.2;
        if (done) break;
    }
    return peak_of(first, last, m, normal, noise);
}

bool flat_top(std::span<const double> values, std::size_t top) {
    for (std::size_t first = top < 2 ? 0 : top - 2; first <= top && first + 2 < values.size(); ++first)
        if (std::ranges::all_of(values.subspan(first, 3), [&](double v) { return v > (1.0 - flat) * values[top]; }))
            return true;
    return false;
}

std::optional<Peak> peak_at(std::span<const double> values, std::span<const double> above, std::size_t top,
                            double noise) {
    const double left = half_width(above, top, -1), right = half_width(above, top, 1);
    const double reach = std::clamp(1.3 * (left + right), 2.0, 30.0);
    const auto width = static_cast<std::size_t>(std::lround(reach));
    const std::size_t first = top > width ? top - width : 0, last = std::min(above.size() - 1, top + width);
    if (last - first + 1 <= parameters) return std::nullopt;
    const Model start{above[top], static_cast<double>(top) + 0.5 * (right - left),
                      std::max(0.5, (left + right) / fwhm_per_sigma), values[top] - above[top]};
    auto peak = fitted(values, first, last, start, noise);
    if (peak) peak->saturated = flat_top(above, top);
    return peak;
}

}  // namespace

std::vector<Peak> find_peaks(std::span<const double> values, bool clipped) {
    std::vector<Peak> peaks;
    if (values.size() < 16) return peaks;
    const std::vector<double> ground = process::arpls(values, stiffness);
    std::vector<double> above(values.size());
    std::ranges::transform(values, ground, above.begin(), std::minus<>());
    const double noise = std::max(process::noise_of(above), 1e-9 * *std::ranges::max_element(above));
    const double greatest = *std::ranges::max_element(above);
    for (std::size_t i = 2; i + 2 < above.size(); ++i) {
        if (above[i] < least_snr * noise || above[i] <= above[i - 1] || above[i] < above[i + 1]) continue;
        if (above[i] <= above[i - 2] || above[i] < above[i + 2]) continue;
        auto peak = peak_at(values, above, i, noise);
        if (!peak) continue;
        peak->saturated = peak->saturated || (clipped && above[i] >= top_of_clipped * greatest);
        peaks.push_back(*peak);
    }
    std::vector<double> widths;
    for (const Peak& peak : peaks)
        if (!peak.saturated) widths.push_back(peak.fwhm);
    const double usual = process::median(widths);
    std::erase_if(peaks, [&](const Peak& peak) {
        return !peak.saturated && (peak.fwhm < 0.5 * usual || peak.fwhm > 2.0 * usual);
    });
    return peaks;
}

}  // namespace singel::spectra::calibrate
