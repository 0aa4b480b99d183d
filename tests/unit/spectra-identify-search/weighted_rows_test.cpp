#include "spectra/identify/weighted_rows.hpp"

#include <gtest/gtest.h>
#include <random>

namespace singel::tests {
namespace {

namespace identify = spectra::identify;

struct Drawn {
    identify::Shapes rows;
    identify::Vector weights;
};

// Rows that are 0 over a part of their points, whole rows of zeros, points without weight.
Drawn drawn(Eigen::Index count, Eigen::Index points) {
    std::mt19937 random(static_cast<std::uint32_t>(count * 1000 + points));
    std::normal_distribution<double> normal;
    Drawn made{identify::Shapes::Zero(count, points), identify::Vector::Zero(points)};
    for (Eigen::Index i = 0; i < count; ++i)
        for (Eigen::Index k = i % 3 * points / 4; k < points - i % 2 * points / 5; ++k)
            if (i % 11 != 7) made.rows(i, k) = normal(random);
    for (Eigen::Index k = 0; k < points; ++k) made.weights[k] = k % 13 == 0 ? 0.0 : std::abs(normal(random));
    return made;
}

class WeightedRows : public testing::TestWithParam<std::pair<int, int>> {
protected:
    const Drawn made = drawn(GetParam().first, GetParam().second);
};

TEST_P(WeightedRows, MultiplyAsMatricesDo) {
    const Eigen::MatrixXd expected = made.rows * made.weights.asDiagonal() * made.rows.transpose();
    const double tolerance = 1e-13 * (1.0 + expected.cwiseAbs().maxCoeff());
    EXPECT_LE((identify::WeightedRows(made.rows, made.weights).with_themselves() - expected).cwiseAbs().maxCoeff(),
              tolerance);
}

TEST_P(WeightedRows, MultiplyWithOthersAsMatricesDo) {
    Drawn others = drawn(7, GetParam().second);
    others.weights = made.weights;
    const Eigen::MatrixXd expected = made.rows * made.weights.asDiagonal() * others.rows.transpose();
    const double tolerance = 1e-13 * (1.0 + expected.cwiseAbs().maxCoeff());
    const identify::WeightedRows rows(made.rows, made.weights), more(others.rows, others.weights);
    EXPECT_LE((rows.with(more) - expected).cwiseAbs().maxCoeff(), tolerance);
    EXPECT_EQ(rows.with(more), rows.plainly_with(more));
}

TEST_P(WeightedRows, GiveTheSameToTheLastBitWithEveryInstructionSet) {
    const identify::WeightedRows rows(made.rows, made.weights);
    EXPECT_EQ(rows.with_themselves(), rows.plainly_with(rows));
}

INSTANTIATE_TEST_SUITE_P(OfManySizes, WeightedRows,
                         testing::Values(std::pair{1, 1}, std::pair{3, 5}, std::pair{4, 8}, std::pair{43, 1001},
                                         std::pair{18, 120}));

}  // namespace
}  // namespace singel::tests
