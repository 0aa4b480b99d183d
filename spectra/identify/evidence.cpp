#include "spectra/identify/evidence.hpp"

#include <algorithm>
#include <cmath>

#include "spectra/identify/screen.hpp"
#include "spectra/identify/select.hpp"

namespace singel::spectra::identify {
namespace {

constexpr std::size_t bands_judged = 8;
constexpr double visible_part = 0.1;  // of the strongest band, in units of the noise
constexpr double least_rival_t = 0.3;
constexpr double slope_sigma = 1.0;  // grid points

double correlation(const Vector& a, const Vector& b, const Vector& weights) {
    const double ab = (a.array() * b.array() * weights.array()).sum();
    const double aa = a.cwiseAbs2().dot(weights), bb = b.cwiseAbs2().dot(weights);
    return ab / std::sqrt(aa * bb + 1e-300);
}

struct Bands {
    double support = 0.0;              // weighted part of the strongest bands that are as high as predicted, 0 to 1
    int visible = 0;                   // bands that would be seen at least a tenth as clearly as the strongest
    std::vector<Eigen::Index> places;  // of those found at 40 % or more of the predicted height
};

// The strongest positive maxima of the net reference, by signal to noise.
std::vector<Eigen::Index> strongest_maxima(const Vector& net, const Vector& weights) {
    std::vector<Eigen::Index> maxima;
    for (Eigen::Index i = 2; i + 2 < net.size(); ++i)
        if (net[i] > 0.0 && weights[i] > 0.0 && net[i] == net.segment(i - 2, 5).maxCoeff()) maxima.push_back(i);
    const auto strength = [&](Eigen::Index i) { return net[i] * std::sqrt(weights[i]); };
    std::ranges::stable_sort(maxima, [&](Eigen::Index a, Eigen::Index b) { return strength(a) > strength(b); });
    if (maxima.size() > bands_judged) maxima.resize(bands_judged);
    return maxima;
}

Bands judge_bands(const Vector& net, const Vector& found, const Vector& weights, double amplitude) {
    Bands bands;
    double sum = 0.0, strongest = 0.0;
    for (const Eigen::Index i : strongest_maxima(net, weights)) {
        const double expected = std::max(amplitude * net.segment(i - 1, 3).mean(), 1e-12);
        const double height = found.segment(i - 1, 3).mean() / expected;
        const double weight = net[i] * std::sqrt(weights[i]);
        bands.support += weight * std::clamp((height - 0.2) / 0.4, 0.0, 1.0);
        sum += weight;
        strongest = std::max(strongest, weight);
        if (weight > visible_part * strongest) ++bands.visible;
        if (height >= 0.4) bands.places.push_back(i);
    }
    if (sum > 0.0) bands.support /= sum;
    return bands;
}

// Broad backgrounds that no reference has cannot imitate slopes as they imitate heights.
double slope_correlation(const Vector& net, const Vector& found, const Vector& weights) {
    return correlation(derivative(smooth(net, slope_sigma), 1.0), derivative(smooth(found, slope_sigma), 1.0),
                       weights);
}

// The greatest t that another substance, one that can be told apart from the member, has in its place.
double rival_t(const Members& members, const Fit& rest, const Member& member, const NetView& view) {
    const Library& library = members.library();
    std::vector<const Member*> rivals;
    for (const auto& [index, other] : members.made()) {
        const std::size_t substance = library.substance[index];
        const bool taken = std::ranges::any_of(
            rest.members, [&](const Member* one) { return library.substance[one->index] == substance; });
        if (taken || substance == library.substance[member.index]) continue;
        if (other->shape.dot(member.shape) < library.settings.group_correlation) rivals.push_back(other.get());
    }
    Shapes shapes(static_cast<Eigen::Index>(rivals.size()), library.points());
    for (std::size_t k = 0; k < rivals.size(); ++k)
        shapes.row(static_cast<Eigen::Index>(k)) = rivals[k]->shape.transpose();
    double best = least_rival_t;
    for (const NetScore& score : view.scores(shapes)) best = std::max(best, score.t);
    return best;
}

// Mean square of the fitted deviations of a member's shape, in units of what is usual.
double deviation_of(const Library& library, const Fit& all, std::size_t i) {
    const auto q = static_cast<Eigen::Index>(nuisance_shapes);
    const Eigen::Index at = library.splines.rows() + q * static_cast<Eigen::Index>(i);
    const Vector squares = all.coefficients.segment(at, q).cwiseAbs2().cwiseProduct(all.ridge.segment(at, q));
    return squares.mean() / all.spread;
}

double area_of(const Fit& fit) {
    double area = 0.0;
    for (std::size_t j = 0; j < fit.members.size(); ++j)
        area += fit.amplitudes[static_cast<Eigen::Index>(j)] * fit.members[j]->area;
    return area;
}

Evidence weigh_one(const Observation& observation, const Members& members, const Fit& all, std::size_t i) {
    const Library& library = members.library();
    Evidence evidence;
    evidence.member = all.members[i];
    evidence.amplitude = all.amplitudes[static_cast<Eigen::Index>(i)];
    evidence.share = evidence.amplitude * evidence.member->area / std::max(area_of(all), 1e-300);

    const Fit rest = without(observation, library.splines, all, i);
    const NetView view(observation, rest);
    const NetScore score = view.score(evidence.member->shape);
    const Vector net = view.off(evidence.member->shape).cwiseProduct(observation.known);
    const Vector found = view.off(observation.y).cwiseProduct(observation.known);
    evidence.rho = correlation(net, found, rest.weights);
    Bands bands = judge_bands(net, found, rest.weights, evidence.amplitude);
    evidence.bands = std::move(bands.places);

    const double r = std::clamp(evidence.rho, 1e-3, 1.0 - 1e-6);
    evidence.features = {std::log(r * r / (1.0 - r * r)),
                         std::log(std::max(evidence.share, 1e-4)),
                         std::log(std::max(score.unique, 1e-12)),
                         bands.support,
                         slope_correlation(net, found, rest.weights),
                         std::log(std::max(score.t, 0.1) / rival_t(members, rest, *evidence.member, view)),
                         static_cast<double>(bands.visible),
                         std::log(deviation_of(library, all, i) + 0.01)};
    evidence.certainty = certainty(library.learned, evidence.features);
    return evidence;
}

}  // namespace

double certainty(const Learned& learned, const std::array<double, certainty_features>& features) {
    double z = learned.certainty_intercept;
    for (std::size_t k = 0; k < features.size(); ++k) z += learned.certainty_weights[k] * features[k];
    return 1.0 / (1.0 + std::exp(-z));
}

std::vector<Evidence> weigh(const Observation& observation, const Members& members, const Fit& fit) {
    std::vector<Evidence> list;
    for (std::size_t i = 0; i < fit.members.size(); ++i) list.push_back(weigh_one(observation, members, fit, i));
    return list;
}

}  // namespace singel::spectra::identify
