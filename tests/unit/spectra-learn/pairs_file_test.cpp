#include "spectra/learn/pairs_file.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

#include "spectra/learn/exchanged.hpp"
#include "tests/unit/spectra-learn/made_up_pairs.hpp"

namespace singel::spectra::learn {
namespace {

TEST(PairsFile, ReadsQuotedNamesWithCommasAndSeveralReferences) {
    const auto lines = parse_pairs(
        "query_file,library_files,kind\r\n\"N,N-DMF.csv\",\"a \"\"b\"\".csv;c.csv\",liquid\n\nx.csv,y.csv\n");
    ASSERT_TRUE(lines) << lines.error().sentence();
    ASSERT_EQ(lines->size(), 2u);
    EXPECT_EQ((*lines)[0].query, "N,N-DMF.csv");
    EXPECT_EQ((*lines)[0].references, (std::vector<std::string>{"a \"b\".csv", "c.csv"}));
    EXPECT_FALSE((*lines)[0].solid);
}

TEST(PairsFile, IsRefusedWithTheLineThatIsWrong) {
    EXPECT_EQ(parse_pairs("").error().where, "line 1");
    EXPECT_EQ(parse_pairs("a,b\n").error().where, "line 1");
    EXPECT_EQ(parse_pairs("query_file,library_files\na.csv,b.csv\nc.csv\n").error().where, "line 3");
    EXPECT_EQ(parse_pairs("query_file,library_files\na.csv,\n").error().where, "line 2");
    EXPECT_EQ(parse_pairs("query_file,library_files,kind\na,b,gas\n").error().where, "line 2");
}

TEST(PairsFile, OfTheSharedDataNamesEveryPair) {
    const std::filesystem::path file = std::filesystem::path(SINGEL_SHARED_DATA) / "raman-pairs.csv";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "no shared data";
    std::ifstream stream(file);
    const std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    const auto lines = parse_pairs(text);
    ASSERT_TRUE(lines) << lines.error().sentence();
    EXPECT_EQ(lines->size(), 59u);
}

TEST(Matching, PairsEqualNamesAndSaysWhatHasNone) {
    auto made = tests::learn::made_up_pairs(3, 1);
    made.paired.queries[0].name = "Substance_0";  // normalised names are compared
    made.paired.queries[2].name = "something else";
    const Matched matched = match(made.paired.queries, made.set);
    ASSERT_EQ(matched.paired.pairs.size(), 2u);
    EXPECT_EQ(matched.paired.pairs[0].references, std::vector<std::size_t>{0});
    ASSERT_EQ(matched.notes.size(), 1u);
    EXPECT_NE(matched.notes[0].find("something else"), std::string::npos);
}

TEST(Matching, FindsReferencesByFileNameAndMakesConnectedOnesOneSubstance) {
    const auto made = tests::learn::made_up_pairs(4, 1);
    const Matched matched = match(made.paired.queries, made.set,
                                  {{"substance 0.csv", {"substance 1.csv", "substance 2.csv"}, true},
                                   {"substance 3.csv", {"substance 2.csv"}, true},
                                   {"nobody.csv", {"substance 0.csv"}, true}});
    ASSERT_EQ(matched.paired.pairs.size(), 2u);
    EXPECT_EQ(matched.paired.pairs[0].references, (std::vector<std::size_t>{1, 2}));
    EXPECT_EQ(substance_of(matched.paired, 0), substance_of(matched.paired, 1));
    EXPECT_EQ(matched.notes.size(), 1u);
}

TEST(Exchange, MakesQueriesOfReferencesAndReferencesOfQueries) {
    auto made = tests::learn::made_up_pairs(3, 1);
    made.paired.pairs[1].references = {1, 2};
    made.paired.pairs.pop_back();
    for (std::size_t i = 0; i < 2; ++i) made.paired.pairs[i].substance = made.paired.queries[i].name;
    const auto exchanged = learn::exchanged(made.paired, made.set);
    ASSERT_TRUE(exchanged) << exchanged.error().sentence();
    ASSERT_EQ(exchanged->paired.pairs.size(), 3u);
    EXPECT_EQ(exchanged->paired.pairs[2].references, std::vector<std::size_t>{1});
    EXPECT_EQ(substance_of(exchanged->paired, 2), "substance 1");
    EXPECT_EQ(exchanged->paired.queries[2].name, "substance 2");
    EXPECT_EQ(exchanged->set.references.size(), 3u);
    EXPECT_FLOAT_EQ(exchanged->set.row(0)[100], static_cast<float>(made.paired.queries[0].spectrum.values[50]));
}

}  // namespace
}  // namespace singel::spectra::learn
