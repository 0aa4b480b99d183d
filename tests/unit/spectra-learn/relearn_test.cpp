#include "spectra/learn/relearn.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>

#include "spectra/core/result.hpp"
#include "spectra/learn/starting_figures.hpp"
#include "tests/unit/spectra-learn/made_up_pairs.hpp"

namespace singel::spectra::learn {
namespace {

using tests::learn::made_up_pairs, tests::learn::MadeUp;

constexpr Effort little{40, 20, 40};

Source source_of(const MadeUp& made, std::size_t count) {
    Source source{made.paired, core::value_or_throw(identify::prepare_with(made.set, starting_figures())), {}};
    for (std::size_t i = 0; i < count; ++i) source.pairs.push_back(i);
    return source;
}

void backwards(std::size_t n, const std::function<void(std::size_t)>& f) {
    for (std::size_t i = n; i-- > 0;) f(i);
}

TEST(Relearning, TeachesEverythingThatShips) {
    const MadeUp made = made_up_pairs(14, 1);
    const std::vector<Source> sources{source_of(made, 14)};
    Effort all = little;
    all.mismatch = true;
    const auto learning = relearn(sources, all, 1);
    ASSERT_TRUE(learning) << learning.error().sentence();
    const identify::Learned& learned = learning->learned;
    EXPECT_EQ(learning->account.substances.size(), 14u);
    EXPECT_EQ(learning->account.left_out.size(), 0u);
    EXPECT_NE(learned.mismatch, starting_figures().mismatch);
    EXPECT_GT(learned.mismatch[1] + learned.mismatch[2] + learned.mismatch[3], 0.0);
    EXPECT_GT(learned.limit_kappa, 1.0);
    EXPECT_GT(learned.share_sd, 0.0);
    EXPECT_GT(learned.found_names, 10.0);
    EXPECT_EQ(learned.unknown_null.size(), 50u);
    EXPECT_FALSE(learned.assumed);
    const identify::LearnedFile file{core::Technique::raman, 300.0, 1348.0, {}, 1, learning->account, learned};
    EXPECT_TRUE(identify::read_learned(identify::write_learned(file)).has_value());
}

TEST(Relearning, GivesTheSameWhateverTheOrderOfTheWorkAndOtherwiseForAnotherSeed) {
    const MadeUp made = made_up_pairs(12, 2);
    const std::vector<Source> sources{source_of(made, 12)};
    const Effort least{10, 6, 8};
    const auto digest_of = [&](std::uint64_t seed, const core::ParallelFor& parallel) {
        return identify::digest(core::value_or_throw(relearn(sources, least, seed, parallel)).learned);
    };
    EXPECT_EQ(digest_of(1, core::in_order), digest_of(1, backwards));
    EXPECT_NE(digest_of(1, core::in_order), digest_of(2, core::in_order));
}

TEST(Relearning, LooksAtNothingButTheQueriesOfItsPairs) {
    MadeUp made = made_up_pairs(13, 3);
    const Effort least{10, 6, 8};
    const std::vector<Source> sources{source_of(made, 12)};
    const std::string before = identify::digest(core::value_or_throw(relearn(sources, least, 1)).learned);
    for (double& value : made.paired.queries[12].spectrum.values) value = 1e4 - value;
    EXPECT_EQ(identify::digest(core::value_or_throw(relearn(sources, least, 1)).learned), before);
}

TEST(Relearning, ListsSubstancesOfAnotherFormByThePairItself) {
    MadeUp made = made_up_pairs(12, 4);
    const MadeUp others = made_up_pairs(1, 99);
    made.paired.queries[5].spectrum = others.paired.queries[0].spectrum;
    const std::vector<Source> sources{source_of(made, 12)};
    const auto learning = relearn(sources, {10, 6, 8}, 1);
    ASSERT_TRUE(learning) << learning.error().sentence();
    ASSERT_EQ(learning->account.left_out.size(), 1u);
    EXPECT_EQ(learning->account.left_out[0].substance, "substance 5");
    EXPECT_THAT(learning->account.left_out[0].reason, testing::HasSubstr("different forms"));
    EXPECT_EQ(learning->account.substances.size(), 11u);
}

TEST(Relearning, RefusesTooFewSubstancesAndSaysHowManyItNeeds) {
    const MadeUp made = made_up_pairs(12, 5);
    const std::vector<Source> sources{source_of(made, 9)};
    const auto learning = relearn(sources, little, 1);
    ASSERT_FALSE(learning);
    EXPECT_THAT(learning.error().sentence(),
                testing::AllOf(testing::HasSubstr("9 substances"), testing::HasSubstr("10")));
    EXPECT_FALSE(relearn({}, little, 1).has_value());
}

TEST(Relearning, PassesOverASpectrumThatCannotBeRead) {
    MadeUp made = made_up_pairs(12, 6);
    made.paired.queries[3].spectrum.values.assign(525, std::numeric_limits<double>::quiet_NaN());
    const std::vector<Source> sources{source_of(made, 12)};
    const auto learning = relearn(sources, {10, 6, 8}, 1);
    ASSERT_TRUE(learning) << learning.error().sentence();
    ASSERT_EQ(learning->account.left_out.size(), 1u);
    EXPECT_EQ(learning->account.left_out[0].substance, "substance 3");
}

}  // namespace
}  // namespace singel::spectra::learn
