#include <QFile>
#include <QTemporaryDir>
#include <gtest/gtest.h>

#include "tests/gui/screen.hpp"

namespace singel::gui {
namespace {

using acquisition::Stage;
using spectra::core::Fault;

class Window : public testing::Test {
protected:
    void SetUp() override {
        window_.resize(1280, 800);
        window_.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&window_));
    }

    QString text() const { return tests::text_on(window_); }

    const QTemporaryDir folder_;
    const QString card_ = folder_.filePath("card.pdf");
    tests::RecordedCommands commands_;
    MainWindow window_{commands_, tests::settings(card_)};
};

TEST_F(Window, OffersACheckOnlyWhenThereIsAnInstrument) {
    EXPECT_FALSE(tests::press(window_, "Check"));
    EXPECT_TRUE(text().contains("No instrument"));
    EXPECT_TRUE(tests::press(window_, "Look again"));
    window_.show_snapshot(tests::snapshot_of(Stage::ready));
    EXPECT_TRUE(text().contains("WP-785 · WP-01977"));
    EXPECT_TRUE(tests::press(window_, "Check"));
    EXPECT_EQ(commands_.calls, (std::vector<std::string>{"connect", "check"}));
}

TEST_F(Window, DoesNotOfferACheckWhileTheInstrumentSettles) {
    auto settling = *tests::snapshot_of(Stage::cancelled);
    settling.settling = true;
    window_.show_snapshot(std::make_shared<const acquisition::Snapshot>(settling));
    EXPECT_FALSE(tests::press(window_, "Check"));
    window_.show_snapshot(tests::snapshot_of(Stage::cancelled));
    EXPECT_TRUE(tests::press(window_, "Check"));
}

TEST_F(Window, ShowsTheLiveSpectrumAndHowFarItIs) {
    window_.show_snapshot(tests::live_snapshot());
    EXPECT_TRUE(text().contains("Measuring your sample"));
    EXPECT_TRUE(text().contains("Exposure 640 ms, 62 % of full scale"));
    EXPECT_TRUE(text().contains("frame 4 of 8"));
    EXPECT_TRUE(text().contains("about 8 s left"));
    EXPECT_TRUE(text().contains("▲ LASER ON · 12 s"));
    tests::keep_picture(window_, "measure");
}

// The person who keeps an open beam lit presses as long as they mean it.
TEST_F(Window, AsksForAHeldKeyWhileTheBeamIsOpenAndOnlyThen) {
    const QString hold = "Hold to keep the laser on (space bar)";
    window_.show_snapshot(tests::live_snapshot());
    EXPECT_EQ(tests::button(window_, hold), nullptr);
    auto open_beam = *tests::live_snapshot();
    open_beam.hold_wanted = true;
    window_.show_snapshot(std::make_shared<const acquisition::Snapshot>(open_beam));
    tests::keep_picture(window_, "measure-open-beam");
    QPushButton* const key = tests::button(window_, hold);
    ASSERT_NE(key, nullptr);
    EXPECT_TRUE(key->hasFocus());
    EXPECT_TRUE(key->autoRepeat());
    QTest::keyPress(key, Qt::Key_Space);
    EXPECT_EQ(commands_.calls, (std::vector<std::string>{"hold"}));
    QTest::keyRelease(key, Qt::Key_Space);
    window_.show_snapshot(tests::live_snapshot());
    EXPECT_EQ(tests::button(window_, hold), nullptr);
}

TEST_F(Window, ShowsFindingsAndWhatCouldBeHiddenOnOneScreen) {
    window_.show_snapshot(tests::done_snapshot(tests::different_record()));
    const QString seen = text();
    for (const char* part :
         {"Different from what you expected", "Sold as amphetamine. We did not see it; this scan shows it from 6 %",
          "What we found", "Caffeine", "Found", "about 62 % of what we could explain (57–67 %)", "Probably",
          "This test cannot tell it from: phenacetin.", "What this scan could not have seen",
          "This test cannot recognise at all: nitazenes, heroin.", "how much can be hidden is not known: lactose.",
          "We saw no unexplained bands. Small amounts can still be hidden."}) {
        EXPECT_TRUE(seen.contains(part)) << part << "\nin: " << seen.toStdString();
    }
    auto* limits = window_.findChild<LimitsModel*>();
    ASSERT_NE(limits, nullptr);
    EXPECT_EQ(limits->rowCount(), 3);
    tests::keep_picture(window_, "result-different");
}

TEST_F(Window, SaysThatTheResultIsNotFinishedWithoutStrips) {
    window_.show_snapshot(tests::done_snapshot(tests::sample_record()));
    EXPECT_TRUE(text().contains("· not finished: use strips"));
    EXPECT_TRUE(text().contains("Fentanyl strip: not read yet."));
    EXPECT_TRUE(text().contains("A deadly amount can lie below these limits."));
    tests::keep_picture(window_, "result-simulated");
}

TEST_F(Window, SaysSimulatedOnEveryScreenOfAVirtualInstrumentAndOnNoOther) {
    const QString band = "SIMULATED – not a test";
    for (const auto& snapshot :
         {tests::snapshot_of(Stage::ready), tests::live_snapshot(), tests::done_snapshot(tests::sample_record())}) {
        window_.show_snapshot(snapshot);
        EXPECT_TRUE(text().contains(band)) << acquisition::name(snapshot->stage);
    }
    window_.show_snapshot(tests::done_snapshot(tests::different_record()));
    EXPECT_FALSE(text().contains(band));
}

TEST_F(Window, KeepsTheBandWhenTheVirtualInstrumentIsGoneButItsResultIsShown) {
    auto gone = *tests::done_snapshot(tests::sample_record());
    gone.instrument = {};
    window_.show_snapshot(std::make_shared<const acquisition::Snapshot>(gone));
    EXPECT_TRUE(text().contains("SIMULATED – not a test"));
}

TEST_F(Window, ShowsTheLaserOnEveryScreenAndStopsItFromEach) {
    for (const auto& snapshot :
         {tests::snapshot_of(Stage::no_instrument), tests::snapshot_of(Stage::ready), tests::live_snapshot(),
          tests::done_snapshot(tests::sample_record()), tests::failed_snapshot(Fault::timed_out)}) {
        window_.show_snapshot(snapshot);
        commands_.calls.clear();
        EXPECT_TRUE(text().contains("aser", Qt::CaseInsensitive));
        EXPECT_TRUE(tests::press(window_, "Stop laser (Esc)")) << acquisition::name(snapshot->stage);
        QTest::keyClick(window_.windowHandle(), Qt::Key_Escape);
        EXPECT_EQ(commands_.calls, (std::vector<std::string>{"stop_laser", "stop_laser"}));
    }
}

TEST_F(Window, CountsALaserThatCannotBeReadAsOn) {
    window_.show_snapshot(tests::failed_snapshot(Fault::disconnected));
    EXPECT_TRUE(text().contains("▲ LASER MAY BE ON"));
}

TEST_F(Window, ExplainsAnErrorInPlainWordsWithAWayBack) {
    window_.show_snapshot(tests::failed_snapshot(Fault::disconnected));
    EXPECT_TRUE(text().contains("The instrument was unplugged."));
    EXPECT_TRUE(text().contains("Plug it in again, then try again."));
    EXPECT_TRUE(text().contains("read pixels: 3840 of 7296 bytes"));
    tests::keep_picture(window_, "unplugged");
    EXPECT_TRUE(tests::press(window_, "Try again"));
    EXPECT_EQ(commands_.calls, (std::vector<std::string>{"connect"})) << "it must not start a laser by itself";
    EXPECT_TRUE(tests::press(window_, "Back"));
    EXPECT_TRUE(text().contains("No instrument"));
}

TEST_F(Window, StaysOnTheStartScreenAfterNextSampleUntilSomethingHappens) {
    const auto done = tests::done_snapshot(tests::sample_record());
    window_.show_snapshot(done);
    ASSERT_TRUE(tests::press(window_, "Next sample"));
    EXPECT_NE(tests::button(window_, "Check"), nullptr);
    window_.show_snapshot(std::make_shared<const acquisition::Snapshot>(*done));  // nothing new in it
    EXPECT_NE(tests::button(window_, "Check"), nullptr);
    window_.show_snapshot(tests::done_snapshot(tests::sample_record()));  // another record
    EXPECT_NE(tests::button(window_, "Result card"), nullptr);
}

TEST_F(Window, WritesTheCardInTheLanguageChosenForIt) {
    window_.show_snapshot(tests::done_snapshot(tests::different_record()));
    auto* language = window_.findChild<QComboBox*>();
    ASSERT_NE(language, nullptr);
    language->setCurrentIndex(language->findData("nl"));
    ASSERT_TRUE(tests::press(window_, "Result card"));
    EXPECT_TRUE(text().contains("Card written: " + card_)) << text().toStdString();
    QFile file(card_);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QByteArray pdf = file.readAll();
    EXPECT_TRUE(pdf.startsWith("%PDF-"));
    const QString words = tests::pdf_text(pdf);
    EXPECT_TRUE(words.isEmpty() || words.contains("Jouw code")) << words.toStdString();
    tests::keep_card(pdf, "card-nl");
}

TEST(WindowWithABadFolder, SaysWhyTheCardWasNotWritten) {
    tests::RecordedCommands commands;
    MainWindow window(commands, tests::settings("/no such folder/card.pdf"));
    window.show();
    window.show_snapshot(tests::done_snapshot(tests::sample_record()));
    ASSERT_TRUE(tests::press(window, "Result card"));
    EXPECT_TRUE(tests::text_on(window).contains("/no such folder/card.pdf"));
    EXPECT_TRUE(tests::text_on(window).contains("This computer")) << tests::text_on(window).toStdString();
}

TEST_F(Window, WritesASimulatedCardOfAVirtualInstrument) {
    window_.show_snapshot(tests::done_snapshot(tests::sample_record()));
    ASSERT_TRUE(tests::press(window_, "Result card"));
    QFile file(card_);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QByteArray pdf = file.readAll();
    const QString words = tests::pdf_text(pdf);
    EXPECT_TRUE(words.isEmpty() || words.contains("SIMULATED")) << words.toStdString();
    tests::keep_card(pdf, "card-simulated");
}

TEST_F(Window, WritesNoCardWhenThePersonChangesTheirMind) {
    MainWindow window(commands_, tests::settings(QString()));
    window.show();
    window.show_snapshot(tests::done_snapshot(tests::sample_record()));
    ASSERT_TRUE(tests::press(window, "Result card"));
    EXPECT_FALSE(tests::text_on(window).contains("Card written"));
}

}  // namespace
}  // namespace singel::gui
