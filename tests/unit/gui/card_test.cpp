#include "gui/card/card.hpp"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <gtest/gtest.h>

#include "acquisition/record_json.hpp"
#include "gui/card/qr.hpp"
#include "tests/support/gui_samples.hpp"

namespace singel::gui::card {
namespace {

namespace core = spectra::core;

// One space for any white space, so that a broken line does not hide a sentence.
QString text_of(const acquisition::records::Record& record, const char* language) {
    const auto pdf = render(record, wording::language_named(language).value());
    return pdf ? tests::pdf_text(*pdf).simplified() : QString();
}

TEST(Card, IsAPdfOfA6) {
    const auto pdf = render(tests::sample_record(false), wording::english());
    ASSERT_TRUE(pdf);
    EXPECT_TRUE(pdf->startsWith("%PDF-"));
    // A6 is 105 mm x 148 mm: 298 x 420 points of 1/72 inch.
    EXPECT_TRUE(pdf->contains("/MediaBox [0 0 297.")) << "page size";
}

TEST(Card, SaysWhatWasFoundAndWhatCouldNotBeSeen) {
    const QString text = text_of(tests::different_record(), "en");
    if (text.isEmpty()) GTEST_SKIP() << "pdftotext is not installed";
    for (const char* part :
         {"7K4M-29QX", "24 November 2026", "Different from what you expected", "You said: amphetamine",
          "Caffeine: found, about 62 %", "Probably paracetamol", "Fentanyl strip, two lines",
          "What this test cannot see", "cannot recognise at all: nitazenes, heroin", "fentanyl 9 %",
          "not known: lactose", "Take less than you are used to.", "Only the bit that we tested.", "without risk",
          "singel 0.1.0"}) {
        EXPECT_TRUE(QString(text).replace(QChar(0x00a0), ' ').contains(part))
            << part << "\nin: " << text.toStdString();
    }
}

TEST(Card, SpeaksItsOwnLanguage) {
    const QString text = text_of(tests::different_record(), "nl");
    if (text.isEmpty()) GTEST_SKIP() << "pdftotext is not installed";
    for (const char* part : {"Jouw code", "24 november 2026", "Anders dan je verwachtte", "Jij zei: amfetamine",
                             "Cafeïne: gevonden", "Wat deze test niet kan zien", "Gebruik niet alleen."}) {
        EXPECT_TRUE(text.contains(QString::fromUtf8(part))) << part << "\nin: " << text.toStdString();
    }
}

TEST(Card, UsesNoBannedWord) {
    const QRegularExpression banned("\\b(safe|pure|purity|absent|negative|veilig|zuiver|puur|afwezig|negatief)\\b",
                                    QRegularExpression::CaseInsensitiveOption);
    for (const char* language : {"en", "nl"}) {
        for (const auto& record : {tests::sample_record(true), tests::different_record()}) {
            const QString text = text_of(record, language);
            if (text.isEmpty()) GTEST_SKIP() << "pdftotext is not installed";
            EXPECT_FALSE(banned.match(text).hasMatch()) << banned.match(text).captured().toStdString();
        }
    }
}

TEST(Card, SaysSimulatedAndBearsNoClaimCodeWhenTheInstrumentWasVirtual) {
    auto record = tests::sample_record(true);
    record.claim_code = "7K4M-29QX";  // a record that lies about itself
    const QString text = text_of(record, "en");
    if (text.isEmpty()) GTEST_SKIP() << "pdftotext is not installed";
    EXPECT_TRUE(text.contains("SIMULATED – not a test")) << text.toStdString();
    EXPECT_FALSE(text.contains("7K4M")) << text.toStdString();
    EXPECT_TRUE(text_of(record, "nl").contains("GESIMULEERD"));
}

TEST(Card, DoesNotSaySimulatedOfARealSample) {
    const QString text = text_of(tests::sample_record(false), "en");
    if (text.isEmpty()) GTEST_SKIP() << "pdftotext is not installed";
    EXPECT_FALSE(text.contains("SIMULATED"));
}

TEST(Card, IsTheSameEachTimeAndBearsNoTimeOfDay) {
    const auto record = tests::sample_record(false);
    const auto first = render(record, wording::english()), second = render(record, wording::english());
    ASSERT_TRUE(first && second);
    EXPECT_EQ(*first, *second);
    EXPECT_TRUE(first->contains("/CreationDate (D:20261124000000Z"));
}

TEST(Card, LosesNoLineWhenThereIsTooMuchForOnePage) {
    auto record = tests::sample_record(false);
    for (int i = 0; i < 400; ++i) {
        acquisition::Statement statement;
        statement.code = acquisition::StatementCode::not_recognisable;
        statement.substance = "substance-" + std::to_string(1000 + i);
        record.verdict.unrecognisable.push_back(statement);
    }
    const QString text = text_of(record, "en");
    if (text.isEmpty()) GTEST_SKIP() << "pdftotext is not installed";
    // Long names may be broken at their hyphen: the numbers are what must all be there.
    for (int i = 0; i < 400; ++i) EXPECT_TRUE(text.contains(QString::number(1000 + i))) << i;
    EXPECT_TRUE(text.contains("Take less than you are used to."));
}

TEST(Card, LeavesTheOldFileWhenTheNewOneCannotBeWritten) {
    const QTemporaryDir folder;
    const QString file = folder.filePath("no such folder/card.pdf");
    const auto written = write(tests::sample_record(), wording::english(), file);
    ASSERT_FALSE(written);
    EXPECT_NE(written.error().sentence().find("card.pdf"), std::string::npos);
    EXPECT_FALSE(QFile::exists(file));
}

TEST(QrCode, HasTheThreeFindersOfTheStandard) {
    const auto code = qr_code("7K4M-29QX");
    ASSERT_TRUE(code);
    ASSERT_EQ(code->size, 21);  // version 1 holds nine letters at level M
    // ISO/IEC 18004: seven dark, a light ring, a dark 3 x 3 core, at three corners.
    for (const auto& [row, column] : {std::pair{0, 0}, {0, 14}, {14, 0}}) {
        for (int i = 0; i < 7; ++i) {
            EXPECT_TRUE(code->at(row, column + i) && code->at(row + 6, column + i) && code->at(row + i, column));
        }
        EXPECT_FALSE(code->at(row + 1, column + 1));
        EXPECT_TRUE(code->at(row + 3, column + 3));
    }
}

// singel-card as the command line calls it.
class CardProgram : public testing::Test {
protected:
    struct Outcome {
        int exit_code;
        QString error;
    };

    Outcome run(const QStringList& arguments, const QByteArray& input = {}) {
        QProcess program;
        program.start(SINGEL_BIN_DIR "/singel-card", arguments);
        program.write(input);
        program.closeWriteChannel();
        EXPECT_TRUE(program.waitForFinished(60000));
        return {program.exitCode(), QString::fromUtf8(program.readAllStandardError())};
    }
    static QByteArray json() {
        return QByteArray::fromStdString(acquisition::record_json(tests::different_record()));
    }

    const QTemporaryDir folder_;
    const QString card_ = folder_.filePath("card.pdf");
};

TEST_F(CardProgram, TurnsJsonIntoACard) {
    const Outcome outcome = run({"--language", "nl", "--output", card_}, json());
    EXPECT_EQ(outcome.exit_code, 0) << outcome.error.toStdString();
    QFile file(card_);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QByteArray pdf = file.readAll();
    EXPECT_TRUE(pdf.startsWith("%PDF-"));
    const QString text = tests::pdf_text(pdf);
    EXPECT_TRUE(text.isEmpty() || text.contains("7K4M-29QX")) << text.toStdString();
}

TEST_F(CardProgram, ReadsAFileToo) {
    QFile record(folder_.filePath("record.json"));
    ASSERT_TRUE(record.open(QIODevice::WriteOnly));
    record.write(json());
    record.close();
    EXPECT_EQ(run({"--output", card_, record.fileName()}).exit_code, 0);
    EXPECT_TRUE(QFile::exists(card_));
}

TEST_F(CardProgram, RefusesInOneSentenceWhatItCannotUse) {
    const struct {
        QStringList arguments;
        QByteArray input;
        const char* word;
    } refusals[] = {
        {{"--language", "xx", "--output", card_}, json(), "en, nl"},
        {{"--language", "nl"}, json(), "--output"},
        {{"--output", card_}, "{\"sample\": ", "JSON"},
        {{"--output", card_}, "", "empty"},
        {{"--output", card_, "--colour"}, json(), "colour"},
        {{"--output", card_, folder_.filePath("nothing.json")}, "", "nothing.json"},
    };
    for (const auto& refusal : refusals) {
        const Outcome outcome = run(refusal.arguments, refusal.input);
        EXPECT_EQ(outcome.exit_code, 2) << outcome.error.toStdString();
        EXPECT_EQ(outcome.error.count('\n'), 1) << outcome.error.toStdString();
        EXPECT_TRUE(outcome.error.contains(refusal.word)) << outcome.error.toStdString();
        EXPECT_FALSE(QFile::exists(card_));
    }
}

TEST_F(CardProgram, KeepsTheOldCardWhenTheDiskIsFull) {
    QFile old(card_);
    ASSERT_TRUE(old.open(QIODevice::WriteOnly));
    old.write("the old card");
    old.close();
    // No file may grow beyond 1 KiB in this shell: to the program that is a disk that fills up half way.
    QProcess shell;
    shell.start("/bin/bash", {"-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" --output \"$1\"",
                              SINGEL_BIN_DIR "/singel-card", card_});
    shell.write(json());
    shell.closeWriteChannel();
    ASSERT_TRUE(shell.waitForFinished(60000));
    const QString error = QString::fromUtf8(shell.readAllStandardError());
    EXPECT_EQ(shell.exitCode(), 2) << error.toStdString();
    EXPECT_TRUE(error.contains("could not be written")) << error.toStdString();
    ASSERT_TRUE(old.open(QIODevice::ReadOnly));
    EXPECT_EQ(old.readAll(), "the old card");
}

}  // namespace
}  // namespace singel::gui::card
