#include "spectra/identify/nnls.hpp"

#include <Eigen/Cholesky>
#include <gtest/gtest.h>
#include <limits>
#include <random>

namespace singel::spectra::identify {
namespace {

double cost(const Eigen::MatrixXd& m, const Eigen::VectorXd& c, const Eigen::VectorXd& a) {
    return a.dot(m * a) - 2.0 * c.dot(a);
}

// Every set of free entries, solved exactly: the best feasible one is the answer.
Eigen::VectorXd by_trying_all(const Eigen::MatrixXd& m, const Eigen::VectorXd& c) {
    Eigen::VectorXd best = Eigen::VectorXd::Zero(c.size());
    for (unsigned mask = 1; mask < (1u << c.size()); ++mask) {
        std::vector<int> free;
        for (int i = 0; i < c.size(); ++i)
            if (mask & (1u << i)) free.push_back(i);
        const Eigen::MatrixXd part = m(free, free);
        const Eigen::VectorXd right = c(free), solution = part.ldlt().solve(right);
        if ((solution.array() < 0.0).any()) continue;
        Eigen::VectorXd a = Eigen::VectorXd::Zero(c.size());
        for (std::size_t k = 0; k < free.size(); ++k) a[free[k]] = solution[static_cast<Eigen::Index>(k)];
        if (cost(m, c, a) < cost(m, c, best)) best = a;
    }
    return best;
}

TEST(NonNegative, IsTheBestOfAllActiveSets) {
    std::mt19937_64 random(1);
    std::normal_distribution<double> normal;
    for (int trial = 0; trial < 300; ++trial) {
        const int size = 1 + trial % 7;
        Eigen::MatrixXd x(size + 3, size);
        Eigen::VectorXd y(size + 3);
        for (Eigen::Index i = 0; i < x.size(); ++i) x.data()[i] = normal(random);
        for (Eigen::Index i = 0; i < y.size(); ++i) y[i] = normal(random);
        const Eigen::MatrixXd m = x.transpose() * x;
        const Eigen::VectorXd c = x.transpose() * y;
        const Eigen::VectorXd a = non_negative(m, c), truth = by_trying_all(m, c);
        ASSERT_TRUE((a.array() >= 0.0).all());
        ASSERT_NEAR((a - truth).cwiseAbs().maxCoeff(), 0.0, 1e-8) << "trial " << trial;
    }
}

TEST(NonNegative, EndsOnIdenticalColumns) {
    const Eigen::MatrixXd m = Eigen::MatrixXd::Constant(3, 3, 1.0) + 1e-12 * Eigen::MatrixXd::Identity(3, 3);
    const Eigen::VectorXd c = Eigen::VectorXd::Ones(3);
    const Eigen::VectorXd a = non_negative(m, c);
    EXPECT_NEAR(a.sum(), 1.0, 1e-6);
    EXPECT_TRUE((a.array() >= 0.0).all());
}

TEST(NonNegative, GivesNothingWhereAllIsNegative) {
    const Eigen::VectorXd a = non_negative(Eigen::MatrixXd::Identity(4, 4), -Eigen::VectorXd::Ones(4));
    EXPECT_EQ(a, Eigen::VectorXd::Zero(4));
    EXPECT_EQ(non_negative(Eigen::MatrixXd(0, 0), Eigen::VectorXd(0)).size(), 0);
}

}  // namespace
}  // namespace singel::spectra::identify
