#include "spectra/io/jcamp_table.hpp"

#include <cmath>
#include <gmock/gmock.h>
#include <string>
#include <vector>

using namespace singel::spectra;
using namespace singel::spectra::io;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

core::Result<OrdinateTable> decode(std::initializer_list<std::string_view> texts, bool decimal_comma = false,
                                   std::size_t max_points = 1000) {
    std::vector<Line> lines;
    for (std::string_view text : texts) lines.push_back({lines.size() + 1, text});
    return decode_ordinates(lines, {decimal_comma, max_points, "a.dx"});
}

std::vector<double> values(std::initializer_list<std::string_view> texts, bool decimal_comma = false) {
    auto table = decode(texts, decimal_comma);
    EXPECT_TRUE(table) << table.error().sentence();
    return table ? table->values : std::vector<double>{};
}

std::string why_not(std::initializer_list<std::string_view> texts, std::size_t max_points = 1000) {
    const auto table = decode(texts, false, max_points);
    EXPECT_FALSE(table);
    return table ? "" : table.error().sentence();
}

}  // namespace

// The worked example of the published description: DIF form with its check ordinate on the next line.
TEST(JcampOrdinates, DecodeDifferencesAsPublished) {
    EXPECT_THAT(values({"16383a0247J1448o397J2441j3022"}), ElementsAre(-10247, 1201, -5196, 7245, -5777));
}

TEST(JcampOrdinates, AreTheSameInEveryForm) {
    const std::vector<double> expected{1000, 1001, 1003, 1003, 1003, 998, -7, 0, 0};
    EXPECT_EQ(values({"400 1000 1001 1003 1003 1003", "405 998 -7 0 0"}), expected);
    EXPECT_EQ(values({"400+1000+1001+1003+1003+1003", "405+998-7+0+0"}), expected);
    EXPECT_EQ(values({"400A000A001A003A003A003", "405I98g@@"}), expected);
    EXPECT_EQ(values({"400A000A001A003U", "405I98g@T"}), expected);
    EXPECT_EQ(values({"400A000JK%T", "404A003n", "405I98j005P%"}), expected);
}

TEST(JcampOrdinates, DropTheCheckOrdinateAndKnowWhereLinesBegin) {
    const auto table = decode({"400A000JK", "402A003JJ", "404A005"});
    ASSERT_TRUE(table);
    EXPECT_THAT(table->values, ElementsAre(1000, 1001, 1003, 1004, 1005));
    ASSERT_EQ(table->starts.size(), 3u);
    EXPECT_EQ(table->starts[1].index, 2u);
    EXPECT_EQ(table->starts[2].index, 4u);
    EXPECT_DOUBLE_EQ(table->starts[1].x, 402.0);
}

TEST(JcampOrdinates, ReadExponentsAndUnknownValues) {
    const auto read = values({"400 1.5E+03 2.5E-01 ? -3e2", "404 1.25E3 7"});
    ASSERT_EQ(read.size(), 6u);
    EXPECT_DOUBLE_EQ(read[0], 1500.0);
    EXPECT_DOUBLE_EQ(read[1], 0.25);
    EXPECT_TRUE(std::isnan(read[2]));
    EXPECT_DOUBLE_EQ(read[3], -300.0);
    EXPECT_DOUBLE_EQ(read[4], 1250.0);
}

TEST(JcampOrdinates, TakeEAsADigitInSqueezedForm) {
    EXPECT_THAT(values({"100E12E3"}), ElementsAre(512, 53));
    EXPECT_THAT(values({"100E12A5"}), ElementsAre(512, 15));
}

TEST(JcampOrdinates, ReadDecimalCommasWhereTheBlockHasThem) {
    EXPECT_THAT(values({"400,5 0,25 1,75"}, true), ElementsAre(0.25, 1.75));
    EXPECT_THAT(values({"400,25,75"}), ElementsAre(25, 75));
}

TEST(JcampOrdinates, RefuseACheckOrdinateThatDiffers) {
    EXPECT_THAT(why_not({"400A000JK", "402A004JJ"}),
                HasSubstr("check ordinate is 1004 where the line before ends with 1003"));
    EXPECT_THAT(why_not({"400A000JK", "402A004JJ"}), HasSubstr("line 2"));
}

TEST(JcampOrdinates, RefuseWhatNoFormAllows) {
    EXPECT_THAT(why_not({"400A000!5"}), HasSubstr("code 33"));
    EXPECT_THAT(why_not({"400J5"}), HasSubstr("whole value"));
    EXPECT_THAT(why_not({"400T"}), HasSubstr("whole value"));
    EXPECT_THAT(why_not({"? 5"}), HasSubstr("abscissa"));
    EXPECT_THAT(why_not({"400A0?J5"}), HasSubstr("unknown value"));
    EXPECT_THAT(why_not({"400 1.2.3E+999 4"}), HasSubstr("not a number"));
    EXPECT_THAT(why_not({"400 - 4"}), HasSubstr("not a number"));
}

TEST(JcampOrdinates, RefuseMorePointsThanAllowedBeforeTheyAreMade) {
    EXPECT_THAT(why_not({"400A0S999999999999"}), HasSubstr("more than 1000 points"));
    EXPECT_THAT(why_not({"400A0JS999999999999"}), HasSubstr("more than 1000 points"));
    EXPECT_THAT(why_not({"400 1 2 3 4 5"}, 4), HasSubstr("more than 4 points"));
}

TEST(JcampPairs, ReadPairsHoweverTheyAreSeparated) {
    const std::vector<Line> lines{{1, "400, 1.5; 401, 2.5"}, {2, "402 3.5"}, {3, "403,?"}};
    const auto table = decode_pairs(lines, {false, 100, "a.dx"});
    ASSERT_TRUE(table) << table.error().sentence();
    EXPECT_THAT(table->x, ElementsAre(400, 401, 402, 403));
    EXPECT_DOUBLE_EQ(table->y[2], 3.5);
    EXPECT_TRUE(std::isnan(table->y[3]));
}

TEST(JcampPairs, RefuseAnOddNumberAndPackedForms) {
    const std::vector<Line> odd{{1, "400 1 401"}};
    EXPECT_FALSE(decode_pairs(odd, {false, 100, "a.dx"}));
    const std::vector<Line> packed{{1, "400 1 401 J5"}};
    EXPECT_FALSE(decode_pairs(packed, {false, 100, "a.dx"}));
    const std::vector<Line> many{{1, "400 1 401 5"}};
    EXPECT_FALSE(decode_pairs(many, {false, 1, "a.dx"}));
}
