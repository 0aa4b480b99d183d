#include "spectra/identify/absorbing.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "spectra/identify/observe.hpp"
#include "spectra/process/absorbance.hpp"
#include "spectra/process/resample.hpp"

namespace singel::spectra::identify {
namespace {

// The strongest lines of the bend may exceed those above 3750 cm⁻¹, and do those above 1830. Chosen, not measured.
constexpr double vapour_over_window = 1.5;
constexpr double clearly_more_alike = 0.02;  // of correlation

bool reaches(const core::Spectrum& measured, const Region& region) {
    return measured.axis.low() <= region.low_cm1 && measured.axis.high() >= region.high_cm1;
}

double root_mean_square(const std::vector<double>& values) {
    double squares = 0.0, count = 0.0;
    for (const double value : values)
        if (std::isfinite(value)) squares += value * value, count += 1.0;
    return count > 0.0 ? std::sqrt(squares / count) : 0.0;
}

// What a region shows beyond white noise at the step of the grid, where lines of vapour look like noise too, as a
// standard deviation. 0 where the spectrum does not reach over it.
double excess_in(const core::Spectrum& measured, const Region& region, double step) {
    if (!reaches(measured, region)) return 0.0;
    const auto size = static_cast<std::size_t>((region.high_cm1 - region.low_cm1) / step) + 1;
    const auto part =
        process::resample(measured, core::Axis::uniform(measured.axis.kind(), region.low_cm1, step, size));
    if (!part) return 0.0;
    const double noise = third_difference_noise(part->values), white = root_mean_square(part->sigma);
    // A median of a few dozen differences is good to a tenth or two; less than that is no finding.
    return noise > 1.3 * white ? std::sqrt(noise * noise - white * white) : 0.0;
}

double vapour_in(const core::Spectrum& measured, const TechniqueSettings& settings) {
    for (const Region& region : settings.vapour_alone)
        if (reaches(measured, region)) return vapour_over_window * excess_in(measured, region, settings.step_cm1);
    return 0.0;
}

// The greatest correlation with any reference; rows are of unit norm.
double most_alike(const Library& library, const Vector& bands) {
    const double norm = bands.norm();
    if (!(norm > 0.0)) return 0.0;
    const Eigen::RowVectorXf direction = (bands / norm).cast<float>().transpose();
    float best = 0.0f;
    for (Eigen::Index i = 0; i < library.rows.rows(); ++i)
        if (library.usable[static_cast<std::size_t>(i)] != 0)
            best = std::max(best, library.rows.row(i).dot(direction));
    return static_cast<double>(best);
}

}  // namespace

core::Result<core::Spectrum> as_analysed(const core::Spectrum& spectrum, const TechniqueSettings& settings) {
    auto axis = analysed_axis(spectrum.axis, settings);
    if (!axis) return tl::unexpected(axis.error());
    core::Spectrum measured = spectrum;
    measured.axis = *std::move(axis);
    if (!settings.absorbing) return measured;
    auto absorbing = process::absorbance(measured);
    if (absorbing && process::bands_point_down(absorbing->values))
        return core::failure(core::Fault::wrong_format,
                             "the bands of the spectrum point downwards: it is a transmittance that does not say so, "
                             "or sample and background are exchanged",
                             {}, "save it as absorbance, or measure the background again");
    return absorbing;
}

Vector added_deviation(const core::Spectrum& measured, const core::Axis& grid, const TechniqueSettings& settings) {
    Vector added = Vector::Zero(static_cast<Eigen::Index>(grid.size()));
    const auto over = [&](const Region& region, double deviation) {
        for (std::size_t i = 0; i < grid.size(); ++i) {
            double& place = added[static_cast<Eigen::Index>(i)];
            if (region.holds(grid[i])) place = std::max(place, deviation);
        }
    };
    const double vapour = vapour_in(measured, settings);
    for (const Region& region : settings.vapour) over(region, vapour);
    for (const Region& region : settings.dim) over(region, excess_in(measured, region, settings.step_cm1));
    return added;
}

int depth_power(const Library& library, const Vector& y, const Vector& known) {
    constexpr std::array powers{0, 1, -1};
    int best = 0;
    double bar = 0.0;
    for (const int power : powers) {
        const Vector turned = y.cwiseProduct(depth_factor(library.axis, power));
        const Vector bands = (turned - baseline_under(turned, known, library.settings)).cwiseProduct(known);
        const double alike = most_alike(library, bands);
        if (power != 0 && !(alike > bar + clearly_more_alike)) continue;
        best = power;
        bar = alike;
    }
    return best;
}

Vector depth_factor(const core::Axis& grid, int power) {
    Vector factor(static_cast<Eigen::Index>(grid.size()));
    const double middle = 0.5 * (grid.low() + grid.high());
    for (std::size_t i = 0; i < grid.size(); ++i)
        factor[static_cast<Eigen::Index>(i)] = std::pow(grid[i] / middle, power);
    return factor;
}

}  // namespace singel::spectra::identify
