#include "spectra/learn/certainty.hpp"

#include <Eigen/Cholesky>

namespace singel::spectra::learn {

void learn_certainty(identify::Learned& learned, std::span<const Row> rows, double ridge) {
    const auto n = static_cast<Eigen::Index>(rows.size());
    const auto f = static_cast<Eigen::Index>(identify::certainty_features);
    Eigen::MatrixXd x(n, f);
    Eigen::VectorXd truth(n);
    for (Eigen::Index i = 0; i < n; ++i) {
        const Row& row = rows[static_cast<std::size_t>(i)];
        for (Eigen::Index k = 0; k < f; ++k) x(i, k) = row.features[static_cast<std::size_t>(k)];
        truth[i] = row.truth ? 1.0 : 0.0;
    }
    const Eigen::RowVectorXd mean = x.colwise().mean();
    const Eigen::RowVectorXd spread =
        ((x.rowwise() - mean).cwiseAbs2().colwise().mean().cwiseSqrt().array() + 1e-9).matrix();
    Eigen::MatrixXd z = Eigen::MatrixXd::Ones(n, f + 1);
    z.rightCols(f) = (x.rowwise() - mean).array().rowwise() / spread.array();
    Eigen::VectorXd weights = Eigen::VectorXd::Zero(f + 1), penalty = Eigen::VectorXd::Constant(f + 1, ridge);
    penalty[0] = 1e-6;
    for (int step = 0; step < 30; ++step) {
        const Eigen::VectorXd p = (1.0 + (-(z * weights).array()).exp()).inverse().matrix();
        const Eigen::VectorXd slope = z.transpose() * (truth - p) - penalty.cwiseProduct(weights);
        Eigen::MatrixXd curvature = z.transpose() * (p.array() * (1.0 - p.array())).matrix().asDiagonal() * z;
        curvature.diagonal() += penalty;
        weights += curvature.ldlt().solve(slope);
    }
    learned.certainty_intercept = weights[0];
    for (Eigen::Index k = 0; k < f; ++k) {
        learned.certainty_weights[static_cast<std::size_t>(k)] = weights[k + 1] / spread[k];
        learned.certainty_intercept -= weights[k + 1] * mean[k] / spread[k];
    }
}

}  // namespace singel::spectra::learn
