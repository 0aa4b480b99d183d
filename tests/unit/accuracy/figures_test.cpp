#include "tests/accuracy/figures.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace singel::tests::accuracy;

namespace {

Figure figure(double value, Range range, Asked asked) {
    return {"C", "pairs", value, range, 100.0, asked};
}

TEST(Verdict, SaysWhetherTheFloorIsReached) {
    EXPECT_EQ(verdict(figure(0.7, {0.6, 0.8}, {0.6, {}})), "reached");
    EXPECT_EQ(verdict(figure(0.5, {0.4, 0.7}, {0.6, {}})), "short, within error");
    EXPECT_EQ(verdict(figure(0.5, {0.4, 0.55}, {0.6, {}})), "short");
}

TEST(Verdict, TurnsRoundForWhatMustStayBelow) {
    EXPECT_EQ(verdict(figure(0.04, {0.0, 0.1}, {0.05, {}, Aim::at_most})), "reached");
    EXPECT_EQ(verdict(figure(0.2, {0.1, 0.3}, {0.05, {}, Aim::at_most})), "short");
}

TEST(Verdict, IsSilentWithoutTrials) {
    Figure none = figure(0.0, {}, {0.6, {}});
    none.n = 0.0;
    EXPECT_EQ(verdict(none), "");
}

TEST(AccuracyTable, SaysTheSameToPeopleAndMachines) {
    Table table;
    table.head = "made up";
    Ratio ratio;
    ratio.count(1, 1.0);
    ratio.count(2, 0.0);
    table.add("A", "pures", ratio, Asked{0.96, 0.98});
    table.note("A", "missed: one");
    const std::string text = text_of(table);
    EXPECT_NE(text.find("0.500"), std::string::npos);
    EXPECT_NE(text.find(">= 0.96 (0.98)"), std::string::npos);
    EXPECT_NE(text.find("missed: one"), std::string::npos);
    const auto json = nlohmann::json::parse(json_of(table));
    EXPECT_EQ(json["format"], "singel-accuracy");
    EXPECT_EQ(json["figures"][0]["value"], 0.5);
    EXPECT_EQ(json["figures"][0]["floor"], 0.96);
    EXPECT_EQ(json["figures"][0]["n"], 2.0);
}

}  // namespace
