#include "firmware-bridge/virtual/optics/sensor.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "firmware-bridge/virtual/optics/random.hpp"

namespace singel::firmware_bridge::virtual_instrument::optics {

namespace {

constexpr std::size_t bend_steps = 1024;
constexpr double bend_range = 1.25;  // of full scale: what is brighter saturates anyway

double nonlinearity(std::span<const double> coefficients, double measured) {
    double sum = 0;
    for (std::size_t i = coefficients.size(); i-- > 0;) sum = sum * measured + coefficients[i];
    return sum;
}

// measured = true × n(measured), solved by iteration: n changes by a few per cent over the whole range.
double measured_for(std::span<const double> coefficients, double counts) {
    double measured = counts;
    for (int i = 0; i < 20; ++i) measured = counts * nonlinearity(coefficients, measured);
    return measured;
}

// Energy that a muon leaves in silicon, spread over one to three pixels.
void add_cosmic_rays(std::vector<double>& counts, double expected, Random& random) {
    constexpr double least = 300, most = 20000;  // counts
    const std::uint64_t hits = random.poisson(expected);
    for (std::uint64_t hit = 0; hit < hits; ++hit) {
        const auto pixel = static_cast<std::size_t>(random.uniform() * static_cast<double>(counts.size()));
        const double height = least * std::pow(most / least, random.uniform());
        const double left = random.uniform() * 0.3, right = random.uniform() * 0.3;
        counts[pixel] += height;
        if (pixel > 0) counts[pixel - 1] += height * left;
        if (pixel + 1 < counts.size()) counts[pixel + 1] += height * right;
    }
}

}  // namespace

Sensor::Sensor(Detector detector, Light light, std::uint64_t unit_seed, std::uint64_t noise_seed)
    : detector_(std::move(detector)), light_(std::move(light)), noise_seed_(noise_seed) {
    Random unit(unit_seed);
    offset_.resize(detector_.pixels);
    dark_.resize(detector_.pixels);
    light_.always.resize(detector_.pixels);
    light_.by_laser.resize(detector_.pixels);
    for (std::size_t i = 0; i < detector_.pixels; ++i) {
        offset_[i] = detector_.offset_counts + detector_.offset_pattern_counts * unit.normal();
        dark_[i] = detector_.dark_counts_per_s * std::max(0.2, 1 + 0.1 * unit.normal());
        const bool masked = i - detector_.masked_first < detector_.masked_count ||  // wraps below masked_first
                            std::ranges::find(detector_.blind, i) != detector_.blind.end();
        const bool weak = std::ranges::find(detector_.weak, i) != detector_.weak.end();
        const double pattern = std::max(0.0, 1 + detector_.response_pattern * unit.normal());
        const double sensitivity = masked ? 0 : weak ? pattern / 10 : pattern;
        light_.always[i] *= sensitivity;
        light_.by_laser[i] *= sensitivity;
    }
    for (std::size_t i = 0; i < detector_.hot_pixels; ++i) {
        const auto pixel = static_cast<std::size_t>(unit.uniform() * static_cast<double>(detector_.pixels));
        hot_.push_back(pixel);
        dark_[pixel] = detector_.dark_counts_per_s * (10 + 90 * unit.uniform());
    }
    for (std::size_t i = 0; i <= bend_steps && !detector_.nonlinearity.empty(); ++i) {
        const double counts = detector_.full_scale * bend_range * static_cast<double>(i) / bend_steps;
        bend_.push_back(measured_for(detector_.nonlinearity, counts));
    }
}

double Sensor::bent(double counts) const {
    if (bend_.empty() || counts <= 0) return counts;
    const double place = std::min(counts / (detector_.full_scale * bend_range) * bend_steps, bend_steps - 1e-9);
    const auto i = static_cast<std::size_t>(place);
    return bend_[i] + (bend_[i + 1] - bend_[i]) * (place - static_cast<double>(i));
}

std::vector<std::uint16_t> Sensor::expose(const Exposure& exposure, std::uint64_t number) const {
    const std::vector<std::uint32_t> wide = expose_wide(exposure, number);
    std::vector<std::uint16_t> counts(wide.size());
    std::transform(wide.begin(), wide.end(), counts.begin(),
                   [](std::uint32_t count) { return static_cast<std::uint16_t>(count); });
    return counts;
}

std::vector<std::uint32_t> Sensor::expose_wide(const Exposure& exposure, std::uint64_t number) const {
    constexpr double few_electrons = 30;  // below, the noise is drawn as whole electrons
    Random random(mix(noise_seed_, number));
    const double electron = detector_.counts_per_electron * exposure.gain;
    std::vector<double> signal(detector_.pixels);
    for (std::size_t i = 0; i < signal.size(); ++i) {
        const double mean = exposure.gain * ((light_.always[i] + dark_[i] * exposure.dark) * exposure.seconds +
                                             light_.by_laser[i] * exposure.laser_seconds);
        const double electrons = mean / electron;
        signal[i] = electrons >= few_electrons ? mean + std::sqrt(electrons) * electron * random.normal()
                                               : static_cast<double>(random.poisson(electrons)) * electron;
    }
    add_cosmic_rays(signal, detector_.cosmic_rays_per_s * exposure.seconds, random);
    std::vector<std::uint32_t> counts(detector_.pixels);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double value = offset_[i] + bent(signal[i]) + detector_.read_noise_counts * random.normal();
        counts[i] = static_cast<std::uint32_t>(std::clamp(std::round(value), 0.0, detector_.full_scale));
    }
    return counts;
}

}  // namespace singel::firmware_bridge::virtual_instrument::optics
