#include "spectra/identify/correlation.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

#include "spectra/identify/search.hpp"

namespace singel::tests {
namespace {

namespace identify = spectra::identify;
using identify::Correlation;

// Rows of every awkward kind, a curve, and which of its points are known.
struct Material {
    identify::FloatRows rows;
    std::vector<identify::Coverage> coverage;
    std::vector<double> curve, known;
};

float value(int kind, Eigen::Index k, std::normal_distribution<float>& normal, std::mt19937& random) {
    switch (kind) {
        case 0: return normal(random);                                         // noise
        case 1: return std::abs(normal(random));                               // far from zero mean
        case 2: return k % 97 == 5 ? 1.0f : 1e-4f * normal(random);            // lone bands
        case 3: return 1.0f;                                                   // constant
        case 4: return 1000.0f + 1e-2f * normal(random);                       // constant but for a trace
        case 5: return std::sin(0.05f * static_cast<float>(k));                // as the curve
        case 6: return (static_cast<float>(k % 255) - 127.0f) * 0.5f + 0.25f;  // between two codes everywhere
        default: return 0.0f;
    }
}

Material material(std::uint32_t seed, bool partly_known) {
    std::mt19937 random(seed);
    std::normal_distribution<float> normal;
    Material made;
    const Eigen::Index points = 300;
    made.rows = identify::FloatRows::Zero(64, points);
    for (Eigen::Index i = 0; i < made.rows.rows(); ++i) {
        identify::Coverage coverage{0, points};
        if (i % 3 == 1)
            coverage = {static_cast<Eigen::Index>(random() % 200), 200 + static_cast<Eigen::Index>(random() % 100)};
        if (i == 60) coverage = {10, 12};
        for (Eigen::Index k = coverage.first; k < coverage.last; ++k)
            made.rows(i, k) = value(static_cast<int>(i % 8), k, normal, random);
        made.coverage.push_back(coverage);
    }
    for (Eigen::Index k = 0; k < points; ++k) {
        const bool known = !partly_known || (k > 20 && k < 280 && k % 50 != 0);
        made.known.push_back(known ? 1.0 : 0.0);
        made.curve.push_back(
            known ? std::sin(0.05 * static_cast<double>(k)) + 0.1 * static_cast<double>(normal(random)) : 0.0);
    }
    return made;
}

std::vector<double> known_by_both(const Material& made, std::size_t i) {
    std::vector<double> known = made.known;
    for (Eigen::Index k = 0; k < made.rows.cols(); ++k)
        if (k < made.coverage[i].first || k >= made.coverage[i].last) known[static_cast<std::size_t>(k)] = 0.0;
    return known;
}

std::vector<double> row_of(const Material& made, std::size_t i) {
    const Eigen::VectorXd row = made.rows.row(static_cast<Eigen::Index>(i)).cast<double>().transpose();
    return {row.data(), row.data() + row.size()};
}

double cosine(const std::vector<double>& a, const std::vector<double>& b, const std::vector<double>& known) {
    double n = 0.0, ab = 0.0, aa = 0.0, bb = 0.0;
    for (std::size_t k = 0; k < a.size(); ++k) {
        n += known[k];
        ab += known[k] * a[k] * b[k];
        aa += known[k] * a[k] * a[k];
        bb += known[k] * b[k] * b[k];
    }
    return n >= 3.0 && aa > 0.0 && bb > 0.0 ? ab / std::sqrt(aa * bb) : 0.0;
}

class CorrelationBounds : public testing::TestWithParam<bool> {
protected:
    static void hold(Correlation::Kind kind, const auto& truth, double& widest) {
        for (std::uint32_t seed = 1; seed <= 20; ++seed) {
            const Material made = material(seed, GetParam());
            const auto coded = identify::code_rows({made.rows.data(), made.rows.rows(), made.rows.cols()});
            const Correlation correlation(made.curve, made.known, kind);
            for (std::size_t i = 0; i < coded.size(); ++i) {
                const auto bounds = correlation.bounds(coded, i, made.coverage[i]);
                const double score = truth(made.curve, row_of(made, i), known_by_both(made, i));
                ASSERT_LE(bounds.low, score) << "row " << i << ", seed " << seed;
                ASSERT_GE(bounds.high, score) << "row " << i << ", seed " << seed;
                if (i % 8 == 0 && made.coverage[i].last - made.coverage[i].first > 100)
                    widest = std::max(widest, bounds.high - bounds.low);
            }
        }
    }
};

TEST_P(CorrelationBounds, EnclosePearsonsCorrelation) {
    double widest = 0.0;
    hold(
        Correlation::Kind::pearson,
        [](const auto& a, const auto& b, const auto& known) { return identify::hqi(a, b, known); }, widest);
    EXPECT_LT(widest,
              0.04);  // of noise, whose greatest value is three deviations: 3/127/√12 either way, and the norm
}

TEST_P(CorrelationBounds, EncloseTheCosine) {
    double widest = 0.0;
    hold(
        Correlation::Kind::cosine,
        [](const auto& a, const auto& b, const auto& known) { return cosine(a, b, known); }, widest);
    EXPECT_LT(widest, 0.04);
}

INSTANTIATE_TEST_SUITE_P(WhollyAndPartlyKnown, CorrelationBounds, testing::Bool());

}  // namespace
}  // namespace singel::tests
