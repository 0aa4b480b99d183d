#include "spectra/identify/screen.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "spectra/identify/dot_int8.hpp"

namespace singel::spectra::identify {
namespace {

constexpr std::size_t scored_exactly = 64, block = 256;
constexpr double member_ridge = 1e-10;

// Weights from 0 to 1, in integers that CodeKernels::squares takes; what has a weight keeps one.
std::vector<std::int16_t> coded_weights(const Vector& weights, std::size_t length) {
    std::vector<std::int16_t> coded(length, 0);
    const double scale = std::numeric_limits<std::int16_t>::max() / std::max(weights.maxCoeff(), 1e-300);
    for (Eigen::Index k = 0; k < weights.size(); ++k)
        if (weights[k] > 0.0)
            coded[static_cast<std::size_t>(k)] = static_cast<std::int16_t>(std::max(1.0, weights[k] * scale));
    return coded;
}

// t, but for a common factor, as it would be if only the baseline could imitate a reference: an order to choose whom
// to score exactly.
std::vector<float> rough_scores(const Library& library, const NetView& view, const core::ParallelFor& parallel) {
    const Vector& target = view.weighted_target();
    const CodedRows& rows = library.coded;
    const CodedQuery query = code_query({target.data(), static_cast<std::size_t>(target.size())});
    const auto weights = coded_weights(view.weights(), rows.stride);
    const CodeKernels& kernels = code_kernels();
    std::vector<float> scores(library.size(), 0.0f);
    parallel((library.size() + block - 1) / block, [&](std::size_t b) {
        const std::size_t end = std::min((b + 1) * block, library.size());
        for (std::size_t i = b * block; i < end; ++i) {
            if (library.usable[i] == 0) continue;
            const auto net = static_cast<float>(kernels.dot(rows.codes_of(i), query.codes.data(), rows.stride));
            if (net <= 0.0f) continue;
            const auto whole = static_cast<float>(kernels.squares(rows.codes_of(i), weights.data(), rows.stride));
            scores[i] = net / std::sqrt(std::max(whole, 1.0f) * library.off_baseline[i]);
        }
    });
    return scores;
}

bool contains(std::span<const std::size_t> list, std::size_t value) {
    return std::ranges::find(list, value) != list.end();
}

}  // namespace

NetView::NetView(const Observation& observation, const Fit& fit)
    : rows_(fit.rows), weights_(fit.weights), weighted_rows_(*fit.rows, fit.weights) {
    const Eigen::Index free = fit.ridge.size(), all = rows_->rows();
    Eigen::MatrixXd normal = fit.gram.topLeftCorner(all, all);
    const double jitter = 1e-11 * normal.trace() / static_cast<double>(all);
    normal.diagonal().array() += jitter + member_ridge;
    normal.diagonal().head(free) += fit.ridge;
    normal_.compute(normal);
    target_ = weights_.cwiseProduct(off(observation.y));
}

Vector NetView::off(const Vector& curve) const {
    const Vector inner = normal_.solve(*rows_ * weights_.cwiseProduct(curve));
    return curve - rows_->transpose() * inner;
}

std::vector<NetScore> NetView::scores(const Shapes& shapes) const {
    const WeightedRows weighted(shapes, weights_);
    const Eigen::MatrixXd through = normal_.matrixL().solve(weighted_rows_.with(weighted));
    std::vector<NetScore> scores;
    for (Eigen::Index i = 0; i < shapes.rows(); ++i) {
        const double whole = std::max(shapes.row(i).cwiseAbs2().dot(weights_.transpose()), 1e-300);
        const double net = std::max(whole - through.col(i).squaredNorm(), 1e-12 * whole);
        scores.push_back(
            {shapes.row(i).dot(target_.transpose()) / std::sqrt(net), net / whole, 1.0 / std::sqrt(net)});
    }
    return scores;
}

NetScore NetView::score(const Vector& shape) const {
    return scores(shape.transpose()).front();
}

std::vector<Candidate> screen(Members& members, const NetView& view, std::span<const std::size_t> excluded,
                              std::size_t wanted, const core::ParallelFor& parallel) {
    const Library& library = members.library();
    const std::vector<float> rough = rough_scores(library, view, parallel);
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < library.size(); ++i)
        if (rough[i] > 0.0f && !contains(excluded, library.substance[i])) order.push_back(i);
    const auto before = [&](std::size_t a, std::size_t b) {
        return rough[a] != rough[b] ? rough[a] > rough[b] : a < b;
    };
    const std::size_t kept = std::min(order.size(), scored_exactly);
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept), order.end(), before);
    order.resize(kept);

    Shapes shapes(static_cast<Eigen::Index>(kept), library.points());
    for (std::size_t k = 0; k < kept; ++k)
        shapes.row(static_cast<Eigen::Index>(k)) =
            library.rows.row(static_cast<Eigen::Index>(order[k])).cast<double>();
    const std::vector<NetScore> nets = view.scores(shapes);
    std::vector<Candidate> scored;
    for (std::size_t k = 0; k < kept; ++k)
        if (nets[k].t >= least_t && nets[k].unique > least_unique) scored.push_back({order[k], nets[k]});
    std::ranges::stable_sort(scored, [](const Candidate& a, const Candidate& b) { return a.net.t > b.net.t; });
    std::vector<Candidate> best;
    std::vector<std::size_t> taken;
    for (const Candidate& candidate : scored) {
        if (best.size() == wanted) break;
        if (contains(taken, library.substance[candidate.index])) continue;
        taken.push_back(library.substance[candidate.index]);
        best.push_back(candidate);
    }
    return best;
}

}  // namespace singel::spectra::identify
