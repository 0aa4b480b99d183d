#include "spectra/process/average.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "spectra/process/robust.hpp"

namespace singel::spectra::process {
namespace {

constexpr double prior_frames = 20.0;        // weight of the fitted noise, in degrees of freedom
constexpr double quantisation = 1.0 / 12.0;  // variance of rounding to whole counts
constexpr std::size_t pixels_a_bin = 64;

// variance = floor + slope * signal, both not negative.
struct NoiseLaw {
    double floor = quantisation, slope = 0.0;
    double at(double signal) const { return floor + slope * std::max(signal, 0.0); }
};

struct Bin {
    double signal = 0.0, variance = 0.0;
};

// Weighted by 1 / variance²: the relative error of a bin's variance is the same for all.
NoiseLaw fit(std::span<const Bin> bins) {
    double w = 0.0, s = 0.0, v = 0.0, ss = 0.0, sv = 0.0;
    for (const Bin& bin : bins) {
        const double weight = 1.0 / (bin.variance * bin.variance);
        w += weight;
        s += weight * bin.signal;
        v += weight * bin.variance;
        ss += weight * bin.signal * bin.signal;
        sv += weight * bin.signal * bin.variance;
    }
    const double determinant = w * ss - s * s;
    NoiseLaw law{v / w, 0.0};
    if (determinant <= 1e-12 * w * ss) return law;
    law = {(ss * v - s * sv) / determinant, (w * sv - s * v) / determinant};
    if (law.slope < 0.0) law = {v / w, 0.0};
    if (law.floor < 0.0) law = {0.0, sv / ss};
    law.floor = std::max(law.floor, quantisation);
    return law;
}

std::vector<std::size_t> by_signal(std::span<const double> signal) {
    std::vector<std::size_t> order(signal.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return signal[i]; });
    return order;
}

// Bins of about equal signal; each one's variance is what centre() makes of its pixels' own.
template <class Centre>
NoiseLaw law_of(std::span<const double> signal, std::span<const double> own, Centre centre) {
    const std::vector<std::size_t> order = by_signal(signal);
    std::vector<Bin> bins;
    for (std::size_t first = 0; first < order.size(); first += pixels_a_bin) {
        const std::size_t last = std::min(order.size(), first + pixels_a_bin);
        std::vector<double> variances;
        double sum = 0.0;
        for (std::size_t k = first; k < last; ++k) {
            variances.push_back(own[order[k]]);
            sum += signal[order[k]];
        }
        bins.push_back({sum / static_cast<double>(last - first), std::max(centre(variances), quantisation)});
    }
    return fit(bins);
}

double mean_of(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// Squared noise of each point of a smooth curve, with one degree of freedom.
std::vector<double> bends(std::span<const double> values) {
    std::vector<double> squares(values.size(), quantisation);
    for (std::size_t i = 1; i + 1 < values.size(); ++i) {
        const double bend = values[i - 1] - 2.0 * values[i] + values[i + 1];
        squares[i] = bend * bend / 6.0;
    }
    return squares;
}

// The median of a chi-square of one degree of freedom is 0.4549 of its mean; bands do not move it.
double median_variance(std::span<const double> squares) {
    return median(squares) / 0.454936423119573;
}

}  // namespace

Mean average(std::span<const std::vector<double>> frames) {
    Mean mean;
    mean.frames = frames.size();
    if (frames.empty()) return mean;
    const std::size_t pixels = frames.front().size();
    const double count = static_cast<double>(frames.size());
    mean.values.assign(pixels, 0.0);
    for (const auto& frame : frames)
        for (std::size_t i = 0; i < pixels; ++i) mean.values[i] += frame[i] / count;

    const double ground = pixels == 0 ? 0.0 : *std::ranges::min_element(mean.values);
    std::vector<double> signal(pixels), own(pixels, 0.0);
    for (std::size_t i = 0; i < pixels; ++i) signal[i] = mean.values[i] - ground;
    mean.variance.resize(pixels);
    if (frames.size() == 1) {
        const NoiseLaw law = law_of(signal, bends(mean.values), median_variance);
        std::ranges::transform(signal, mean.variance.begin(), [&](double s) { return law.at(s); });
        return mean;
    }
    for (const auto& frame : frames)
        for (std::size_t i = 0; i < pixels; ++i)
            own[i] += (frame[i] - mean.values[i]) * (frame[i] - mean.values[i]) / (count - 1.0);
    const NoiseLaw law = law_of(signal, own, mean_of);
    for (std::size_t i = 0; i < pixels; ++i) {
        const double drawn =
            ((count - 1.0) * own[i] + prior_frames * law.at(signal[i])) / (count - 1.0 + prior_frames);
        mean.variance[i] = std::max(drawn, quantisation) / count;
    }
    return mean;
}

}  // namespace singel::spectra::process
