#include "spectra/identify/groups.hpp"

#include <algorithm>
#include <cmath>

#include "spectra/identify/search.hpp"

namespace singel::spectra::identify {
namespace {

double correlation(const Library& library, std::size_t a, std::size_t b) {
    const Eigen::Index low = std::max(library.first[a], library.first[b]);
    const Eigen::Index size = std::min(library.last[a], library.last[b]) - low;
    if (size < static_cast<Eigen::Index>(fewest_grid_points)) return 0.0;
    const auto left = library.rows.row(static_cast<Eigen::Index>(a)).segment(low, size);
    const auto right = library.rows.row(static_cast<Eigen::Index>(b)).segment(low, size);
    const float norms = left.squaredNorm() * right.squaredNorm();
    return norms > 0.0f ? static_cast<double>(left.dot(right) / std::sqrt(norms)) : 0.0;
}

// Bounds of that correlation for the whole library.
std::vector<Bounds> bounds_with(const Library& library, std::size_t reference) {
    const Vector row = library.rows.row(static_cast<Eigen::Index>(reference)).cast<double>().transpose();
    Vector known = Vector::Zero(row.size());
    known.segment(library.first[reference], library.last[reference] - library.first[reference]).setOnes();
    const auto points = static_cast<std::size_t>(row.size());
    return library_bounds(library,
                          Correlation({row.data(), points}, {known.data(), points}, Correlation::Kind::cosine));
}

}  // namespace

std::vector<std::string> group_of(const Library& library, std::size_t reference) {
    std::vector<std::string> names{library.reference(reference).substance.name};
    std::vector<std::size_t> listed{library.substance[reference]};
    const auto bounds = bounds_with(library, reference);
    for (std::size_t i = 0; i < library.size(); ++i) {
        if (bounds[i].high < library.settings.group_correlation) continue;
        if (std::ranges::find(listed, library.substance[i]) != listed.end()) continue;
        if (correlation(library, reference, i) < library.settings.group_correlation) continue;
        listed.push_back(library.substance[i]);
        names.push_back(library.reference(i).substance.name);
    }
    return names;
}

}  // namespace singel::spectra::identify
