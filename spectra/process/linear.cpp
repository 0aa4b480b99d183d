#include "spectra/process/linear.hpp"

#include <cmath>
#include <cstddef>
#include <utility>

namespace singel::spectra::process {

std::optional<std::vector<double>> solved(std::vector<double> a, std::vector<double> b) {
    const std::size_t n = b.size();
    for (std::size_t i = 0; i < n; ++i) {
        std::size_t pivot = i;
        for (std::size_t r = i + 1; r < n; ++r)
            if (std::abs(a[r * n + i]) > std::abs(a[pivot * n + i])) pivot = r;
        if (!(std::abs(a[pivot * n + i]) > 0.0)) return std::nullopt;
        for (std::size_t c = 0; c < n; ++c) std::swap(a[i * n + c], a[pivot * n + c]);
        std::swap(b[i], b[pivot]);
        for (std::size_t r = i + 1; r < n; ++r) {
            const double factor = a[r * n + i] / a[i * n + i];
            for (std::size_t c = i; c < n; ++c) a[r * n + c] -= factor * a[i * n + c];
            b[r] -= factor * b[i];
        }
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t c = i + 1; c < n; ++c) b[i] -= a[i * n + c] * b[c];
        b[i] /= a[i * n + i];
    }
    return b;
}

std::optional<std::vector<double>> inverse(const std::vector<double>& a, std::size_t n) {
    std::vector<double> result(n * n);
    for (std::size_t c = 0; c < n; ++c) {
        std::vector<double> unit(n, 0.0);
        unit[c] = 1.0;
        const auto column = solved(a, std::move(unit));
        if (!column) return std::nullopt;
        for (std::size_t r = 0; r < n; ++r) result[r * n + c] = (*column)[r];
    }
    return result;
}

}  // namespace singel::spectra::process
