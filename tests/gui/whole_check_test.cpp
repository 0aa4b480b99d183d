#include <QFile>
#include <QTemporaryDir>
#include <gtest/gtest.h>

#include "acquisition/runtime/runtime.hpp"
#include "gui/bridge.hpp"
#include "tests/gui/screen.hpp"

// The real window on a real session and a virtual instrument of the in-process link, in virtual time.
namespace singel::gui {
namespace {

using acquisition::Light;
using acquisition::SnapshotPtr;
using acquisition::Stage;

constexpr int deadline_ms = 120000;

class WholeCheck : public testing::Test {
protected:
    enum class Time { of_the_computer, of_the_clock };

    void open(const std::string& scene, const std::string& faults = {}, Time time = Time::of_the_computer) {
        WindowSettings settings = tests::settings(card_);
        settings.plan.instrument.virtual_model = "WP-785";
        settings.plan.instrument.scene = scene;
        settings.plan.instrument.virtual_time = time == Time::of_the_computer;
        settings.plan.library_path = library_;
        settings.plan.instrument.faults = faults;
        settings.plan.store_path = folder_.filePath("store").toStdString();
        window_ = std::make_unique<MainWindow>(commands_, settings);
        QObject::connect(&bridge_, &Bridge::snapshot_arrived, window_.get(), [this](const SnapshotPtr& snapshot) {
            latest_ = snapshot;
            window_->show_snapshot(snapshot);
        });
        window_->resize(1280, 800);
        window_->show();
        commands_.connect(settings.plan.instrument);
    }
    bool wait_for(Stage stage) {
        return QTest::qWaitFor([&] { return latest_ && latest_->stage == stage; }, deadline_ms);
    }
    std::string state() const {
        if (!latest_) return "no snapshot";
        return std::string(acquisition::name(latest_->stage)) +
               (latest_->error ? ": " + latest_->error->sentence() : "");
    }
    QString text() const { return tests::text_on(*window_); }

    const QTemporaryDir folder_;
    const QString card_ = folder_.filePath("card.pdf");
    std::string library_;
    SnapshotPtr latest_;
    acquisition::Runtime runtime_{acquisition::Runtime::Loop::own_thread};
    Bridge bridge_;
    SessionCommands commands_{runtime_, bridge_};
    std::unique_ptr<MainWindow> window_;
};

TEST_F(WholeCheck, GoesFromOnePressToFindingsLimitsAndACard) {
    open("caffeine:60,paracetamol:40,fluorescence=0.5");
    ASSERT_TRUE(wait_for(Stage::ready)) << state();
    ASSERT_TRUE(tests::press(*window_, "Check"));
    ASSERT_TRUE(wait_for(Stage::done)) << state();
    const QString seen = text();
    EXPECT_TRUE(seen.contains("Caffeine")) << seen.toStdString();
    EXPECT_TRUE(seen.contains("Paracetamol") || seen.contains("Acetaminophen")) << seen.toStdString();
    EXPECT_TRUE(seen.contains("This test cannot recognise at all:")) << seen.toStdString();
    EXPECT_TRUE(seen.contains("fentanyl")) << seen.toStdString();
    EXPECT_TRUE(seen.contains("not finished: use strips"));
    EXPECT_TRUE(seen.contains("SIMULATED – not a test"));
    EXPECT_TRUE(seen.contains("Laser off"));
    tests::keep_picture(*window_, "whole-check");

    ASSERT_TRUE(tests::press(*window_, "Result card"));
    QFile file(card_);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QByteArray pdf = file.readAll();
    EXPECT_TRUE(pdf.startsWith("%PDF-"));
    const QString words = tests::pdf_text(pdf);
    EXPECT_TRUE(words.isEmpty() || words.contains("SIMULATED")) << words.toStdString();
}

TEST_F(WholeCheck, StopsTheLaserWithOneKey) {
    open("caffeine:100", {}, Time::of_the_clock);
    ASSERT_TRUE(wait_for(Stage::ready)) << state();
    ASSERT_TRUE(tests::press(*window_, "Check"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return latest_->light == Light::on; }, deadline_ms)) << state();
    EXPECT_TRUE(text().contains("▲ LASER ON"));
    QTest::keyClick(window_->windowHandle(), Qt::Key_Escape);
    ASSERT_TRUE(QTest::qWaitFor([&] { return latest_->light == Light::off; }, deadline_ms)) << state();
    ASSERT_TRUE(wait_for(Stage::cancelled)) << state();
    EXPECT_TRUE(text().contains("Laser off"));
    // The integration that was cut short may still be running in the instrument; then it says so until it ends.
    EXPECT_TRUE(QTest::qWaitFor([&] { return text().contains("Nothing was recorded."); }, deadline_ms)) << state();
}

TEST_F(WholeCheck, EndsInPlainWordsWhenTheInstrumentIsUnplugged) {
    open("caffeine:100", "unplug@60");
    // The sixtieth exchange comes during the opening or the check, as the driver's habits will have it.
    ASSERT_TRUE(QTest::qWaitFor([&] { return latest_ && latest_->stage >= Stage::ready; }, deadline_ms)) << state();
    if (latest_->stage == Stage::ready) {
        ASSERT_TRUE(tests::press(*window_, "Check"));
    }
    ASSERT_TRUE(wait_for(Stage::failed)) << state();
    // With the laser on, that it cannot be shown to be off comes first.
    EXPECT_TRUE(text().contains("unplugged")) << text().toStdString();
    EXPECT_TRUE(text().contains("▲ LASER MAY BE ON")) << text().toStdString();
    EXPECT_TRUE(text().contains("SIMULATED") || latest_->instrument.model.empty());
    EXPECT_NE(tests::button(*window_, "Try again"), nullptr);
    EXPECT_NE(tests::button(*window_, "Back"), nullptr);
}

TEST_F(WholeCheck, SaysWhatIsWrongWithALibraryThatIsNotThere) {
    library_ = "/no such library.h5";
    open("caffeine:100");
    ASSERT_TRUE(QTest::qWaitFor([&] { return latest_ && latest_->stage >= Stage::ready; }, deadline_ms)) << state();
    if (latest_->stage == Stage::ready) {
        ASSERT_TRUE(tests::press(*window_, "Check"));
    }
    ASSERT_TRUE(wait_for(Stage::failed)) << state();
    EXPECT_TRUE(text().contains("/no such library.h5")) << text().toStdString();
}

}  // namespace
}  // namespace singel::gui
