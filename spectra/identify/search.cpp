#include "spectra/identify/search.hpp"

#include <cmath>

#include "spectra/identify/library.hpp"
#include "spectra/identify/observe.hpp"

namespace singel::spectra::identify {

double hqi(std::span<const double> a, std::span<const double> b, std::span<const double> known) {
    double n = 0.0, mean_a = 0.0, mean_b = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        n += known[i];
        mean_a += known[i] * a[i];
        mean_b += known[i] * b[i];
    }
    if (n < 3.0) return 0.0;
    mean_a /= n;
    mean_b /= n;
    double ab = 0.0, aa = 0.0, bb = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double da = known[i] * (a[i] - mean_a), db = known[i] * (b[i] - mean_b);
        ab += da * db;
        aa += da * da;
        bb += db * db;
    }
    return aa > 0.0 && bb > 0.0 ? ab / std::sqrt(aa * bb) : 0.0;
}

core::Result<std::vector<Hit>> rank(const core::Spectrum& spectrum, const Library& library, std::size_t wanted,
                                    const core::ParallelFor& parallel) {
    const auto observed = observe(spectrum, library);
    if (!observed) return tl::unexpected(observed.error());
    const auto points = static_cast<std::size_t>(library.points());
    const Correlation correlation({observed->bands.data(), points}, {observed->observation.known.data(), points},
                                  Correlation::Kind::pearson);
    const auto bounds = library_bounds(library, correlation, parallel);
    const auto best = greatest(
        bounds, wanted, [&](std::size_t i) { return hqi_of(*observed, library, i); }, parallel);
    std::vector<Hit> hits;
    for (const Scored& one : best) hits.push_back({one.index, one.score});
    return hits;
}

std::vector<Bounds> library_bounds(const Library& library, const Correlation& correlation,
                                   const core::ParallelFor& parallel) {
    return all_bounds(
        library.size(),
        [&](std::size_t first, std::span<Bounds> bounds) {
            for (std::size_t k = 0; k < bounds.size(); ++k) {
                const std::size_t i = first + k;
                const Coverage coverage{library.first[i], library.last[i]};
                bounds[k] = library.usable[i] ? correlation.bounds(library.coded, i, coverage) : excluded();
            }
        },
        parallel);
}

double hqi_of(const Observed& observed, const Library& library, std::size_t reference) {
    const auto size = static_cast<std::size_t>(library.points());
    const Vector row = library.rows.row(static_cast<Eigen::Index>(reference)).cast<double>().transpose();
    Vector known = observed.observation.known;
    known.head(library.first[reference]).setZero();
    known.tail(library.points() - library.last[reference]).setZero();
    return hqi({observed.bands.data(), size}, {row.data(), size}, {known.data(), size});
}

}  // namespace singel::spectra::identify
