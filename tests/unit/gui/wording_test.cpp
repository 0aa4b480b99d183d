#include <gtest/gtest.h>

#include "gui/wording/hidden.hpp"
#include "gui/wording/sentence.hpp"
#include "gui/wording/trouble.hpp"
#include "tests/support/gui_samples.hpp"

namespace singel::gui::wording {
namespace {

using acquisition::Statement;
using acquisition::StatementCode;

Statement about(StatementCode code, const std::string& substance = {}) {
    Statement statement;
    statement.code = code;
    statement.substance = substance;
    return statement;
}

Language dutch() {
    return language_named("nl").value();
}

QString words(const Statement& statement, const Language& language = english()) {
    return sentence(statement, language).replace(QChar(0x00a0), ' ');
}

TEST(Sentence, GivesAShareWithItsInterval) {
    Statement found = about(StatementCode::substance_found, "caffeine");
    found.share = 0.62;
    found.share_interval = spectra::identify::Interval{0.571, 0.669};
    EXPECT_EQ(words(found), "Caffeine: found, about 62 % of what we could explain (57–67 %).");
    EXPECT_EQ(words(found, dutch()), "Cafeïne: gevonden, ongeveer 62 % van wat we konden verklaren (57–67 %).");
}

TEST(Sentence, SaysThatAShareCannotBeSaidWhenThereIsNone) {
    EXPECT_EQ(words(about(StatementCode::substance_probable, "caffeine")),
              "Probably caffeine. How much cannot be said.");
}

TEST(Sentence, NamesTheLimitOfWhatWasNotSeen) {
    Statement not_seen = about(StatementCode::not_seen_above, "fentanyl");
    not_seen.limit = 0.0812;
    EXPECT_EQ(words(not_seen), "We did not see fentanyl; this scan shows it from 9 % of the signal up.");
}

TEST(Sentence, NeverInventsALimit) {
    const QString text = words(about(StatementCode::not_seen_above, "fentanyl"));
    EXPECT_EQ(text, "We did not see fentanyl; from how much this scan would show it is not known.");
}

TEST(Sentence, LeavesNoPlaceholderAndIsNeverEmpty) {
    for (const Language& language : {english(), dutch()}) {
        for (int code = 0; code <= static_cast<int>(StatementCode::simulated); ++code) {
            for (const bool with_figures : {false, true}) {
                Statement statement = about(static_cast<StatementCode>(code), "caffeine");
                statement.strip = acquisition::StripKind::nitazene;
                if (with_figures) {
                    statement.share = statement.limit = 0.25;
                    statement.share_interval = spectra::identify::Interval{0.2, 0.3};
                    statement.bands_cm1 = {1001.4};
                }
                const QString text = words(statement, language);
                EXPECT_FALSE(text.isEmpty()) << code;
                EXPECT_FALSE(text.contains('{') || text.contains('}')) << text.toStdString();
            }
        }
    }
}

TEST(Percent, RoundsSoThatNoFigurePromisesTooMuch) {
    const auto text = [](double ratio, Rounding rounding) {
        return percent(ratio, rounding).replace(QChar(0x00a0), ' ').toStdString();
    };
    EXPECT_EQ(text(0.0701, Rounding::up), "8 %");
    EXPECT_EQ(text(0.07, Rounding::up), "7 %");  // not 8, though 0.07 * 100 is a hair above 7
    EXPECT_EQ(text(0.579, Rounding::down), "57 %");
    EXPECT_EQ(text(0.004, Rounding::nearest), "1 %");  // a little is not "0 %"
    EXPECT_EQ(text(1.7, Rounding::nearest), "100 %");
    EXPECT_EQ(text(std::nan(""), Rounding::up), "?");
}

TEST(Heading, EndsInNotFinishedUntilTheStripsAreRead) {
    const auto open = tests::sample_record();
    EXPECT_TRUE(heading(open.verdict, false, english()).endsWith("· not finished: use strips"));
    const auto finished = tests::different_record();
    EXPECT_EQ(heading(finished.verdict, true, english()), "Different from what you expected");
}

TEST(Heading, DoesNotSayCouldNotTellWhenItOnlyWasNotCompared) {
    const auto record = tests::sample_record();
    EXPECT_TRUE(heading(record.verdict, false, english()).startsWith("We were not told what it was sold as"));
    EXPECT_TRUE(heading(record.verdict, true, english()).startsWith("We could not tell"));
}

TEST(Hidden, PutsWhatCannotBeRecognisedFirstAndForgetsNone) {
    const auto record = tests::sample_record();
    const QStringList paragraphs = hidden_paragraphs(record.verdict, english());
    ASSERT_EQ(paragraphs.size(), 3);
    EXPECT_EQ(paragraphs[0], "This test cannot recognise at all: nitazenes, heroin.");
    EXPECT_EQ(QString(paragraphs[1]).replace(QChar(0x00a0), ' '),
              "Less than this part of the signal can be hidden: fentanyl 9 %, xylazine 7 %, amphetamine 6 %.");
    EXPECT_EQ(paragraphs[2], "Not seen, and how much can be hidden is not known: lactose.");
}

TEST(Substance, IsTranslatedWhereATranslationIsKnownAndElseKept) {
    EXPECT_EQ(substance("Caffeine", dutch()), "cafeïne");
    EXPECT_EQ(substance("2C-B", dutch()), "2C-B");
    EXPECT_EQ(substance("caffeine", english()), "caffeine");
}

TEST(Language, RefusesOneThatIsNotHereAndNamesThoseThatAre) {
    const auto language = language_named("xx");
    ASSERT_FALSE(language);
    EXPECT_EQ(language.error().fault, core::Fault::invalid_argument);
    EXPECT_NE(language.error().sentence().find("en, nl"), std::string::npos);
    EXPECT_FALSE(language_named(""));
    EXPECT_FALSE(language_named("../nl"));
}

TEST(Trouble, HasPlainWordsAndARemedyForEveryFault) {
    for (int fault = 0; fault <= static_cast<int>(core::Fault::input_output); ++fault) {
        const core::Error error{static_cast<core::Fault>(fault), "the detail", "there", {}};
        for (const Language& language : {english(), dutch()}) {
            const Trouble words = trouble(error, language);
            EXPECT_FALSE(words.what.isEmpty()) << fault;
            EXPECT_FALSE(words.what_to_do.isEmpty()) << fault;
            EXPECT_TRUE(words.detail.contains("the detail")) << fault;
        }
    }
}

}  // namespace
}  // namespace singel::gui::wording
