#include "spectra/identify/observe.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "spectra/identify/absorbing.hpp"
#include "spectra/identify/library.hpp"
#include "spectra/identify/unknown.hpp"
#include "spectra/process/baseline.hpp"
#include "spectra/process/resample.hpp"

namespace singel::spectra::identify {
namespace {

constexpr double least_overlap = 0.4, short_overlap = 0.8;  // of the analysis range
constexpr double most_saturated = 0.01;                     // of the raw pixels
constexpr double most_black = 0.2;  // of an absorption spectrum: black bands are left out, the others still speak
constexpr double least_band = 7.0;  // strongest matched-filter response over noise that is worth a search
constexpr double ruling = 0.5;      // a spike that high beside the highest band
constexpr double fluorescent_fraction = 0.9, fluorescent_snr = 20.0;
// No reference fits better than this part of the strongest band, whatever the detector's noise, and what others
// processed has lost its noise, not its errors. With less, a scan of little noise is misfit by every member alone,
// and the fit of the first one of two equal parts leaves no room for the second.
constexpr double noise_floor = 3e-3;

core::Error wrong(core::Fault fault, std::string what, std::string remedy = {}) {
    return {fault, std::move(what), {}, std::move(remedy)};
}

core::Result<void> checked(const core::Spectrum& spectrum, const Library& library) {
    using core::Fault;
    if (spectrum.empty() || spectrum.axis.size() != spectrum.size())
        return tl::unexpected(wrong(Fault::invalid_argument, "the spectrum is empty"));
    if (spectrum.technique != library.set.technique)
        return tl::unexpected(wrong(Fault::wrong_technique,
                                    fmt::format("a {} spectrum cannot be compared with a {} library",
                                                core::name(spectrum.technique), core::name(library.set.technique)),
                                    "choose a library of the same technique"));
    return {};
}

// sigma for each point of the spectrum's own sampling, where none came with it.
std::vector<double> sigma_of(const core::Spectrum& spectrum) {
    if (spectrum.sigma.size() == spectrum.size()) return spectrum.sigma;
    return std::vector<double>(spectrum.size(), third_difference_noise(spectrum.values));
}

// A power of two near the greatest value, 1 unless squares of the values would leave the range of numbers: divided by
// it nothing is rounded.
double unit_of(const std::vector<double>& values) {
    double greatest = 0.0;
    for (const double v : values)
        if (std::isfinite(v)) greatest = std::max(greatest, std::abs(v));
    if (!(greatest > 0.0) || (greatest > 1e-100 && greatest < 1e100)) return 1.0;
    return std::ldexp(1.0, std::ilogb(greatest));
}

// Divides values and sigma by a unit of their own and returns it.
double take_unit(core::Spectrum& spectrum) {
    const double unit = unit_of(spectrum.values);
    if (unit == 1.0) return unit;
    for (double& v : spectrum.values) v /= unit;
    for (double& s : spectrum.sigma) s /= unit;
    return unit;
}

struct OnGrid {
    Vector y, sigma, known;
    double points = 0.0;
};

OnGrid on_grid(const core::Spectrum& resampled, const TechniqueSettings& settings) {
    const auto size = static_cast<Eigen::Index>(resampled.size());
    OnGrid grid{Vector::Zero(size), Vector::Zero(size), Vector::Zero(size)};
    for (Eigen::Index i = 0; i < size; ++i) {
        const double y = resampled.values[static_cast<std::size_t>(i)];
        if (!std::isfinite(y) || masked(settings, resampled.axis[static_cast<std::size_t>(i)])) continue;
        const double s = resampled.sigma[static_cast<std::size_t>(i)];
        grid.y[i] = y;
        grid.sigma[i] = std::isfinite(s) && s > 0.0 ? s : 0.0;
        grid.known[i] = 1.0;
    }
    grid.points = grid.known.sum();
    return grid;
}

// The strongest band over the noise at its place; none when the noise there is 0.
std::optional<double> signal_to_noise(const Vector& bands, const Vector& sigma) {
    Eigen::Index top = 0;
    const double height = bands.maxCoeff(&top);
    if (!(sigma[top] > 0.0)) return std::nullopt;
    return std::max(0.0, height / sigma[top]);
}

// The curve without what is one or two points wide.
Vector median_of_five(const Vector& curve) {
    Vector calm = curve;
    for (Eigen::Index i = 2; i + 2 < curve.size(); ++i) {
        Eigen::Matrix<double, 5, 1> near = curve.segment<5>(i - 2);
        std::nth_element(near.data(), near.data() + 2, near.data() + 5);
        calm[i] = near[2];
    }
    return calm;
}

// The strongest band over its deviation. A spike is narrower than any line and no band: where it rules the spectrum,
// what remains without it is judged.
double strongest_signal(const OnGrid& grid, const Vector& bands, const Vector& deviation,
                        const TechniqueSettings& settings) {
    const Vector calm = median_of_five(grid.y);
    const double spike = (grid.y - calm).cwiseProduct(grid.known).cwiseAbs().maxCoeff();
    if (spike < ruling * bands.maxCoeff()) return strongest_band(bands.cwiseQuotient(deviation), settings);
    const Vector left = (calm - baseline_under(calm, grid.known, settings)).cwiseProduct(grid.known);
    return strongest_band(left.cwiseQuotient(deviation), settings);
}

void judge(Observed& observed, const core::Spectrum& spectrum, const OnGrid& grid, const Vector& baseline,
           const TechniqueSettings& settings) {
    Quality& quality = observed.quality;
    const Vector bands = (grid.y - baseline).cwiseProduct(grid.known);
    const double total = grid.y.cwiseAbs().sum(), broad = baseline.cwiseMax(0.0).sum();
    quality.saturated_fraction = spectrum.saturated_fraction;
    quality.fluorescence_fraction = total > 0.0 && !settings.absorbing ? std::clamp(broad / total, 0.0, 1.0) : 0.0;
    const Vector deviation = observed.observation.noise.cwiseSqrt() * observed.observation.scale;
    const double strongest = strongest_signal(grid, bands, deviation, settings);
    if (observed.noise_known) quality.snr = signal_to_noise(bands, grid.sigma);
    const auto refuse = [&](QualityMessage message) {
        quality.usable = false;
        quality.messages.push_back(message);
    };
    if (quality.saturated_fraction > (settings.absorbing ? most_black : most_saturated))
        refuse(QualityMessage::saturated);
    else if (quality.saturated_fraction > 0.0)
        quality.messages.push_back(QualityMessage::saturated);
    if (strongest < least_band) refuse(QualityMessage::too_weak);
    if (quality.fluorescence_fraction > fluorescent_fraction) {
        quality.messages.push_back(QualityMessage::fluorescent);
        if (bands.cwiseQuotient(deviation).maxCoeff() < fluorescent_snr) quality.usable = false;
    }
    if (!observed.noise_known) quality.messages.push_back(QualityMessage::processed_by_others);
    if (grid.points < short_overlap * static_cast<double>(grid.y.size()))
        quality.messages.push_back(QualityMessage::short_range);
}

// The measured spectrum on the analysis grid, with the noise that the air and the optics add.
core::Result<OnGrid> gridded(const core::Spectrum& measured, const Library& library) {
    const auto resampled = process::resample(measured, library.axis);
    if (!resampled) return tl::unexpected(resampled.error());
    OnGrid grid = on_grid(*resampled, library.settings);
    if (grid.points < least_overlap * static_cast<double>(grid.y.size()) ||
        grid.points < static_cast<double>(fewest_grid_points))
        return tl::unexpected(
            wrong(core::Fault::invalid_argument,
                  fmt::format("the spectrum covers {:.0f} of the {} points from {:.0f} to {:.0f} cm⁻¹ "
                              "that the library is compared on",
                              grid.points, library.axis.size(), library.axis.low(), library.axis.high()),
                  "measure a wider range or choose another library"));
    if (library.settings.absorbing)
        grid.sigma = (grid.sigma.cwiseAbs2() + added_deviation(measured, library.axis, library.settings).cwiseAbs2())
                         .cwiseSqrt()
                         .cwiseProduct(grid.known);
    return grid;
}

// Turns an attenuated total reflection into what a transmission would have shown, or the reverse, where the library
// is of the other kind. True when it did.
bool match_depth(OnGrid& grid, const Library& library) {
    if (!library.settings.depth_varies) return false;
    const int power = depth_power(library, grid.y, grid.known);
    if (power == 0) return false;
    const Vector factor = depth_factor(library.axis, power);
    grid.y = grid.y.cwiseProduct(factor);
    grid.sigma = grid.sigma.cwiseProduct(factor);
    return true;
}

}  // namespace

Vector baseline_under(const Vector& y, const Vector& known, const TechniqueSettings& settings) {
    std::vector<double> closed;
    for (Eigen::Index i = 0; i < y.size(); ++i)
        if (known[i] > 0.0) closed.push_back(y[i]);
    const std::vector<double> below = process::arpls(closed, settings.reference_lambda);
    Vector baseline = Vector::Zero(y.size());
    for (Eigen::Index i = 0, k = 0; i < y.size(); ++i)
        if (known[i] > 0.0) baseline[i] = below[static_cast<std::size_t>(k++)];
    return baseline;
}

double third_difference_noise(std::span<const double> values) {
    std::vector<double> differences;
    for (std::size_t i = 3; i < values.size(); ++i) {
        const double d = std::abs(values[i] - 3.0 * values[i - 1] + 3.0 * values[i - 2] - values[i - 3]);
        if (std::isfinite(d)) differences.push_back(d);
    }
    if (differences.size() < 8) return 0.0;
    const auto middle = differences.begin() + static_cast<std::ptrdiff_t>(differences.size() / 2);
    std::nth_element(differences.begin(), middle, differences.end());
    return *middle / (0.6745 * std::sqrt(20.0));  // 1 + 9 + 9 + 1 = 20; median of |N(0,1)| is 0.6745
}

core::Result<Observed> observe(const core::Spectrum& spectrum, const Library& library) {
    if (auto fine = checked(spectrum, library); !fine) return tl::unexpected(fine.error());
    auto measured = as_analysed(spectrum, library.settings);
    if (!measured) return tl::unexpected(measured.error());
    const double unit = take_unit(*measured);
    measured->sigma = sigma_of(*measured);
    auto gridded_spectrum = gridded(*measured, library);
    if (!gridded_spectrum) return tl::unexpected(gridded_spectrum.error());
    OnGrid& grid = *gridded_spectrum;
    const bool turned = match_depth(grid, library);
    const Vector baseline = baseline_under(grid.y, grid.known, library.settings);
    const Vector bands = (grid.y - baseline).cwiseProduct(grid.known);
    const double scale = bands.norm();
    // Rounding in the baseline leaves about 1e-12 of a constant.
    if (!(scale > 1e-9 * grid.y.norm()) || !std::isfinite(scale))
        return tl::unexpected(wrong(core::Fault::too_weak, "the spectrum is constant", "measure again"));

    Observed observed;
    observed.noise_known = spectrum.noise != core::NoiseBasis::none;
    Observation& o = observed.observation;
    o.scale = scale;
    o.y = grid.y / scale;
    observed.bands = bands / scale;
    o.known = grid.known;
    o.points = grid.points;
    o.backgrounds = library.backgrounds;
    const double least = noise_floor * bands.maxCoeff();
    o.noise = (grid.sigma.cwiseMax(least) / scale).cwiseAbs2();
    judge(observed, *measured, grid, baseline, library.settings);
    o.scale *= unit;
    if (turned) observed.quality.messages.push_back(QualityMessage::depth_matched);
    if (library.learned.assumed) observed.quality.messages.push_back(QualityMessage::not_learned);
    return observed;
}

}  // namespace singel::spectra::identify
