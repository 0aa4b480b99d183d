#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/spectra-identify/synthetic.hpp"

namespace singel::tests {
namespace {

using spectra::identify::Identification;
using spectra::identify::NotCoveredReason;
using spectra::identify::NotDetected;
using spectra::identify::Watched;
namespace core = spectra::core;

const NotDetected* entry(const Identification& result, std::string_view name) {
    const auto found = std::ranges::find(result.not_detected, name, &NotDetected::name);
    return found == result.not_detected.end() ? nullptr : &*found;
}

bool uncovered(const Identification& result, std::string_view name, NotCoveredReason reason) {
    return std::ranges::any_of(result.not_covered,
                               [&](const auto& one) { return one.name == name && one.reason == reason; });
}

class WatchList : public testing::Test {
protected:
    const std::vector<Drawn> drawn_ = substances(20, 61);
    core::ReferenceSet set_ = reference_set(drawn_);

    Identification of(const std::vector<Watched>& list, const Recipe& recipe = {.parts = {{0, 1.0}}}) const {
        return identified(measure(drawn_, recipe, 1), prepared(set_), list);
    }
};

TEST_F(WatchList, SpeaksOfEveryWatchedSubstanceOnce) {
    set_.references[7].watched = true;
    set_.references[2].substance.synonyms = {"Another Name"};
    const auto result = of({{"substance 0", {}, {}},
                            {"another name", {}, {}},
                            {"carfentanil", {}, {}},
                            {"something", {"substance 5"}, {}}});
    EXPECT_EQ(entry(result, "substance 0"), nullptr);  // it is a component
    EXPECT_NE(entry(result, "another name"), nullptr);
    EXPECT_NE(entry(result, "something"), nullptr);
    EXPECT_NE(entry(result, "substance 7"), nullptr);
    EXPECT_TRUE(uncovered(result, "carfentanil", NotCoveredReason::no_reference));
    EXPECT_EQ(result.not_detected.size(), 3u);
    EXPECT_EQ(result.not_covered.size(), 1u);
}

TEST_F(WatchList, StatesLimitsBetweenTheUnverifiedFloorAndEverything) {
    std::vector<Watched> list;
    for (std::size_t i = 1; i < 20; ++i) list.push_back({drawn_[i].name, {}, {}});
    for (const NotDetected& one : of(list).not_detected) {
        ASSERT_TRUE(one.detection_limit_share.has_value()) << one.name;
        EXPECT_GE(*one.detection_limit_share, 0.10);
        EXPECT_LE(*one.detection_limit_share, 1.0);
        EXPECT_FALSE(one.limit_verified);
    }
}

TEST_F(WatchList, StatesHigherLimitsInANoisierScan) {
    const std::vector<Watched> list{{"substance 5", {}, {}}};
    double last = 0.0;
    for (const double noise : {0.01, 0.03, 0.06}) {
        const auto result = of(list, {.parts = {{0, 1.0}}, .noise = noise});
        ASSERT_NE(entry(result, "substance 5"), nullptr);
        const double limit = entry(result, "substance 5")->detection_limit_share.value();
        EXPECT_GE(limit, last);
        last = limit;
    }
    EXPECT_GT(last, 0.10);
}

TEST_F(WatchList, ShowsTheWorstMemberOfAClassAndThatItIsCoveredInPart) {
    const auto result = of({{"whole class", {}, {"substance 5", "substance 6"}},
                            {"part of a class", {}, {"substance 5", "not in the library"}},
                            {"no class", {}, {"nobody", "nothing"}},
                            {"substance 5", {}, {}},
                            {"substance 6", {}, {}}});
    ASSERT_NE(entry(result, "whole class"), nullptr);
    EXPECT_FALSE(entry(result, "whole class")->partly_covered);
    EXPECT_EQ(entry(result, "whole class")->detection_limit_share,
              std::max(entry(result, "substance 5")->detection_limit_share,
                       entry(result, "substance 6")->detection_limit_share));
    ASSERT_NE(entry(result, "part of a class"), nullptr);
    EXPECT_TRUE(entry(result, "part of a class")->partly_covered);
    EXPECT_TRUE(uncovered(result, "no class", NotCoveredReason::no_reference));
}

TEST_F(WatchList, TakesTheLibrarysOwnClassesIntoAccount) {
    set_.references[9].substance.substance_class = "Nitazenes";
    const auto result = of({{"nitazenes", {}, {"metonitazene"}}});
    ASSERT_NE(entry(result, "nitazenes"), nullptr);
    EXPECT_TRUE(entry(result, "nitazenes")->partly_covered);
}

TEST_F(WatchList, DoesNotCallAClassUnseenWhenAMemberIsNamed) {
    const auto result = of({{"class", {}, {"substance 0", "substance 5"}}});
    EXPECT_EQ(entry(result, "class"), nullptr);
    EXPECT_TRUE(result.not_covered.empty());
}

TEST_F(WatchList, DoesNotCallATwinOfWhatIsNamedUnseen) {
    auto drawn = drawn_;
    drawn.push_back(drawn[0]);
    drawn.back().name = "twin";
    set_ = reference_set(drawn);
    EXPECT_EQ(entry(of({{"twin", {}, {}}}), "twin"), nullptr);
}

TEST_F(WatchList, SaysThatAReferenceLiesOutsideTheRange) {
    set_.references[5].first = 0;
    set_.references[5].last = 120;
    EXPECT_TRUE(uncovered(of({{"substance 5", {}, {}}}), "substance 5", NotCoveredReason::outside_range));
}

}  // namespace
}  // namespace singel::tests
