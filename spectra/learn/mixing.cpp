#include "spectra/learn/mixing.hpp"

#include <algorithm>
#include <cmath>

#include "spectra/process/baseline.hpp"
#include "spectra/process/resample.hpp"

namespace singel::spectra::learn {

Mixer::Mixer(const std::vector<Item>& items) {
    double low = 300.0, high = 2300.0;
    for (const Item& item : items) {
        low = std::max(low, std::ceil(item.spectrum.axis.low()) + 1.0);
        high = std::min(high, std::floor(item.spectrum.axis.high()) - 1.0);
    }
    axis_ = core::Axis::uniform(core::AxisKind::raman_shift_cm1, low, 1.0, static_cast<std::size_t>(high - low) + 1);
    for (const Item& item : items) {
        std::vector<double> curve = core::value_or_throw(process::resample(item.spectrum, axis_)).values;
        const std::vector<double> baseline = process::arpls(curve, 1e5);
        double area = 0.0;
        for (std::size_t i = 0; i < curve.size(); ++i) {
            curve[i] -= baseline[i];
            area += std::max(curve[i], 0.0);
        }
        for (double& value : curve) value /= area;
        curves_.push_back(std::move(curve));
    }
}

core::Spectrum Mixer::finish(std::vector<double> values, double noise, std::mt19937_64& random) const {
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> centre(300.0, 1500.0);
    const double top = *std::ranges::max_element(values), middle = centre(random);
    core::Spectrum spectrum;
    spectrum.axis = axis_;
    spectrum.technique = core::Technique::raman;
    spectrum.noise = core::NoiseBasis::estimated;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double u = (axis_[i] - middle) / 1200.0;
        values[i] += noise * top * normal(random) + 0.3 * top * std::exp(-u * u);
    }
    spectrum.values = std::move(values);
    return spectrum;
}

core::Spectrum Mixer::mix(const std::vector<std::size_t>& queries, const std::vector<double>& shares, double noise,
                          std::mt19937_64& random) const {
    std::vector<double> values(axis_.size(), 0.0);
    for (std::size_t k = 0; k < queries.size(); ++k)
        for (std::size_t i = 0; i < values.size(); ++i) values[i] += shares[k] * curves_[queries[k]][i];
    return finish(std::move(values), noise, random);
}

core::Spectrum Mixer::blank(double noise, std::mt19937_64& random) const {
    std::vector<double> values(axis_.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double u = (axis_[i] - 300.0) / 800.0;
        values[i] = std::exp(-u * u);
    }
    return finish(std::move(values), noise, random);
}

void Mixer::add(core::Spectrum& spectrum, std::size_t query, double area) const {
    for (std::size_t i = 0; i < axis_.size(); ++i) spectrum.values[i] += area * curves_[query][i];
}

}  // namespace singel::spectra::learn
