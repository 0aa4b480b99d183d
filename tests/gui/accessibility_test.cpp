#include <QAccessible>
#include <QComboBox>
#include <QTableView>
#include <gtest/gtest.h>

#include "gui/style/fonts.hpp"
#include "tests/gui/screen.hpp"

namespace singel::gui {
namespace {

using acquisition::Stage;

std::vector<acquisition::SnapshotPtr> every_screen() {
    return {tests::snapshot_of(Stage::no_instrument),
            tests::snapshot_of(Stage::ready),
            tests::live_snapshot(),
            tests::done_snapshot(tests::sample_record()),
            tests::done_snapshot(tests::different_record()),
            tests::failed_snapshot(spectra::core::Fault::disconnected)};
}

class Screens : public testing::TestWithParam<const char*> {
protected:
    void SetUp() override {
        if (translator()) QCoreApplication::installTranslator(translator());
        window_ = std::make_unique<MainWindow>(commands_, settings_);
        window_->resize(1280, 800);
        window_->show();
    }
    void TearDown() override {
        window_.reset();
        if (translator()) QCoreApplication::removeTranslator(translator());
    }
    QTranslator* translator() const { return settings_.language.translator.get(); }

    tests::RecordedCommands commands_;
    const WindowSettings settings_ = tests::settings({}, GetParam());
    std::unique_ptr<MainWindow> window_;
};

TEST_P(Screens, NameEveryControl) {
    for (const auto& snapshot : every_screen()) {
        window_->show_snapshot(snapshot);
        for (QWidget* widget : window_->findChildren<QWidget*>()) {
            if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus) continue;
            // Parts that Qt makes inside a named control: headers, viewports, scroll bars.
            const QWidget* parent = widget->parentWidget();
            if (qobject_cast<const QAbstractScrollArea*>(parent) || qobject_cast<const QTableView*>(parent)) continue;
            const QAccessibleInterface* seen = QAccessible::queryAccessibleInterface(widget);
            ASSERT_NE(seen, nullptr);
            EXPECT_FALSE(seen->text(QAccessible::Name).isEmpty())
                << widget->metaObject()->className() << " on " << acquisition::name(snapshot->stage);
        }
    }
}

TEST_P(Screens, HaveTargetsThatAFingerHits) {
    for (const auto& snapshot : every_screen()) {
        window_->show_snapshot(snapshot);
        tests::settle();
        for (QPushButton* button : window_->findChildren<QPushButton*>()) {
            if (!button->isVisible()) continue;
            EXPECT_GE(button->height(), style::target_px) << button->text().toStdString();
            EXPECT_GE(button->width(), style::target_px) << button->text().toStdString();
        }
    }
}

TEST_P(Screens, CutNoText) {
    for (const auto& snapshot : every_screen()) {
        window_->show_snapshot(snapshot);
        tests::settle();
        for (QLabel* label : window_->findChildren<QLabel*>()) {
            if (!label->isVisible() || label->text().isEmpty()) continue;
            const int needed = label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
            EXPECT_LE(needed, label->height())
                << label->text().toStdString() << " on " << acquisition::name(snapshot->stage);
            if (!label->wordWrap()) {
                EXPECT_LE(label->sizeHint().width(), label->width()) << label->text().toStdString();
            }
        }
        tests::keep_picture(*window_, QStringLiteral("%1-%2%3")
                                          .arg(GetParam(), acquisition::name(snapshot->stage).data())
                                          .arg(snapshot->record ? snapshot->record->sold_as.size() : 0));
    }
}

TEST_P(Screens, StayInsideASmallWindow) {
    window_->resize(640, 400);  // 1280 x 800 at 200 %
    for (const auto& snapshot : every_screen()) {
        window_->show_snapshot(snapshot);
        tests::settle();
        EXPECT_LE(window_->width(), 640) << "the window grew beyond the screen";
        for (QPushButton* button : window_->findChildren<QPushButton*>()) {
            if (!button->isVisible()) continue;
            EXPECT_GE(button->width(), button->sizeHint().width()) << button->text().toStdString();
        }
        tests::keep_picture(*window_,
                            QStringLiteral("small-%1-%2").arg(GetParam(), acquisition::name(snapshot->stage).data()));
    }
}

TEST_P(Screens, DescribeTheChartInWords) {
    window_->show_snapshot(tests::done_snapshot(tests::different_record()));
    QString description;
    for (QWidget* widget : window_->findChildren<QWidget*>()) {
        if (widget->isVisible() && dynamic_cast<SpectrumView*>(widget)) description = widget->accessibleDescription();
    }
    EXPECT_TRUE(description.contains("1328") || description.contains("1329") || description.contains("1330"))
        << description.toStdString();
    EXPECT_TRUE(description.contains("paracetamol")) << description.toStdString();
}

INSTANTIATE_TEST_SUITE_P(InEveryLanguage, Screens, testing::Values("en", "nl"));

}  // namespace
}  // namespace singel::gui
