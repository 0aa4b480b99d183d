#include "spectra/identify/unknown.hpp"

#include <algorithm>
#include <cmath>

namespace singel::spectra::identify {
namespace {

constexpr std::size_t most_bands = 8;
constexpr double band_reach = 3.2;      // of the filter on each side, in its sigma
constexpr double listed_part = 0.3;     // of the strongest unexplained band
constexpr double ninth_tenth = 1.6449;  // nine tenths of white noise are smaller

Vector band_kernel(const TechniqueSettings& settings) {
    const auto reach =
        static_cast<Eigen::Index>(std::lround(band_reach * settings.band_sigma_cm1 / settings.step_cm1));
    Vector kernel(2 * reach + 1);
    for (Eigen::Index k = -reach; k <= reach; ++k) {
        const double place = static_cast<double>(k) * settings.step_cm1 / settings.band_sigma_cm1;
        kernel[k + reach] = std::exp(-0.5 * place * place);
    }
    kernel.array() -= kernel.mean();
    return kernel / kernel.norm();
}

// Known points only: there the residual is measured in units of its own deviation.
Vector residual_response(const Observation& observation, const Library& library, const Fit& fit) {
    const Vector whitened = fit.residual.cwiseQuotient(fit.variance.cwiseSqrt()).cwiseProduct(observation.known);
    return band_response(whitened, library.settings);
}

// How much larger than its variance says is what the best fit of the whole library leaves. Liquids whose parts bind
// to each other leave it everywhere: a lone band must stand out of that.
double misfit_everywhere(const Vector& response) {
    std::vector<double> sizes(response.data(), response.data() + response.size());
    for (double& size : sizes) size = std::abs(size);
    const auto place = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() * 9 / 10);
    std::nth_element(sizes.begin(), place, sizes.end());
    return std::max(1.0, *place / ninth_tenth);
}

// Response of what the named components leave, in units of what all members leave.
Vector unexplained(const Observation& observation, const Library& library, const Fit& all, const Fit& named) {
    return residual_response(observation, library, named) /
           misfit_everywhere(residual_response(observation, library, all));
}

// Places of the highest bands of a response, highest first, at least listed_part as high as the strongest.
std::vector<double> bands_of(const Vector& response, double strongest, const core::Axis& axis) {
    std::vector<Eigen::Index> maxima;
    for (Eigen::Index i = 3; i + 3 < response.size(); ++i)
        if (response[i] > 0.0 && response[i] == response.segment(i - 3, 7).maxCoeff()) maxima.push_back(i);
    std::ranges::stable_sort(maxima, [&](Eigen::Index a, Eigen::Index b) { return response[a] > response[b]; });
    std::vector<double> bands;
    for (const Eigen::Index i : maxima) {
        if (bands.size() == most_bands || response[i] < listed_part * strongest) break;
        bands.push_back(axis[static_cast<std::size_t>(i)]);
    }
    return bands;
}

}  // namespace

Vector band_response(const Vector& whitened, const TechniqueSettings& settings) {
    const Vector kernel = band_kernel(settings);
    const Eigen::Index reach = kernel.size() / 2;
    Vector response = Vector::Zero(whitened.size());
    for (Eigen::Index i = reach; i + reach < whitened.size(); ++i)
        response[i] = kernel.dot(whitened.segment(i - reach, kernel.size()));
    return response;
}

double strongest_band(const Vector& whitened, const TechniqueSettings& settings) {
    return band_response(whitened, settings).maxCoeff();
}

double strongest_unexplained(const Observation& observation, const Library& library, const Fit& all,
                             const Fit& named) {
    return unexplained(observation, library, all, named).maxCoeff();
}

double unknown_p_value(const Learned& learned, double strongest) {
    const auto above = std::ranges::count_if(learned.unknown_null, [&](double value) { return value >= strongest; });
    return (static_cast<double>(above) + 1.0) / (static_cast<double>(learned.unknown_null.size()) + 1.0);
}

Unknown find_unknown(const Observation& observation, const Library& library, const Fit& all, const Fit& named) {
    const Vector response = unexplained(observation, library, all, named);
    const double strongest = response.maxCoeff();
    Unknown unknown;
    unknown.p_value = unknown_p_value(library.learned, strongest);
    unknown.present = *unknown.p_value <= library.learned.unknown_alarm || named.members.empty();
    if (library.learned.assumed) unknown.p_value.reset();  // of sums of another technique: good for an alarm only
    if (!unknown.present) return unknown;
    unknown.bands_cm1 = bands_of(response, strongest, library.axis);
    unknown.dips_cm1 = bands_of(-response, strongest, library.axis);
    return unknown;
}

}  // namespace singel::spectra::identify
