#include "spectra/io/text.hpp"

#include <gtest/gtest.h>

using namespace singel::spectra::io;

TEST(LineReader, EndsLinesAtEveryKindOfLineEnd) {
    LineReader lines("a\nb\r\nc\rd\n\ne");
    std::vector<std::string> texts;
    std::size_t last = 0;
    while (const auto line = lines.next()) {
        texts.emplace_back(line->text);
        last = line->number;
    }
    EXPECT_EQ(texts, (std::vector<std::string>{"a", "b", "c", "d", "", "e"}));
    EXPECT_EQ(last, 6u);
}

TEST(LineReader, HasNoLineInNoText) {
    LineReader lines("");
    EXPECT_FALSE(lines.next());
}

TEST(Number, ReadsPointsAndDecimalCommas) {
    EXPECT_EQ(number(" 1.5 "), 1.5);
    EXPECT_EQ(number("1,5"), 1.5);
    EXPECT_EQ(number("+2"), 2.0);
    EXPECT_EQ(number("-1.8792E2"), -187.92);
}

TEST(Number, RefusesWhatIsNotWholeAndFinite) {
    for (const char* text : {"", " ", "1.5x", "1,5,2", "1.234,5", "+-1", "inf", "nan", "1e999", "0x10"})
        EXPECT_FALSE(number(text)) << text;
    EXPECT_FALSE(number("1,5", ','));
    EXPECT_FALSE(number(std::string(100, '1')));
}

TEST(Fields, KeepQuotedSeparatorsAndEmptyEnds) {
    const auto parts = fields(R"( "1,2-dichloroethane" , 3 ,, )", ',');
    ASSERT_EQ(parts.size(), 4u);
    EXPECT_EQ(parts[0], "1,2-dichloroethane");
    EXPECT_EQ(parts[1], "3");
    EXPECT_EQ(parts[3], "");
    EXPECT_EQ(fields("\"never closed, 1", ',').size(), 2u);
}

TEST(Fields, TakeAnyRunOfBlanksAsOneSeparator) {
    EXPECT_EQ(fields("  1 \t 2  ", ' '), (std::vector<std::string_view>{"1", "2"}));
    EXPECT_TRUE(fields("   ", ' ').empty());
}

TEST(SeparatorOf, TellsDecimalCommasFromSeparators) {
    EXPECT_EQ(separator_of("1,5;2,5"), ';');
    EXPECT_EQ(separator_of("1.5\t2"), '\t');
    EXPECT_EQ(separator_of("1,5 2,5"), ' ');
    EXPECT_EQ(separator_of("1, 5"), ',');
    EXPECT_EQ(separator_of("1,5"), ',');
    EXPECT_FALSE(separator_of("Date: 2020"));
    EXPECT_FALSE(separator_of("7"));
    EXPECT_FALSE(separator_of(""));
}

TEST(Stem, IsTheFileNameWithoutFolderAndEnding) {
    EXPECT_EQ(stem("a/b/citric acid.csv"), "citric acid");
    EXPECT_EQ(stem("caffeine"), "caffeine");
    EXPECT_EQ(stem(".hidden"), ".hidden");
}
