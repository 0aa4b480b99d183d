#include "spectra/identify/nnls.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <vector>

namespace singel::spectra::identify {
namespace {

Eigen::VectorXd solve_free(const Eigen::MatrixXd& m, const Eigen::VectorXd& c, const std::vector<int>& free) {
    const Eigen::MatrixXd part = m(free, free);
    const Eigen::VectorXd right = c(free);
    return part.ldlt().solve(right);
}

// Moves from a towards the free solution z until a bound is met; frees the bound ones from the set.
void step_to_bound(Eigen::VectorXd& a, const Eigen::VectorXd& z, std::vector<int>& free) {
    double alpha = 1.0;
    for (Eigen::Index i = 0; i < z.size(); ++i) {
        const double now = a[free[i]];
        if (z[i] <= 0.0) alpha = std::min(alpha, now / (now - z[i]));
    }
    std::vector<int> left;
    for (Eigen::Index i = 0; i < z.size(); ++i) {
        double& now = a[free[i]];
        now += alpha * (z[i] - now);
        if (z[i] <= 0.0 && now <= 1e-14) now = 0.0;
        if (now > 0.0) left.push_back(free[i]);
    }
    if (left.size() == free.size()) {  // rounding: never loop without progress
        a[left.back()] = 0.0;
        left.pop_back();
    }
    free = left;
}

}  // namespace

Eigen::VectorXd non_negative(const Eigen::MatrixXd& m, const Eigen::VectorXd& c) {
    const Eigen::Index size = c.size();
    Eigen::VectorXd a = Eigen::VectorXd::Zero(size);
    std::vector<int> free;
    const double tolerance = 1e-12 * (c.size() > 0 ? c.cwiseAbs().maxCoeff() : 0.0);
    for (Eigen::Index round = 0; round < 3 * size + 3; ++round) {
        const Eigen::VectorXd slope = c - m * a;
        int next = -1;
        for (int i = 0; i < size; ++i)
            if (a[i] == 0.0 && slope[i] > tolerance && (next < 0 || slope[i] > slope[next])) next = i;
        if (next < 0) break;
        free.push_back(next);
        while (!free.empty()) {
            const Eigen::VectorXd z = solve_free(m, c, free);
            if ((z.array() > 0.0).all()) {
                a.setZero();
                for (Eigen::Index i = 0; i < z.size(); ++i) a[free[i]] = z[i];
                break;
            }
            step_to_bound(a, z, free);
        }
    }
    return a;
}

}  // namespace singel::spectra::identify
