#include "tests/accuracy/sums.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "spectra/process/baseline.hpp"
#include "spectra/process/resample.hpp"

namespace singel::tests::accuracy {
namespace {

constexpr double stiffness_at_1_cm1 = 1e5;

double gauss(double x, double centre, double sigma) {
    const double u = (x - centre) / sigma;
    return std::exp(-0.5 * u * u);
}

// Soda-lime glass at 785 nm: Si-O-Si bending, stretching, and the luminescence that dominates them.
struct GlassBand {
    double centre, sigma, height;
};
constexpr std::array glass{GlassBand{560.0, 55.0, 0.35}, GlassBand{790.0, 35.0, 0.15}, GlassBand{1095.0, 40.0, 0.4},
                           GlassBand{1370.0, 130.0, 1.0}, GlassBand{1850.0, 160.0, 0.25}};

core::Axis common_axis(const std::vector<Item>& items) {
    double low = 300.0, high = 2300.0;
    for (const Item& item : items) {
        low = std::max(low, item.spectrum.axis.low() + 1.0);
        high = std::min(high, item.spectrum.axis.high() - 1.0);
    }
    const core::Axis& own = items.front().spectrum.axis;
    const double step = (own.high() - own.low()) / static_cast<double>(own.size() - 1);
    return core::Axis::uniform(core::AxisKind::raman_shift_cm1, low, step,
                               static_cast<std::size_t>((high - low) / step) + 1);
}

}  // namespace

Sums::Sums(const std::vector<Item>& items) : axis_(common_axis(items)) {
    const double step = axis_[1] - axis_[0];
    for (const Item& item : items) {
        std::vector<double> curve = core::value_or_throw(spectra::process::resample(item.spectrum, axis_)).values;
        // The smoother's penalty is on second differences: its stiffness goes with the fourth power of the step.
        std::vector<double> bands = spectra::process::arpls(curve, stiffness_at_1_cm1 / std::pow(step, 4.0));
        double area = 0.0;
        for (std::size_t i = 0; i < curve.size(); ++i) {
            bands[i] = curve[i] - bands[i];
            area += std::max(bands[i], 0.0);
        }
        for (std::size_t i = 0; i < curve.size(); ++i) {
            curve[i] /= area;
            bands[i] /= area;
        }
        curves_.push_back(std::move(curve));
        bands_.push_back(std::move(bands));
    }
}

core::Spectrum Sums::finished(std::vector<double> values, double top, double noise, std::mt19937_64& random) const {
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> height(0.1, 0.5), centre(300.0, 1800.0), width(500.0, 900.0);
    const double h = height(random), c = centre(random), w = width(random);
    core::Spectrum spectrum;
    spectrum.axis = axis_;
    spectrum.technique = core::Technique::raman;
    spectrum.noise = core::NoiseBasis::estimated;
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] += top * (noise * normal(random) + h * gauss(axis_[i], c, w));
    spectrum.values = std::move(values);
    return spectrum;
}

core::Spectrum Sums::of(std::span<const Part> parts, double noise, std::mt19937_64& random) const {
    std::vector<double> values(axis_.size(), 0.0), bands = values;
    for (const Part& part : parts)
        for (std::size_t i = 0; i < values.size(); ++i) {
            values[i] += part.share * curves_[part.query][i];
            bands[i] += part.share * bands_[part.query][i];
        }
    return finished(std::move(values), *std::ranges::max_element(bands), noise, random);
}

core::Spectrum Sums::blank(double noise, std::mt19937_64& random) const {
    return finished(std::vector<double>(axis_.size(), 0.0), 1.0, noise, random);
}

core::Spectrum Sums::empty_glass(double noise, std::mt19937_64& random) const {
    std::normal_distribution<double> other_vial(0.0, 0.15);
    std::vector<double> values(axis_.size(), 0.0);
    for (const GlassBand& band : glass) {
        const double height = band.height * std::exp(other_vial(random));
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] += height * gauss(axis_[i], band.centre, band.sigma);
    }
    return finished(std::move(values), 1.0, noise, random);
}

}  // namespace singel::tests::accuracy
