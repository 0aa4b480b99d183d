#include "spectra/calibrate/wavelength.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <span>

#include "spectra/calibrate/match.hpp"
#include "spectra/calibrate/peaks.hpp"
#include "spectra/calibrate/polynomial.hpp"
#include "spectra/process/robust.hpp"

namespace singel::spectra::calibrate {
namespace {

using core::Fault;

constexpr double centre_floor_px = 0.02;  // no centre is believed to be better known
constexpr double least_matched_light = 0.6;
constexpr double outlier_px = 0.3;
constexpr double worthwhile = 0.7;  // of the leave-one-out error, for one more coefficient

// A line with the peak that was taken for it.
struct Pair {
    core::LampLine line;
    Peak peak;
};

core::Result<std::vector<double>> air_prior(const core::Axis& prior) {
    std::vector<double> nm(prior.values().begin(), prior.values().end());
    switch (prior.kind()) {
        case core::AxisKind::wavelength_vacuum_nm:
            for (double& v : nm) v = core::to_air(core::VacuumNm{v}).value;
            return nm;
        case core::AxisKind::wavelength_air_nm:
        case core::AxisKind::wavelength_device_nm: return nm;
        default:
            return core::failure(Fault::invalid_argument,
                                 fmt::format("a wavelength calibration starts from an axis in nm, not in {}",
                                             core::name(prior.kind())));
    }
}

double at_pixel(std::span<const double> nm, double pixel) {
    const double last = static_cast<double>(nm.size() - 1);
    const double p = std::clamp(pixel, 0.0, last);
    const auto i = std::min(static_cast<std::size_t>(p), nm.size() - 2);
    return nm[i] + (nm[i + 1] - nm[i]) * (p - static_cast<double>(i));
}

// Everything that the search for pairs works with. Pixels count from the scan's first value.
struct Sight {
    std::vector<double> prior;  // air nm of each pixel
    std::vector<Peak> peaks;
    std::vector<VisibleLine> lines;
    double fwhm_px = 0.0, nm_per_px = 0.0;
};

core::Result<Sight> look(const core::Spectrum& scan, std::vector<double> prior, core::Lamp lamp,
                         const WavelengthOptions& options) {
    Sight sight;
    sight.peaks = find_peaks(scan.values, scan.saturated_fraction > 0.0);
    if (sight.peaks.empty())
        return core::failure(Fault::too_weak, "no line stands out of the noise", {},
                             "Bring the lamp closer or measure longer");
    std::vector<double> widths;
    std::size_t clipped = 0;
    for (const Peak& peak : sight.peaks) {
        if (peak.saturated)
            ++clipped;
        else
            widths.push_back(peak.fwhm);
    }
    if (2 * clipped > sight.peaks.size())
        return core::failure(Fault::saturated, fmt::format("{} of {} lines are clipped", clipped, sight.peaks.size()),
                             {}, "Measure shorter or move the lamp away");
    sight.fwhm_px = process::median(widths);
    sight.nm_per_px = std::abs(prior.back() - prior.front()) / static_cast<double>(prior.size() - 1);
    const auto [low, high] = std::ranges::minmax(prior);
    sight.lines =
        visible_lines(lamp, low - options.search_nm, high + options.search_nm, sight.fwhm_px * sight.nm_per_px);
    sight.prior = std::move(prior);
    return sight;
}

// The strongest peak near each line, if it is nearer to no other line. to_nm: what is believed of the axis.
template <class ToNm>
std::vector<Pair> pair_up(const Sight& sight, double tolerance_nm, ToNm to_nm) {
    std::vector<Pair> pairs;
    for (const VisibleLine& visible : sight.lines) {
        if (!visible.refused.empty()) continue;
        const Peak* best = nullptr;
        for (const Peak& peak : sight.peaks) {
            const double nm = to_nm(peak.centre);
            const double off = std::abs(nm - visible.line.wavelength.value);
            const bool nearer = std::ranges::any_of(sight.lines, [&](const VisibleLine& other) {
                return std::abs(nm - other.line.wavelength.value) < off &&
                       other.line.strength > visible.line.strength;
            });
            if (off <= tolerance_nm && !nearer && !peak.saturated && (best == nullptr || peak.height > best->height))
                best = &peak;
        }
        if (best != nullptr) pairs.push_back({visible.line, *best});
    }
    return pairs;
}

struct Fitted {
    std::vector<Pair> pairs;
    PolynomialFit fit;

    double slope(std::size_t i) const { return polynomial_slope(fit.coefficients, pairs[i].peak.centre); }
    double residual_px(std::size_t i) const { return -fit.residuals[i] / slope(i); }
    double left_out_px(std::size_t i) const { return fit.left_out[i] / slope(i); }
};

std::optional<Fitted> fit_pairs(std::vector<Pair> pairs, const Sight& sight, std::size_t order) {
    std::vector<double> x, y, sigma;
    for (const Pair& pair : pairs) {
        x.push_back(pair.peak.centre);
        y.push_back(pair.line.wavelength.value);
        sigma.push_back(std::hypot(pair.peak.centre_sigma, centre_floor_px) * sight.nm_per_px);
    }
    auto fit = fit_polynomial(x, y, sigma, order);
    if (!fit) return std::nullopt;
    return Fitted{std::move(pairs), std::move(*fit)};
}

// Takes the worst line out, one after the other, while the fit without it misses it by too much.
std::optional<Fitted> without_outliers(std::vector<Pair> pairs, const Sight& sight, std::size_t order,
                                       std::vector<LineRefused>& refused) {
    for (;;) {
        auto fitted = fit_pairs(pairs, sight, order);
        if (!fitted || pairs.size() <= order + 2) return fitted;
        std::size_t worst = 0;
        for (std::size_t i = 1; i < pairs.size(); ++i)
            if (std::abs(fitted->left_out_px(i)) > std::abs(fitted->left_out_px(worst))) worst = i;
        if (std::abs(fitted->left_out_px(worst)) <= outlier_px) return fitted;
        refused.push_back({pairs[worst].line.wavelength,
                           fmt::format("{:.2f} px from where the other lines put it", fitted->left_out_px(worst))});
        pairs.erase(pairs.begin() + static_cast<std::ptrdiff_t>(worst));
    }
}

// The true wavelength as a low polynomial of the prior one: the prior knows the curvature of the axis better than a
// few lines do.
std::optional<PolynomialFit> correction(const std::vector<Pair>& pairs, const Sight& sight) {
    std::vector<double> x, y, sigma;
    for (const Pair& pair : pairs) {
        x.push_back(at_pixel(sight.prior, pair.peak.centre));
        y.push_back(pair.line.wavelength.value);
        sigma.push_back(std::hypot(pair.peak.centre_sigma, centre_floor_px) * sight.nm_per_px);
    }
    return fit_polynomial(x, y, sigma, pairs.size() > 6 ? 2 : 1);
}

double left_out_rms(const Fitted& fitted) {
    double squares = 0.0;
    for (std::size_t i = 0; i < fitted.pairs.size(); ++i) squares += fitted.left_out_px(i) * fitted.left_out_px(i);
    return std::sqrt(squares / static_cast<double>(fitted.pairs.size()));
}

// The lowest order that does as well as the next: more lines kept, or the lines left out predicted better, pay for a
// higher one.
std::optional<Fitted> best_order(const std::vector<Pair>& pairs, const Sight& sight, const WavelengthOptions& options,
                                 std::vector<LineRefused>& refused) {
    std::optional<Fitted> best;
    for (int order = options.order; order <= std::max(options.order, options.max_order); ++order) {
        std::vector<LineRefused> outliers;
        auto fitted = without_outliers(pairs, sight, static_cast<std::size_t>(order), outliers);
        if (!fitted) break;
        const bool better =
            !best || fitted->pairs.size() > best->pairs.size() ||
            (fitted->pairs.size() == best->pairs.size() && left_out_rms(*fitted) < worthwhile * left_out_rms(*best));
        if (!better) continue;
        best = std::move(fitted);
        refused = std::move(outliers);
    }
    return best;
}

void fill_lines(WavelengthCalibration& calibration, const Fitted& fitted, std::size_t first_pixel) {
    double squares = 0.0;
    for (std::size_t i = 0; i < fitted.pairs.size(); ++i) {
        const auto& [line, peak] = fitted.pairs[i];
        const double px = fitted.residual_px(i), nm = -fitted.fit.residuals[i];
        calibration.used.push_back({line.wavelength, peak.centre + static_cast<double>(first_pixel),
                                    peak.centre_sigma, px, nm,
                                    1e7 * nm / (line.wavelength.value * line.wavelength.value)});
        squares += px * px;
        calibration.max_px = std::max(calibration.max_px, std::abs(px));
    }
    calibration.rms_px = std::sqrt(squares / static_cast<double>(fitted.pairs.size()));
    calibration.leave_one_out_px = left_out_rms(fitted);
}

void fill_refused(WavelengthCalibration& calibration, const Sight& sight, const Fitted& fitted) {
    for (const VisibleLine& visible : sight.lines) {
        const core::AirNm nm = visible.line.wavelength;
        const auto same = [&](const auto& line) { return line.wavelength == nm; };
        if (std::ranges::any_of(calibration.used, same) || std::ranges::any_of(calibration.refused, same)) continue;
        const bool clipped = std::ranges::any_of(sight.peaks, [&](const Peak& peak) {
            return peak.saturated && std::abs(polynomial(fitted.fit.coefficients, peak.centre) - nm.value) <
                                         sight.fwhm_px * sight.nm_per_px;
        });
        calibration.refused.push_back({nm, clipped                   ? "clipped"
                                           : visible.refused.empty() ? "no peak is seen"
                                                                     : visible.refused});
    }
    std::ranges::sort(calibration.refused, {}, [](const LineRefused& line) { return line.wavelength.value; });
}

// The part of the range in use that lies between the outermost used lines. Without a stated range it is what the lamp
// can reach on this detector.
double coverage(const WavelengthCalibration& calibration, const Sight& sight, const Fitted& fitted,
                const WavelengthOptions& options) {
    double low = options.used_low_nm, high = options.used_high_nm;
    if (low >= high) {
        const double one_end = polynomial(fitted.fit.coefficients, 0.0);
        const double other_end = polynomial(fitted.fit.coefficients, static_cast<double>(calibration.pixels - 1));
        const auto [first, last] = std::minmax(one_end, other_end);
        low = last, high = first;
        for (const VisibleLine& visible : sight.lines) {
            const double nm = visible.line.wavelength.value;
            if (nm < first || nm > last) continue;
            low = std::min(low, nm);
            high = std::max(high, nm);
        }
    }
    const double from = std::max(low, calibration.used.front().wavelength.value);
    const double to = std::min(high, calibration.used.back().wavelength.value);
    return high > low ? std::clamp((to - from) / (high - low), 0.0, 1.0) : 0.0;
}

bool monotone(const std::vector<double>& coefficients, std::size_t pixels) {
    const bool rising = polynomial_slope(coefficients, 0.0) > 0.0;
    for (std::size_t p = 0; p < pixels; ++p)
        if (rising != (polynomial_slope(coefficients, static_cast<double>(p)) > 0.0)) return false;
    return true;
}

void judge(WavelengthCalibration& calibration, const Fitted& fitted, const WavelengthLimits& limits) {
    auto& reasons = calibration.reasons;
    if (calibration.used.size() < limits.min_lines)
        reasons.push_back(fmt::format("{} lines, {} are needed", calibration.used.size(), limits.min_lines));
    if (calibration.coverage < limits.min_coverage)
        reasons.push_back(fmt::format("the lines cover {:.0f} % of the range in use, {:.0f} % are needed",
                                      100.0 * calibration.coverage, 100.0 * limits.min_coverage));
    if (calibration.rms_px > limits.max_rms_px)
        reasons.push_back(fmt::format("the lines scatter by {:.3f} px, the limit is {:.3f}", calibration.rms_px,
                                      limits.max_rms_px));
    if (calibration.max_px > limits.max_residual_px)
        reasons.push_back(fmt::format("one line is off by {:.3f} px, the limit is {:.3f}", calibration.max_px,
                                      limits.max_residual_px));
    if (!monotone(fitted.fit.coefficients, calibration.pixels))
        reasons.emplace_back("the wavelength does not rise or fall throughout");
    calibration.accepted = reasons.empty();
}

// The same polynomial with pixels counted from another one: p = q - first.
void shift_pixels(std::vector<double>& coefficients, std::vector<double>& covariance, double first) {
    const std::size_t n = coefficients.size();
    std::vector<double> turn(n * n, 0.0);
    for (std::size_t k = 0; k < n; ++k) {
        double binomial = 1.0;
        for (std::size_t j = 0; j <= k; ++j) {
            turn[j * n + k] = binomial * std::pow(-first, static_cast<double>(k - j));
            binomial = binomial * static_cast<double>(k - j) / static_cast<double>(j + 1);
        }
    }
    std::vector<double> moved(n, 0.0), spread(n * n, 0.0);
    for (std::size_t j = 0; j < n; ++j)
        for (std::size_t k = 0; k < n; ++k) {
            moved[j] += turn[j * n + k] * coefficients[k];
            for (std::size_t a = 0; a < n; ++a)
                for (std::size_t b = 0; b < n; ++b)
                    spread[j * n + k] += turn[j * n + a] * covariance[a * n + b] * turn[k * n + b];
        }
    coefficients = std::move(moved);
    covariance = std::move(spread);
}

core::Result<Fitted> fit_lamp(const Sight& sight, core::Lamp lamp, const WavelengthOptions& options,
                              std::vector<LineRefused>& refused) {
    const double width_nm = sight.fwhm_px * sight.nm_per_px;
    std::vector<double> prior_nm;
    for (const Peak& peak : sight.peaks) prior_nm.push_back(at_pixel(sight.prior, peak.centre));
    const auto wrong_lamp = [&] {
        return core::failure(Fault::wrong_format,
                             fmt::format("the peaks do not lie where a {} lamp has its lines", core::name(lamp)), {},
                             "Check the lamp and the instrument's own wavelengths");
    };
    if (sight.lines.empty()) return wrong_lamp();
    const Alignment start =
        align(prior_nm, sight.peaks, sight.lines, options.search_nm, options.search_scale, 0.6 * width_nm);
    if (start.matched < least_matched_light) return wrong_lamp();
    auto pairs = pair_up(sight, width_nm, [&](double p) { return start(at_pixel(sight.prior, p)); });
    const auto rough = correction(pairs, sight);
    if (!rough) return wrong_lamp();
    pairs = pair_up(sight, 0.7 * width_nm,
                    [&](double p) { return polynomial(rough->coefficients, at_pixel(sight.prior, p)); });
    auto fitted = best_order(pairs, sight, options, refused);
    if (!fitted) return wrong_lamp();
    return std::move(*fitted);
}

}  // namespace

core::Result<core::Axis> WavelengthCalibration::axis(std::size_t first_pixel, std::size_t count) const {
    std::vector<double> nm(count);
    for (std::size_t i = 0; i < count; ++i) nm[i] = polynomial(coefficients, static_cast<double>(first_pixel + i));
    return core::Axis::make(medium, std::move(nm));
}

core::Result<WavelengthCalibration> calibrate_wavelength(const core::Spectrum& scan, const core::Axis& prior,
                                                         core::Lamp lamp, const WavelengthOptions& options,
                                                         const WavelengthLimits& limits) {
    if (scan.size() != prior.size() || scan.size() < 16 || options.order < 1 || options.order > 5 ||
        options.max_order > 5)
        return core::failure(Fault::invalid_argument,
                             fmt::format("wavelength calibration: {} values, {} wavelengths, order {}", scan.size(),
                                         prior.size(), options.order));
    auto nm = air_prior(prior);
    if (!nm) return tl::unexpected(std::move(nm.error()));
    auto sight = look(scan, std::move(*nm), lamp, options);
    if (!sight) return tl::unexpected(std::move(sight.error()));

    WavelengthCalibration calibration;
    calibration.lamp = lamp;
    calibration.pixels = scan.size();
    const auto fitted = fit_lamp(*sight, lamp, options, calibration.refused);
    if (!fitted) return tl::unexpected(fitted.error());
    fill_lines(calibration, *fitted, options.first_pixel);
    fill_refused(calibration, *sight, *fitted);
    calibration.coverage = coverage(calibration, *sight, *fitted, options);
    judge(calibration, *fitted, limits);
    calibration.coefficients = fitted->fit.coefficients;
    calibration.covariance = fitted->fit.covariance;
    shift_pixels(calibration.coefficients, calibration.covariance, static_cast<double>(options.first_pixel));
    return calibration;
}

}  // namespace singel::spectra::calibrate
