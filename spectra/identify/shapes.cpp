#include "spectra/identify/shapes.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace singel::spectra::identify {
namespace {

// The four uniform cubic B-spline pieces at u in [0, 1].
std::array<double, 4> cubic_pieces(double u) {
    const double v = 1.0 - u;
    return {v * v * v / 6.0, (3.0 * u * u * u - 6.0 * u * u + 4.0) / 6.0,
            (-3.0 * u * u * u + 3.0 * u * u + 3.0 * u + 1.0) / 6.0, u * u * u / 6.0};
}

Eigen::Index mirrored(Eigen::Index i, Eigen::Index size) {
    const Eigen::Index period = 2 * size;
    i = ((i % period) + period) % period;
    return i < size ? i : period - 1 - i;
}

}  // namespace

Shapes b_splines(Eigen::Index size, int segments) {
    Shapes shapes = Shapes::Zero(segments + 3, size);
    for (Eigen::Index i = 0; i < size; ++i) {
        const double place = static_cast<double>(i) * segments / static_cast<double>(size - 1);
        const int segment = std::min(static_cast<int>(place), segments - 1);
        const auto pieces = cubic_pieces(place - segment);
        for (int k = 0; k < 4; ++k) shapes(segment + k, i) = pieces[static_cast<std::size_t>(k)];
    }
    return shapes;
}

Shapes hats(Eigen::Index size, int count) {
    Shapes shapes(count, size);
    for (Eigen::Index i = 0; i < size; ++i) {
        const double place = static_cast<double>(i) * (count - 1) / static_cast<double>(size - 1);
        for (int k = 0; k < count; ++k) shapes(k, i) = std::max(0.0, 1.0 - std::abs(place - k));
    }
    return shapes;
}

Vector smooth(const Vector& values, double sigma) {
    const auto reach = static_cast<Eigen::Index>(4.0 * sigma + 0.5);
    Vector kernel(2 * reach + 1);
    for (Eigen::Index k = -reach; k <= reach; ++k)
        kernel[k + reach] = std::exp(-0.5 * static_cast<double>(k * k) / (sigma * sigma));
    kernel /= kernel.sum();
    const Eigen::Index size = values.size();
    Vector padded(size + 2 * reach);
    for (Eigen::Index i = 0; i < padded.size(); ++i) padded[i] = values[mirrored(i - reach, size)];
    Vector result = Vector::Zero(size);
    for (Eigen::Index k = 0; k <= 2 * reach; ++k) result += kernel[k] * padded.segment(k, size);
    return result;
}

Vector derivative(const Vector& values, double spacing) {
    const Eigen::Index size = values.size();
    Vector result(size);
    result.segment(1, size - 2) = (values.tail(size - 2) - values.head(size - 2)) / (2.0 * spacing);
    result[0] = (values[1] - values[0]) / spacing;
    result[size - 1] = (values[size - 1] - values[size - 2]) / spacing;
    return result;
}

}  // namespace singel::spectra::identify
