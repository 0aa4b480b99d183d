#include "acquisition/statement.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

#include "acquisition/watch_list.hpp"
#include "tests/unit/acquisition/a_result.hpp"

namespace singel::acquisition {
namespace {

using namespace testing;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr StripReading shows(StripKind kind) {
    return {kind, true, TestLine::none};
}
constexpr StripReading reacts_not(StripKind kind) {
    return {kind, true, TestLine::clear};
}
constexpr StripReading broken(StripKind kind) {
    return {kind, false, TestLine::none};
}

bool says(const std::vector<Statement>& statements, StatementCode code) {
    return std::ranges::any_of(statements, [&](const Statement& one) { return one.code == code; });
}

std::vector<Statement> everything(const Verdict& verdict) {
    std::vector<Statement> all;
    for (const auto* part : {&verdict.headline, &verdict.found, &verdict.strips, &verdict.hidden,
                             &verdict.unrecognisable, &verdict.unexplained, &verdict.advice, &verdict.limits})
        all.insert(all.end(), part->begin(), part->end());
    return all;
}

// How alarming a sign is: a strip may only move a result up.
int rank(Sign sign) {
    switch (sign) {
        case Sign::dangerous: return 3;
        case Sign::different: return 2;
        case Sign::could_not_tell: return 1;
        case Sign::as_said: return 0;
    }
    return -1;
}

TEST(StripMeaning, OneLineIsPresentAnyTestLineIsNotDetectedNoControlLineIsInvalid) {
    EXPECT_EQ(meaning({StripKind::fentanyl, true, TestLine::none}), StripMeaning::class_present);
    EXPECT_EQ(meaning({StripKind::fentanyl, true, TestLine::faint}), StripMeaning::not_detected);
    EXPECT_EQ(meaning({StripKind::fentanyl, true, TestLine::clear}), StripMeaning::not_detected);
    for (const TestLine line : {TestLine::none, TestLine::faint, TestLine::clear})
        EXPECT_EQ(meaning({StripKind::nitazene, false, line}), StripMeaning::invalid);
}

// The truth table of practice: spectrum against strip.
TEST(Conclusion, AgreesWhenSpectrumAndStripBothShowTheClass) {
    auto result = caffeine();
    result.components.push_back(component("fentanyl", identify::Certainty::probable, 0.1));
    const Verdict verdict = conclude(result, {}, {shows(StripKind::fentanyl)});
    EXPECT_EQ(verdict.sign, Sign::dangerous);
    EXPECT_TRUE(says(verdict.strips, StatementCode::strip_class_present));
}

TEST(Conclusion, StaysDangerousWhenTheSpectrumShowsWhatTheStripMisses) {
    auto result = caffeine();
    result.components.push_back(component("fentanyl", identify::Certainty::found, 0.1));
    const Verdict verdict = conclude(result, "caffeine", {reacts_not(StripKind::fentanyl)});
    EXPECT_EQ(verdict.sign, Sign::dangerous);
    EXPECT_TRUE(says(verdict.headline, StatementCode::substance_found));
    EXPECT_TRUE(says(verdict.strips, StatementCode::strip_not_detected));
}

TEST(Conclusion, LetsTheStripWinOverASilentSpectrum) {
    for (const StripKind kind : {StripKind::fentanyl, StripKind::nitazene, StripKind::benzodiazepine}) {
        const Verdict verdict = conclude(caffeine(), "caffeine", {shows(kind)});
        EXPECT_EQ(verdict.sign, Sign::dangerous) << name(kind);
        EXPECT_TRUE(says(verdict.headline, StatementCode::strip_class_present_spectrum_silent)) << name(kind);
    }
}

TEST(Conclusion, IsNotAlarmedByABenzodiazepineThatWasBoughtAsOne) {
    auto result = caffeine();
    result.components = {component("diazepam", identify::Certainty::found)};
    const Verdict verdict = conclude(
        result, "diazepam",
        {shows(StripKind::benzodiazepine), reacts_not(StripKind::fentanyl), reacts_not(StripKind::nitazene)});
    EXPECT_EQ(verdict.sign, Sign::as_said);
}

TEST(Conclusion, IsFinishedOnlyWhenBothOpioidStripsAreReadOrSkipped) {
    const auto finished = [](std::vector<StripReading> strips, std::vector<StripKind> skipped = {}) {
        return conclude(caffeine(), "caffeine", strips, skipped).finished;
    };
    EXPECT_FALSE(finished({}));
    EXPECT_FALSE(finished({reacts_not(StripKind::fentanyl)}));
    EXPECT_FALSE(finished({reacts_not(StripKind::fentanyl), broken(StripKind::nitazene)}));
    EXPECT_TRUE(finished({reacts_not(StripKind::fentanyl), reacts_not(StripKind::nitazene)}));
    EXPECT_TRUE(finished({shows(StripKind::fentanyl), reacts_not(StripKind::nitazene)}));
    EXPECT_TRUE(finished({reacts_not(StripKind::fentanyl)}, {StripKind::nitazene}));
}

TEST(Conclusion, SaysAsSaidOnlyWithBothStripsReadAndNothingUnexplained) {
    const std::vector<StripReading> both{reacts_not(StripKind::fentanyl), reacts_not(StripKind::nitazene)};
    EXPECT_EQ(conclude(caffeine(), "caffeine", both).sign, Sign::as_said);
    EXPECT_EQ(conclude(caffeine(), "caffeine", {}).sign, Sign::could_not_tell);
    EXPECT_EQ(conclude(caffeine(), "caffeine", {}, {StripKind::fentanyl, StripKind::nitazene}).sign,
              Sign::could_not_tell);
    EXPECT_EQ(conclude(caffeine(), "", both).sign, Sign::could_not_tell);
    auto strange = caffeine();
    strange.unknown.present = true;
    EXPECT_EQ(conclude(strange, "caffeine", both).sign, Sign::could_not_tell);
}

TEST(Conclusion, CallsItDifferentOnlyWhereTheScanWouldHaveShownWhatWasSaid) {
    EXPECT_EQ(conclude(caffeine(), "heroin", {}).sign, Sign::could_not_tell) << "no limit can be given for it";
    auto with_limit = caffeine();
    with_limit.not_detected[1].detection_limit_share = 0.2;
    const Verdict verdict = conclude(with_limit, "heroin", {});
    EXPECT_EQ(verdict.sign, Sign::different);
    EXPECT_TRUE(says(verdict.headline, StatementCode::not_what_was_said));
    const Verdict unknown = conclude(caffeine(), "something else", {});
    EXPECT_EQ(unknown.sign, Sign::could_not_tell);
    EXPECT_TRUE(says(unknown.headline, StatementCode::said_but_not_recognisable));
}

TEST(Conclusion, TreatsAnyMemberOfAGroupAsPossible) {
    auto result = caffeine();
    result.components[0].group = {"caffeine", "isotonitazene"};
    EXPECT_EQ(conclude(result, "caffeine", {}).sign, Sign::dangerous);
}

TEST(Conclusion, SaysCouldNotTellOfAnUnusableScan) {
    auto result = caffeine();
    result.quality.usable = false;
    result.components.clear();
    const Verdict verdict = conclude(result, "caffeine", {});
    EXPECT_EQ(verdict.sign, Sign::could_not_tell);
    EXPECT_TRUE(says(verdict.headline, StatementCode::could_not_tell));
    EXPECT_FALSE(says(verdict.unexplained, StatementCode::no_unexplained_bands));
}

TEST(Conclusion, MarksASimulationAmongTheLimits) {
    auto result = caffeine();
    EXPECT_FALSE(says(conclude(result, {}, {}).limits, StatementCode::simulated));
    result.provenance.instrument.simulated = true;
    EXPECT_TRUE(says(conclude(result, {}, {}).limits, StatementCode::simulated));
}

// Random results and strips, fixed seed.
class RandomResults : public ::testing::Test {
protected:
    static constexpr int rounds = 2000;
    std::mt19937 random{20};
    unsigned dice(unsigned sides) { return static_cast<unsigned>(random() % sides); }

    identify::Identification result() {
        static const std::vector<std::string> names{"caffeine", "fentanyl", "isotonitazene", "cocaine",
                                                    "diazepam", "mannitol", "PMMA"};
        auto made = caffeine();
        made.components.clear();
        for (unsigned i = dice(3); i > 0; --i)
            made.components.push_back(component(names[dice(7)], static_cast<identify::Certainty>(dice(3))));
        made.quality.usable = dice(4) > 0;
        made.unknown.present = dice(3) == 0;
        made.not_detected.push_back(
            {"cocaine", dice(2) ? std::optional(0.01 * dice(99)) : std::nullopt, false, dice(2) == 0});
        return made;
    }
    std::string said() {
        static const std::vector<std::string> names{"", "caffeine", "cocaine", "diazepam", "heroin", "unheard of"};
        return names[dice(6)];
    }
    std::vector<StripReading> strips() {
        std::vector<StripReading> made;
        for (const StripKind kind : {StripKind::fentanyl, StripKind::nitazene, StripKind::benzodiazepine})
            if (dice(2)) made.push_back({kind, dice(3) > 0, static_cast<TestLine>(dice(3))});
        return made;
    }
};

TEST_F(RandomResults, NeverGrowMilderWhenAStripThatShowsAClassIsAdded) {
    for (int round = 0; round < rounds; ++round) {
        const auto result = this->result();
        const auto said = this->said();
        auto strips = this->strips();
        const int before = rank(conclude(result, said, strips).sign);
        strips.push_back(shows(static_cast<StripKind>(dice(3))));
        const int after = rank(conclude(result, said, strips).sign);
        EXPECT_GE(after, before);
        EXPECT_TRUE(after == rank(Sign::dangerous) || strips.back().kind == StripKind::benzodiazepine);
    }
}

TEST_F(RandomResults, NeverGrowMoreCertainWithAMissingSkippedOrInvalidStrip) {
    for (int round = 0; round < rounds; ++round) {
        const auto result = this->result();
        const auto said = this->said();
        const auto strips = this->strips();
        const Verdict full = conclude(result, said, strips);
        auto worse = strips;
        worse.push_back(broken(static_cast<StripKind>(dice(3))));
        EXPECT_GE(rank(conclude(result, said, worse).sign), rank(full.sign));
        EXPECT_EQ(conclude(result, said, worse).finished, full.finished) << "an invalid strip settles nothing";
        EXPECT_EQ(conclude(result, said, strips, {StripKind::fentanyl, StripKind::nitazene}).sign, full.sign);
        if (strips.empty() || meaning(strips.back()) == StripMeaning::class_present) continue;
        auto fewer = strips;
        fewer.pop_back();
        EXPECT_GE(rank(conclude(result, said, fewer).sign), rank(full.sign));
    }
}

TEST_F(RandomResults, GiveEveryNotSeenItsLimitOrSayThatThereIsNone) {
    for (int round = 0; round < rounds; ++round) {
        const auto result = this->result();
        const Verdict verdict = conclude(result, said(), strips());
        ASSERT_EQ(verdict.hidden.size(), result.not_detected.size());
        for (const Statement& statement : verdict.hidden) {
            if (statement.code == StatementCode::not_seen_above) {
                ASSERT_TRUE(statement.limit);
                EXPECT_THAT(english(statement), HasSubstr("%"));
            } else {
                EXPECT_EQ(statement.code, StatementCode::not_seen_limit_unknown);
                EXPECT_THAT(english(statement), HasSubstr("no limit can be given"));
            }
        }
    }
}

TEST_F(RandomResults, NeverUseABannedWord) {
    for (int round = 0; round < rounds; ++round) {
        for (const Statement& statement : everything(conclude(result(), said(), strips()))) {
            std::string text = english(statement);
            ASSERT_FALSE(text.empty()) << name(statement.code);
            std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
            for (const char* banned : {"safe", "pure", "purity", "absent"}) EXPECT_THAT(text, Not(HasSubstr(banned)));
        }
    }
}

TEST(English, RoundsLimitsUpAndNeverToNothing) {
    Statement statement;
    statement.code = StatementCode::not_seen_above;
    statement.substance = "fentanyl";
    statement.limit = 0.051;
    EXPECT_THAT(english(statement), HasSubstr("above 6 % of the signal"));
    statement.limit = 0.05;
    EXPECT_THAT(english(statement), HasSubstr("above 5 %"));
    statement.limit = 0.001;
    EXPECT_THAT(english(statement), HasSubstr("above 1 %"));
}

TEST(English, GivesSharesWithTheirInterval) {
    const Verdict verdict = conclude(caffeine(), {}, {});
    EXPECT_EQ(english(verdict.found.front()),
              "We found caffeine, about 60 % of what we could explain (55 % to 65 %).");
}

TEST(WatchList, SpeaksOfTheClassesThatKill) {
    const auto named = [](std::string_view substance) {
        return std::ranges::any_of(watch_list(), [&](const auto& one) { return one.name == substance; });
    };
    for (const char* must : {"fentanyl", "carfentanil", "nitazenes", "heroin", "cocaine", "MDMA", "amphetamine",
                             "methamphetamine", "ketamine", "xylazine", "medetomidine", "benzodiazepines", "PMMA",
                             "synthetic cathinones", "synthetic cannabinoids"})
        EXPECT_TRUE(named(must)) << must;
}

TEST(WatchList, NamesNothingTwice) {
    std::vector<std::string> names;
    for (const auto& watched : watch_list()) {
        names.push_back(watched.name);
        names.insert(names.end(), watched.synonyms.begin(), watched.synonyms.end());
        names.insert(names.end(), watched.members.begin(), watched.members.end());
    }
    std::ranges::sort(names);
    EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
}

TEST(WatchList, KnowsMembersAndSynonymsInAnySpelling) {
    EXPECT_TRUE(high_risk("Isotonitazene"));
    EXPECT_EQ(strip_for("isotonitazene"), StripKind::nitazene);
    EXPECT_TRUE(same_substance("DIAMORPHINE", "heroin"));
    EXPECT_FALSE(same_substance("isotonitazene", "metonitazene")) << "members of a class are not each other";
    EXPECT_FALSE(high_risk("caffeine"));
    EXPECT_EQ(strip_for("caffeine"), std::nullopt);
}

TEST(WatchList, GrowsByEachNewNameOnce) {
    const auto grown = watch_list_with({"caffeine", "CAFFEINE", "diamorphine", ""});
    EXPECT_EQ(grown.size(), watch_list().size() + 1);
}

}  // namespace
}  // namespace singel::acquisition
