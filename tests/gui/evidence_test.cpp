#include <gtest/gtest.h>

#include "gui/views/chart_spectrum_view.hpp"
#include "tests/gui/screen.hpp"

namespace singel::gui {
namespace {

class Evidence : public testing::Test {
protected:
    void SetUp() override {
        window_.resize(1280, 800);
        window_.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&window_));
    }
    QString text() const { return tests::text_on(window_); }
    std::vector<QPushButton*> whys() const {
        std::vector<QPushButton*> found;
        for (QPushButton* candidate : window_.findChildren<QPushButton*>())
            if (candidate->isVisible() && candidate->isCheckable()) found.push_back(candidate);
        return found;
    }
    QString chart() const {
        for (const ChartSpectrumView* view : window_.findChildren<ChartSpectrumView*>())
            if (view->isVisible()) return view->accessibleDescription();
        return {};
    }

    tests::RecordedCommands commands_;
    MainWindow window_{commands_, tests::settings()};
};

TEST_F(Evidence, IsShownWhenAFindingIsTouched) {
    window_.show_snapshot(tests::done_snapshot(tests::explained_record()));
    ASSERT_EQ(whys().size(), 2U);
    EXPECT_FALSE(text().contains("Why caffeine?"));
    QTest::mouseClick(whys()[0], Qt::LeftButton);
    tests::keep_picture(window_, "evidence");
    EXPECT_TRUE(text().contains("Why caffeine?"));
    EXPECT_TRUE(text().contains("2 of its 4 strongest bands are there: 1330, 555 cm⁻¹."));
    EXPECT_TRUE(text().contains("These should be there and we did not see them: 741 cm⁻¹."));
    EXPECT_TRUE(text().contains("Without caffeine about 5 times as much stays unexplained."));
    EXPECT_TRUE(text().contains("Theophylline would explain the scan as well: it can be that instead."));
    EXPECT_TRUE(text().contains("Lactose would explain the scan far less well."));
    EXPECT_TRUE(chart().contains("Bands of caffeine that are there"));
}

TEST_F(Evidence, GivesWayToTheWholeFitWhenTouchedAgain) {
    window_.show_snapshot(tests::done_snapshot(tests::explained_record()));
    QTest::mouseClick(whys()[0], Qt::LeftButton);
    QTest::mouseClick(whys()[0], Qt::LeftButton);
    EXPECT_FALSE(text().contains("Why caffeine?"));
    EXPECT_TRUE(chart().contains("Fitted with: "));
}

TEST_F(Evidence, BelongsToOneFindingAtATimeAndNotToTheNextSample) {
    window_.show_snapshot(tests::done_snapshot(tests::explained_record()));
    QTest::mouseClick(whys()[0], Qt::LeftButton);
    QTest::mouseClick(whys()[1], Qt::LeftButton);
    EXPECT_FALSE(whys()[0]->isChecked());
    EXPECT_TRUE(text().contains("Why paracetamol?"));
    EXPECT_FALSE(text().contains("Why caffeine?"));
    window_.show_snapshot(tests::done_snapshot(tests::different_record()));
    EXPECT_FALSE(text().contains("Why paracetamol?"));
}

TEST_F(Evidence, IsNotOfferedWhereThereIsNone) {
    window_.show_snapshot(tests::done_snapshot(tests::different_record()));
    EXPECT_TRUE(whys().empty());
}

TEST_F(Evidence, TellsThatATechniqueWasNotLearnedOnTwoInstruments) {
    auto record = tests::explained_record();
    record.identification.quality.messages = {spectra::identify::QualityMessage::not_learned};
    window_.show_snapshot(tests::done_snapshot(std::move(record)));
    EXPECT_TRUE(text().contains("was not learned on two instruments"));
}

}  // namespace
}  // namespace singel::gui
