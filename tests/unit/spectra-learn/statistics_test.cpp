#include <cmath>
#include <gtest/gtest.h>
#include <random>

#include "spectra/learn/certainty.hpp"
#include "spectra/learn/kappa.hpp"
#include "spectra/learn/mismatch.hpp"
#include "spectra/learn/rates.hpp"

namespace singel::spectra::learn {
namespace {

double logistic(double z) {
    return 1.0 / (1.0 + std::exp(-z));
}

std::vector<Spike> drawn_spikes(const KappaModel& model, std::size_t substances, std::size_t each) {
    std::mt19937_64 random(7);
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> log_kappa(std::log(3.0), std::log(200.0)), part(0.0, 1.0);
    std::vector<Spike> spikes;
    for (std::size_t s = 0; s < substances; ++s) {
        const double own = normal(random);
        for (std::size_t i = 0; i < each; ++i) {
            const double x = log_kappa(random);
            spikes.push_back({std::exp(x), 0.1, s, part(random) < model.named(x, own), std::to_string(s)});
        }
    }
    return spikes;
}

TEST(Kappa, IsRecoveredFromSpikesOfAKnownModel) {
    const KappaModel truth{2.8, 3.0, 0.5};
    const KappaModel fitted = fit_kappa(drawn_spikes(truth, 80, 20));
    EXPECT_NEAR(fitted.middle, truth.middle, 0.2);  // 80 substances: ± 0.06; three of them
    EXPECT_NEAR(fitted.between, truth.between, 0.15);
    EXPECT_NEAR(fitted.slope, truth.slope, 0.8);
}

TEST(Kappa, NamesNinetyFiveOfAHundredAndEightyFiveOfTheHardest) {
    for (const double between : {0.0, 0.3, 1.0}) {
        const KappaModel model{2.8, 3.0, between};
        const double x = std::log(kappa_of(model));
        EXPECT_GE(model.named(x), 0.949);
        EXPECT_GE(model.named(x, 1.645), 0.849);
        EXPECT_LT(std::min(model.named(x - 0.01) - 0.95, model.named(x - 0.01, 1.645) - 0.85), 0.0);
    }
}

TEST(Kappa, GrowsWithTheDifferenceBetweenSubstances) {
    EXPECT_GT(kappa_of({2.8, 3.0, 0.8}), 1.5 * kappa_of({2.8, 3.0, 0.1}));
}

TEST(Certainty, WeightsAreRecoveredFromRowsOfKnownOdds) {
    std::mt19937_64 random(3);
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> part(0.0, 1.0);
    std::vector<Row> rows(6000);
    for (Row& row : rows) {
        for (double& feature : row.features) feature = normal(random);
        row.truth = part(random) < logistic(0.5 + 1.5 * row.features[0] - row.features[3]);
    }
    identify::Learned learned;
    learn_certainty(learned, rows);
    EXPECT_NEAR(learned.certainty_intercept, 0.5, 0.12);  // three deviations at this number of rows
    EXPECT_NEAR(learned.certainty_weights[0], 1.5, 0.15);
    EXPECT_NEAR(learned.certainty_weights[3], -1.0, 0.15);
    EXPECT_NEAR(learned.certainty_weights[5], 0.0, 0.12);
}

// Residuals drawn with a known variance.
std::vector<SingleFit> drawn_fits(const std::array<double, identify::mismatch_terms>& k) {
    std::mt19937_64 random(5);
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> part(0.0, 1.0);
    std::vector<SingleFit> fits(40);
    constexpr Eigen::Index points = 600;
    for (SingleFit& fit : fits) {
        fit.residual_part = 0.1;
        fit.known = identify::Vector::Ones(points);
        fit.noise = identify::Vector::Constant(points, 1e-5);
        fit.residual = identify::Vector::Zero(points);
        identify::Vector variance = fit.noise;
        for (std::size_t t = 0; t < k.size(); ++t) {
            fit.terms[t] = identify::Vector::Constant(points, 1e-4);
            for (Eigen::Index i = 0; t > 0 && i < points; ++i)
                fit.terms[t][i] =
                    std::pow(std::sin(0.01 * static_cast<double>(t * i) + 6.0 * part(random) * 0.01), 4);
            variance += k[t] * fit.terms[t];
        }
        for (Eigen::Index i = 0; i < points; ++i) fit.residual[i] = std::sqrt(variance[i]) * normal(random);
    }
    return fits;
}

TEST(Mismatch, IsRecoveredFromResidualsOfKnownVariance) {
    const std::array<double, identify::mismatch_terms> truth{1.0, 1e-3, 4e-3, 2e-3};
    identify::Learned learned;
    learned.mismatch = {1e-2, 1e-2, 1e-2, 1e-2};
    learn_mismatch(learned, drawn_fits(truth));
    for (std::size_t t = 0; t < truth.size(); ++t) EXPECT_NEAR(learned.mismatch[t] / truth[t], 1.0, 0.2) << t;
}

TEST(Deviations, AreNeverNarrowerThanInstrumentsThatWereNeverCompared) {
    std::vector<SingleFit> fits(3);
    for (SingleFit& fit : fits) fit.deviation = {0.0, 0.0, -10.0, 0.0, 0.0, 0.0, 0.5};
    identify::Learned learned;
    learn_deviations(learned, fits);
    EXPECT_DOUBLE_EQ(learned.nuisance_sd[0], 1.0);
    EXPECT_DOUBLE_EQ(learned.nuisance_sd[2], 14.8);
    EXPECT_DOUBLE_EQ(learned.nuisance_sd[6], 0.74);
}

TEST(Rates, CountWrongNamesBehindEachWord) {
    identify::Learned judging, learned;
    judging.certainty_weights[0] = 1.0;
    const auto row = [](double odds, bool truth) {
        Row one;
        one.features[0] = odds;
        one.truth = truth;
        return one;
    };
    count_names(learned, std::vector<Row>{row(3.0, true), row(3.0, false), row(1.0, false), row(-1.0, false)},
                judging);
    EXPECT_EQ(learned.found_names, 2.0);
    EXPECT_EQ(learned.found_wrong, 1.0);
    EXPECT_EQ(learned.probable_names, 1.0);
    EXPECT_EQ(learned.probable_wrong, 1.0);
    EXPECT_FALSE(identify::found_false_rate(learned).has_value());  // too few to say
    learned.found_names = 998.0;
    learned.found_wrong = 0.0;
    EXPECT_DOUBLE_EQ(*identify::found_false_rate(learned), 0.001);  // never none at all
}

TEST(AreaDeviation, PutsNinetyFiveOfAHundredErrorsInside) {
    std::mt19937_64 random(11);
    std::normal_distribution<double> normal(0.0, 0.3);
    std::vector<Row> rows(4000);
    for (Row& row : rows) row.area_error = normal(random);
    rows[0].area_error.reset();
    EXPECT_NEAR(area_deviation(rows), 0.3, 0.02);
    EXPECT_EQ(area_deviation({}), 0.0);
}

}  // namespace
}  // namespace singel::spectra::learn
