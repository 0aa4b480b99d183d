#include <gtest/gtest.h>

#include "gui/models/picture.hpp"
#include "gui/wording/evidence.hpp"
#include "tests/support/gui_samples.hpp"

namespace singel::gui {
namespace {

using spectra::identify::Account;
using spectra::identify::BandSays;

QString said(const Account& account, const char* language = "en") {
    return wording::evidence_sentences("caffeine", account, wording::language_named(language).value()).join(' ');
}

TEST(EvidenceWording, SaysWhenNoBandStandsOutAndNothingElseCouldBeIt) {
    Account account;
    account.left_with = account.left_without = 1.0;
    EXPECT_EQ(said(account),
              "None of its strongest bands stands out by itself. Without caffeine hardly more stays unexplained. "
              "No other substance of this library could stand in its place.");
}

TEST(EvidenceWording, GivesNoFigureWhereItWouldSayNothingMore) {
    Account account;
    account.left_with = 0.0;
    account.left_without = 10.0;
    EXPECT_TRUE(said(account).contains("many times as much"));
}

TEST(EvidenceWording, IsThereInEveryLanguage) {
    const auto record = tests::explained_record();
    const Account& account = *record.identification.components[0].account;
    for (const wording::LanguageEntry& entry : wording::languages()) {
        if (std::string_view(entry.code) == "en") continue;
        EXPECT_NE(said(account, entry.code), said(account)) << entry.code;
        EXPECT_FALSE(said(account, entry.code).contains('{')) << entry.code;
    }
}

TEST(EvidencePicture, ShowsTheFitWithAndWithoutTheFinding) {
    const auto record = tests::explained_record();
    const EvidencePicture picture = evidence_picture(record.identification, 0);
    ASSERT_EQ(picture.with.size(), picture.without.size());
    ASSERT_EQ(picture.marks.size(), 4U);
    const auto& curve = record.identification.curves.components[0];
    for (qsizetype i = 0; i < picture.with.size(); ++i)
        EXPECT_NEAR(picture.with[i].y() - picture.without[i].y(), curve[static_cast<std::size_t>(i)], 1e-9);
    EXPECT_GE(picture.residual_peak, 500.0) << "of the residual without it: its strongest band";
}

TEST(EvidencePicture, IsEmptyWithoutAnAccountOrWithoutCurves) {
    auto record = tests::different_record();
    EXPECT_TRUE(evidence_picture(record.identification, 0).empty());
    record = tests::explained_record();
    record.identification.curves = {};
    EXPECT_TRUE(evidence_picture(record.identification, 0).empty());
}

}  // namespace
}  // namespace singel::gui
