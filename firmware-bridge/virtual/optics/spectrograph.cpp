#include "firmware-bridge/virtual/optics/spectrograph.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace singel::firmware_bridge::virtual_instrument::optics {

namespace {

constexpr double sigma_per_width = 0.42466090014400953;  // 1 / (2 √(2 ln 2))
constexpr double reach_sigmas = 5;                       // a Gaussian is 4e-6 of its top there

// Broad fluorescence of a street sample under near-infrared excitation: one hump over the fingerprint range.
constexpr double fluorescence_top_cm1 = 1200, fluorescence_sigma_cm1 = 1100;

double clean(double value) {
    return std::isfinite(value) && value > 0 ? value : 0;
}

double interpolated(const std::vector<double>& x, const std::vector<double>& y, double at) {
    const auto above = std::upper_bound(x.begin(), x.end(), at);
    if (above == x.begin()) return clean(y.front());
    if (above == x.end()) return clean(y.back());
    const auto i = static_cast<std::size_t>(above - x.begin());
    const double part = (at - x[i - 1]) / (x[i] - x[i - 1]);
    return clean(y[i - 1]) * (1 - part) + clean(y[i]) * part;
}

// The same curve with steps of at most step.
void refine(std::vector<double>& x, std::vector<double>& y, double step) {
    std::vector<double> finer_x, finer_y;
    for (std::size_t i = 0; i + 1 < x.size(); ++i) {
        const int parts = std::max(1, static_cast<int>(std::ceil((x[i + 1] - x[i]) / step)));
        for (int part = 0; part < parts; ++part) {
            const double share = static_cast<double>(part) / parts;
            finer_x.push_back(x[i] + (x[i + 1] - x[i]) * share);
            finer_y.push_back(clean(y[i]) * (1 - share) + clean(y[i + 1]) * share);
        }
    }
    finer_x.push_back(x.back());
    finer_y.push_back(clean(y.back()));
    x = std::move(finer_x);
    y = std::move(finer_y);
}

void scale_to(std::vector<double>& light, const std::vector<double>& response, double strongest) {
    for (std::size_t i = 0; i < light.size() && !response.empty(); ++i) light[i] *= response[i];
    const double top = light.empty() ? 0 : *std::max_element(light.begin(), light.end());
    if (top <= 0) return;
    for (double& value : light) value *= strongest / top;
}

double fluorescence(double shift) {
    const double z = (shift - fluorescence_top_cm1) / fluorescence_sigma_cm1;
    return std::exp(-0.5 * z * z);
}

std::vector<double> raman_light(const Scene& scene, const Spectrograph& spectrograph) {
    std::vector<double> light(spectrograph.wavelength_nm.size(), 0.0);
    const bool usable = scene.raman.size() >= 2 && scene.raman.size() == scene.raman_shift_cm1.size();
    if (spectrograph.excitation_nm <= 0 || (!usable && scene.fluorescence <= 0)) return light;
    double strongest = 0;
    for (const double value : scene.raman) strongest = std::max(strongest, clean(value));
    if (strongest <= 0) strongest = 1;
    for (std::size_t i = 0; i < light.size(); ++i) {
        const double shift = 1e7 / spectrograph.excitation_nm - 1e7 / spectrograph.wavelength_nm[i];
        const double raman = usable ? interpolated(scene.raman_shift_cm1, scene.raman, shift) / strongest : 0;
        light[i] = raman + scene.fluorescence * fluorescence(shift);
    }
    return light;
}

}  // namespace

std::vector<double> broadened(const std::vector<double>& x, const std::vector<double>& curve,
                              const std::vector<double>& at, double width) {
    std::vector<double> out(at.size(), 0.0);
    if (x.size() < 2 || x.size() != curve.size()) return out;
    const double sigma = width * sigma_per_width;
    std::vector<double> fine_x = x, fine_y = curve;
    refine(fine_x, fine_y, sigma / 4);
    for (std::size_t pixel = 0; pixel < at.size(); ++pixel) {
        const auto first = std::lower_bound(fine_x.begin(), fine_x.end(), at[pixel] - reach_sigmas * sigma);
        auto i = static_cast<std::size_t>(first - fine_x.begin());
        double sum = 0, before = 0, before_x = 0;
        for (bool started = false; i < fine_x.size() && fine_x[i] <= at[pixel] + reach_sigmas * sigma; ++i) {
            const double z = (fine_x[i] - at[pixel]) / sigma;
            const double value = fine_y[i] * std::exp(-0.5 * z * z);
            if (started) sum += (value + before) / 2 * (fine_x[i] - before_x);
            before = value;
            before_x = fine_x[i];
            started = true;
        }
        out[pixel] = sum / (sigma * std::sqrt(2 * std::numbers::pi));
    }
    return out;
}

Light project(const Scene& scene, const Spectrograph& spectrograph, double full_scale) {
    Light light;
    light.by_laser = raman_light(scene, spectrograph);
    light.always =
        broadened(scene.wavelength_nm, scene.light, spectrograph.wavelength_nm, spectrograph.line_width_nm);
    scale_to(light.by_laser, spectrograph.response, scene.brightness * full_scale);
    scale_to(light.always, spectrograph.response, scene.brightness * full_scale);
    return light;
}

}  // namespace singel::firmware_bridge::virtual_instrument::optics
