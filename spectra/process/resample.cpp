#include "spectra/process/resample.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <span>
#include <vector>

namespace singel::spectra::process {
namespace {

// Cells wider than this many source steps are averaged instead of read at their centre.
constexpr double coarse = 1.5;

// What each of the four points around a segment contributes to a value on it.
struct Stencil {
    std::array<double, 4> weight{};  // of points i - 1, i, i + 1, i + 2
};

// The four Hermite basis functions at u in [0, 1]: start, end, slope at start, slope at end.
std::array<double, 4> hermite(double u) {
    const double u2 = u * u, u3 = u2 * u;
    return {1.0 - 3.0 * u2 + 2.0 * u3, 3.0 * u2 - 2.0 * u3, u - 2.0 * u2 + u3, u3 - u2};
}

// Their integrals from 0 to u.
std::array<double, 4> hermite_integral(double u) {
    const double u2 = u * u, u3 = u2 * u, u4 = u3 * u;
    return {u - u3 + 0.5 * u4, u3 - 0.5 * u4, 0.5 * u2 - 2.0 * u3 / 3.0 + 0.25 * u4, 0.25 * u4 - u3 / 3.0};
}

// A measured curve with rising abscissa. NaN points cut it into pieces that know nothing of each other.
class Curve {
public:
    Curve(std::vector<double> x, std::vector<double> y, std::vector<double> sigma)
        : x_(std::move(x)), y_(std::move(y)), sigma_(std::move(sigma)) {}

    struct Point {
        double value = std::numeric_limits<double>::quiet_NaN();
        double sigma = std::numeric_limits<double>::quiet_NaN();
    };

    // The curve at x, or averaged over [low, high] where that cell is coarse.
    Point read(double x, double low, double high) const {
        if (!(x >= x_.front() && x <= x_.back())) return {};
        const std::size_t i = segment(x);
        const double step = x_[i + 1] - x_[i];
        if (high - low <= coarse * step) return combine(i, i, [&](std::size_t) { return at(i, (x - x_[i]) / step); });
        const double from = std::max(low, x_.front()), to = std::min(high, x_.back());
        return combine(segment(from), segment(to), [&](std::size_t s) { return over(s, from, to); });
    }

private:
    std::size_t segment(double x) const {
        const auto next = std::upper_bound(x_.begin() + 1, x_.end() - 1, x);
        return static_cast<std::size_t>(next - x_.begin()) - 1;
    }

    bool known(std::size_t i) const { return i < y_.size() && !std::isnan(y_[i]); }

    // Hermite weights turned into point weights: slopes are the central differences of the neighbours
    // (Catmull-Rom), one-sided at the ends of a piece.
    Stencil points(std::size_t i, const std::array<double, 4>& h) const {
        const double step = x_[i + 1] - x_[i];
        Stencil stencil{{0.0, h[0], h[1], 0.0}};
        const bool before = i > 0 && known(i - 1), after = known(i + 2);
        const double left = step / (x_[i + 1] - (before ? x_[i - 1] : x_[i]));
        const double right = step / ((after ? x_[i + 2] : x_[i + 1]) - x_[i]);
        stencil.weight[2] += h[2] * left;
        stencil.weight[before ? 0 : 1] -= h[2] * left;
        stencil.weight[after ? 3 : 2] += h[3] * right;
        stencil.weight[1] -= h[3] * right;
        return stencil;
    }

    Stencil at(std::size_t i, double u) const { return points(i, hermite(u)); }

    // The part of the mean over [from, to] that lies on segment i.
    Stencil over(std::size_t i, double from, double to) const {
        const double step = x_[i + 1] - x_[i];
        const auto a = hermite_integral(std::clamp((from - x_[i]) / step, 0.0, 1.0));
        const auto b = hermite_integral(std::clamp((to - x_[i]) / step, 0.0, 1.0));
        std::array<double, 4> h{};
        for (std::size_t k = 0; k < 4; ++k) h[k] = (b[k] - a[k]) * step / (to - from);
        return points(i, h);
    }

    // Sums the stencils of segments first … last; variances add over points, not over segments.
    template <class StencilOf>
    Point combine(std::size_t first, std::size_t last, StencilOf stencil_of) const {
        std::vector<double> weights(last - first + 4, 0.0);  // of points first - 1, first, …
        for (std::size_t s = first; s <= last; ++s) {
            const Stencil stencil = stencil_of(s);
            for (std::size_t k = 0; k < 4; ++k) weights[s - first + k] += stencil.weight[k];
        }
        Point sum{0.0, 0.0};
        for (std::size_t k = 0; k < weights.size(); ++k) {
            if (weights[k] == 0.0) continue;
            const std::size_t i = first + k - 1;
            sum.value += weights[k] * y_[i];
            if (!sigma_.empty()) sum.sigma += weights[k] * weights[k] * sigma_[i] * sigma_[i];
        }
        sum.sigma = std::sqrt(sum.sigma);
        if (std::isnan(sum.value)) sum.sigma = std::numeric_limits<double>::quiet_NaN();
        return sum;
    }

    std::vector<double> x_, y_, sigma_;
};

std::vector<double> rising(std::span<const double> values, bool already) {
    std::vector<double> copy(values.begin(), values.end());
    if (!already) std::ranges::reverse(copy);
    return copy;
}

}  // namespace

core::Result<core::Spectrum> resample(const core::Spectrum& spectrum, const core::Axis& target) {
    const core::Axis& axis = spectrum.axis;
    if (axis.empty() || axis.size() != spectrum.size() || target.empty() ||
        (!spectrum.sigma.empty() && spectrum.sigma.size() != spectrum.size()))
        return core::failure(core::Fault::invalid_argument,
                             fmt::format("resample: {} values on an axis of {} points cannot be put on {} points",
                                         spectrum.size(), axis.size(), target.size()));
    if (axis.kind() != target.kind())
        return core::failure(core::Fault::invalid_argument,
                             fmt::format("resample: an axis in {} cannot be read in {}", core::name(axis.kind()),
                                         core::name(target.kind())));

    const Curve curve(rising(axis.values(), axis.rising()), rising(spectrum.values, axis.rising()),
                      rising(spectrum.sigma, axis.rising()));
    core::Spectrum result = spectrum;
    result.axis = target;
    result.values.resize(target.size());
    result.sigma.resize(spectrum.sigma.empty() ? 0 : target.size());
    for (std::size_t i = 0; i < target.size(); ++i) {
        const double before = target[i == 0 ? 1 : i - 1], after = target[i + 1 == target.size() ? i - 1 : i + 1];
        const double low = target[i] - 0.5 * std::abs(target[i] - (target.rising() ? before : after));
        const double high = target[i] + 0.5 * std::abs(target[i] - (target.rising() ? after : before));
        const Curve::Point point = curve.read(target[i], low, high);
        result.values[i] = point.value;
        if (!result.sigma.empty()) result.sigma[i] = point.sigma;
    }
    result.provenance = spectrum.provenance.with(
        "resample", fmt::format("points={} low={} high={}", target.size(), target.low(), target.high()));
    return result;
}

}  // namespace singel::spectra::process
