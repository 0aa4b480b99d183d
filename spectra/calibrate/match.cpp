#include "spectra/calibrate/match.hpp"

#include <algorithm>
#include <cmath>

namespace singel::spectra::calibrate {
namespace {

constexpr double separate = 1.5;       // widths between lines that do not disturb each other
constexpr double unresolved = 0.5;     // widths between lines that look like one
constexpr double weak = 0.1;           // of the stronger line: disturbs nothing
constexpr double greatest_pull = 0.1;  // of the width, by which a weaker line may draw the centre
constexpr int half_scale_steps = 12;

double nm(const VisibleLine& visible) {
    return visible.line.wavelength.value;
}

bool disturbs(const core::LampLine& line, const core::LampLine& other, double fwhm_nm) {
    const double apart = std::abs(line.wavelength.value - other.wavelength.value);
    if (apart > separate * fwhm_nm || other.strength < weak * line.strength) return false;
    if (apart > unresolved * fwhm_nm || other.strength > line.strength) return true;
    return apart * other.strength / (line.strength + other.strength) > greatest_pull * fwhm_nm;
}

// Distance from a wavelength to the nearest line.
double distance(std::span<const VisibleLine> lines, double wavelength) {
    const auto next = std::ranges::lower_bound(lines, wavelength, {}, nm);
    double best = next == lines.end() ? 1e9 : nm(*next) - wavelength;
    if (next != lines.begin()) best = std::min(best, wavelength - nm(*std::prev(next)));
    return best;
}

}  // namespace

std::vector<VisibleLine> visible_lines(core::Lamp lamp, double low_nm, double high_nm, double fwhm_nm) {
    const auto all = core::lamp_lines(lamp);
    std::vector<VisibleLine> visible;
    for (const core::LampLine& line : all) {
        if (line.wavelength.value < low_nm || line.wavelength.value > high_nm) continue;
        const bool blend = std::ranges::any_of(
            all, [&](const core::LampLine& other) { return &other != &line && disturbs(line, other, fwhm_nm); });
        visible.push_back({line, blend ? "too close to another line to be separated" : ""});
    }
    return visible;
}

Alignment align(std::span<const double> prior_nm, std::span<const Peak> peaks, std::span<const VisibleLine> lines,
                double search_nm, double search_scale, double tolerance_nm) {
    const auto [low, high] = std::ranges::minmax(prior_nm);
    Alignment best{0.0, 0.0, 0.5 * (low + high), -1.0};
    double light = 0.0, best_score = -1.0;
    for (const Peak& peak : peaks) light += std::sqrt(peak.height);
    const int shift_steps = std::max(1, static_cast<int>(std::ceil(3.0 * search_nm / tolerance_nm)));
    for (int s = -shift_steps; s <= shift_steps; ++s)
        for (int k = -half_scale_steps; k <= half_scale_steps; ++k) {
            Alignment tried{search_nm * s / shift_steps, search_scale * k / half_scale_steps, best.centre_nm, 0.0};
            double score = 0.0;
            for (std::size_t i = 0; i < peaks.size(); ++i) {
                const double off = distance(lines, tried(prior_nm[i])) / tolerance_nm;
                if (off > 1.0) continue;
                tried.matched += std::sqrt(peaks[i].height) / light;
                score += std::sqrt(peaks[i].height) * (1.0 - 0.5 * off * off);
            }
            if (score > best_score) best = tried, best_score = score;
        }
    return best;
}

}  // namespace singel::spectra::calibrate
