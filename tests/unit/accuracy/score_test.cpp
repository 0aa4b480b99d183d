#include "tests/accuracy/score.hpp"

#include <gtest/gtest.h>

using namespace singel::tests::accuracy;

namespace {

Said right(double certainty, std::size_t part = 0) {
    Said said;
    said.certainty = certainty;
    said.named = certainty >= 0.5;
    said.found = certainty >= 0.9;
    said.truth = part;
    return said;
}

Said wrong(double certainty) {
    Said said = right(certainty);
    said.truth.reset();
    return said;
}

Outcome outcome(std::vector<Said> said, std::size_t cluster = 0) {
    Outcome result;
    result.said = std::move(said);
    result.cluster = cluster;
    return result;
}

TEST(FalseNames, CountsWhatIsFoundOrProbableAndNoPart) {
    const Outcome sample = outcome({right(0.95), wrong(0.95), wrong(0.6), wrong(0.4)});
    EXPECT_EQ(false_names(sample), 2u);
    EXPECT_EQ(false_found(sample), 1u);
    EXPECT_EQ(false_names(sample, 0.3), 3u);
}

TEST(FalseNames, DoesNotCountAPartNamedTwice) {
    EXPECT_EQ(false_names(outcome({right(0.95), right(0.7)})), 0u);
}

TEST(Hits, AskAfterTheirOwnPartByTheSameRule) {
    const Outcome sample = outcome({right(0.6, 1), wrong(0.99), right(0.4, 0)});
    EXPECT_TRUE(names_part(sample, 1));
    EXPECT_FALSE(names_part(sample, 0));
    EXPECT_TRUE(names_part(sample, 0, 0.3));
    EXPECT_FALSE(names_part(sample, 1, 0.6)) << "above means above";
}

TEST(CertaintyAt, LeavesAsManyFalseNamesAsAllowed) {
    std::vector<Outcome> list(18, outcome({right(0.9)}));
    list.push_back(outcome({wrong(0.7)}));
    list.push_back(outcome({wrong(0.8), wrong(0.2)}));
    const double above = certainty_at(list, 0.05);  // one in twenty samples
    std::size_t count = 0;
    for (const Outcome& one : list) count += false_names(one, above);
    EXPECT_EQ(count, 1u);
    EXPECT_DOUBLE_EQ(above, 0.7);
}

TEST(CertaintyAt, IsZeroWithoutEnoughFalseNames) {
    const std::vector<Outcome> list(20, outcome({right(0.9)}));
    EXPECT_EQ(certainty_at(list, 0.05), 0.0);
}

TEST(Reliability, GivesTheErrorOfAKnownCase) {
    // 0.25 given four times and once right; 0.75 four times and once right: |0| and |0.5|, half the weight each.
    const std::vector<Outcome> list{outcome({right(0.25), wrong(0.25), wrong(0.25), wrong(0.25)}),
                                    outcome({right(0.75), wrong(0.75), wrong(0.75), wrong(0.75)})};
    const auto bins = reliability(list);
    ASSERT_EQ(bins.size(), 2u);
    EXPECT_DOUBLE_EQ(bins[0].observed, 0.25);
    EXPECT_EQ(bins[1].count, 4u);
    EXPECT_DOUBLE_EQ(calibration_error(bins), 0.25);
    EXPECT_DOUBLE_EQ(calibration_error(reliability(list, 0.5)), 0.5);
    EXPECT_EQ(calibration_error(reliability({})), 0.0);
}

TEST(Reliability, PutsCertaintyOneIntoTheLastBin) {
    const std::vector<Outcome> list{outcome({right(1.0)})};
    ASSERT_EQ(reliability(list).size(), 1u);
    EXPECT_EQ(calibration_error(reliability(list)), 0.0);
}

TEST(Ratio, IsTheSumOfAllOverTheSumOfAll) {
    Ratio ratio;
    ratio.count(1, 1.0);
    ratio.count(1, 0.0);
    ratio.count(2, 1.0);
    ratio.count(2, 1.0);
    EXPECT_DOUBLE_EQ(ratio.value(), 0.75);
    EXPECT_EQ(ratio.trials(), 4.0);
}

TEST(Ratio, KnowsThatTrialsOfOneSubstanceAreNotIndependent) {
    Ratio together, apart;
    for (std::size_t substance = 0; substance < 10; ++substance)
        for (std::size_t trial = 0; trial < 20; ++trial) {
            const double hit = substance < 5 ? 1.0 : 0.0;
            together.count(substance, hit);
            apart.count(20 * substance + trial, hit);
        }
    const Range wide = together.interval(1), narrow = apart.interval(1);
    EXPECT_GT(wide.high - wide.low, 2.0 * (narrow.high - narrow.low));
    EXPECT_LT(wide.low, 0.5);
    EXPECT_GT(wide.high, 0.5);
}

TEST(Ratio, DoesNotClaimCertaintyWhenEveryTrialAgrees) {
    Ratio none, all;
    for (std::size_t i = 0; i < 100; ++i) {
        none.count(i, 0.0);
        all.count(i, 1.0);
    }
    EXPECT_NEAR(none.interval(1).high, 0.037, 0.001);  // Wilson 1927, 0 of 100
    EXPECT_NEAR(all.interval(1).low, 0.963, 0.001);
}

TEST(UpperQuantile, IsExceededByThePartAtMost) {
    std::vector<double> values;
    for (int i = 1; i <= 100; ++i) values.push_back(i);
    EXPECT_EQ(upper_quantile(values, 0.05), 95.0);
    EXPECT_EQ(upper_quantile({3.0}, 0.05), 3.0);
    EXPECT_EQ(upper_quantile({}, 0.05), 0.0);
}

}  // namespace
