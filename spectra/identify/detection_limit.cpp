#include "spectra/identify/detection_limit.hpp"

#include <algorithm>
#include <cmath>

namespace singel::spectra::identify {
namespace {

// Area that the named components explain, and what stands above the baseline beside them.
double explained_area(const Observation& observation, const Fit& named) {
    double area = 0.0;
    for (std::size_t j = 0; j < named.members.size(); ++j)
        area += named.amplitudes[static_cast<Eigen::Index>(j)] * named.members[j]->area;
    if (area > 0.0) return area;
    return named.residual.cwiseMax(0.0).dot(observation.known);
}

}  // namespace

DetectionLimits::DetectionLimits(const Observation& observation, const Library& library, const Fit& named)
    : library_(library),
      view_(observation, named),
      misfit_(std::max(named.misfit, 0.3)),
      area_(explained_area(observation, named)) {}

std::optional<double> DetectionLimits::of(std::size_t reference) const {
    if (library_.usable[reference] == 0 ||
        library_.reference(reference).origin == core::ReferenceOrigin::band_table || !(area_ > 0.0))
        return std::nullopt;
    const Vector shape = library_.rows.row(static_cast<Eigen::Index>(reference)).cast<double>().transpose();
    const NetScore score = view_.score(shape);
    if (score.unique < least_unique) return std::nullopt;  // hidden by what is named: no amount would show
    const double amplitude = library_.learned.limit_kappa * std::sqrt(misfit_) * score.deviation;
    const double area = amplitude * library_.area[reference];
    const double share = area / (area_ + area);
    return std::clamp(std::max(share, library_.settings.unverified_floor), library_.settings.published_floor, 1.0);
}

}  // namespace singel::spectra::identify
