#include "gui/views/main_window.hpp"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QVBoxLayout>

#include "gui/card/card.hpp"
#include "gui/views/parts.hpp"
#include "gui/wording/sentence.hpp"
#include "gui/wording/trouble.hpp"

namespace singel::gui {

using acquisition::Snapshot;
using acquisition::SnapshotPtr;
using acquisition::Stage;

namespace {

constexpr int least_width = 600, one_row_from = 960;  // px

}  // namespace

MainWindow::MainWindow(Commands& commands, WindowSettings settings)
    : commands_(commands), settings_(std::move(settings)) {
    setWindowTitle(QStringLiteral("Singel"));
    auto* room = new QWidget(this);
    room->setProperty("look", "room");
    band_ = parts::label("band", room, wording::simulated_band(settings_.language));
    band_->setAlignment(Qt::AlignCenter);
    make_pages();
    auto* layout = new QVBoxLayout(room);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(make_top());
    layout->addWidget(band_);
    layout->addWidget(pages_, 1);
    setCentralWidget(room);
    qApp->installEventFilter(this);
    show_snapshot(std::make_shared<const Snapshot>());
}

QWidget* MainWindow::make_top() {
    auto* top = parts::frame("top", this);
    instrument_ = parts::label("pill", top);
    gate_ = parts::label("pill", top);
    for (QLabel* pill : {instrument_, gate_}) pill->setWordWrap(false);
    laser_ = new LaserBadge(top);
    connect(laser_, &LaserBadge::stop_wanted, this, [this] { commands_.stop_laser(); });
    auto* pills = new QHBoxLayout;
    pills->setSpacing(16);
    pills->addWidget(parts::label("brand", top, QStringLiteral("Singel")));
    pills->addStretch(1);
    pills->addWidget(instrument_);
    pills->addWidget(gate_);
    top_ = new QBoxLayout(QBoxLayout::LeftToRight, top);
    top_->setContentsMargins(24, 8, 24, 8);
    top_->setSpacing(16);
    top_->addLayout(pills, 1);
    top_->addWidget(laser_, 0, Qt::AlignRight);
    top->setMinimumWidth(least_width);  // not what one row would need
    return top;
}

void MainWindow::make_pages() {
    pages_ = new QStackedWidget(this);
    pages_->setMinimumWidth(least_width);
    start_ = new StartPanel(pages_);
    measure_ = new MeasurePanel(settings_.palette, settings_.language, pages_);
    result_ = new ResultPanel(settings_.palette, settings_.language, pages_);
    trouble_ = new TroublePanel(settings_.language, pages_);
    for (QWidget* page : std::initializer_list<QWidget*>{start_, measure_, result_, trouble_}) {
        pages_->addWidget(page);
    }
    connect(start_, &StartPanel::check_wanted, this, [this] { commands_.check(settings_.plan); });
    connect(start_, &StartPanel::connect_wanted, this, [this] { commands_.connect(settings_.plan.instrument); });
    connect(measure_, &MeasurePanel::stop_wanted, this, [this] { commands_.stop_laser(); });
    connect(measure_, &MeasurePanel::hold_wanted, this, [this] { commands_.hold(); });
    connect(measure_, &MeasurePanel::back_wanted, this, [this] { commands_.cancel(); });
    connect(result_, &ResultPanel::card_wanted, this, &MainWindow::ask_and_write_card);
    connect(result_, &ResultPanel::next_wanted, this, &MainWindow::back_to_start);
    connect(trouble_, &TroublePanel::again_wanted, this, &MainWindow::try_again);
    connect(trouble_, &TroublePanel::back_wanted, this, &MainWindow::back_to_start);
}

void MainWindow::show_snapshot(const SnapshotPtr& snapshot) {
    const SnapshotPtr before = std::exchange(snapshot_, snapshot);
    laser_->show(*snapshot);
    show_instrument(*snapshot);
    start_->show(*snapshot);
    const bool news = !before || before->stage != snapshot->stage || before->record != snapshot->record ||
                      before->error.has_value() != snapshot->error.has_value();
    if (news) choose_page(*snapshot);
    if (pages_->currentWidget() == measure_) measure_->show(*snapshot);
}

void MainWindow::show_instrument(const Snapshot& snapshot) {
    const auto& identity = snapshot.instrument;
    const bool record_simulated = snapshot.record && snapshot.record->simulated;
    band_->setVisible(identity.simulated || record_simulated);
    QString name = QString::fromStdString(identity.model);
    if (!identity.serial.empty()) name += QStringLiteral(" · ") + QString::fromStdString(identity.serial);
    if (name.isEmpty()) name = snapshot.stage == Stage::connecting ? tr("Connecting …") : tr("No instrument");
    instrument_->setText(name);
    gate_->setText(identity.simulated ? tr("virtual instrument") : tr("not yet proven on this model"));
    gate_->setVisible(!identity.model.empty() && (identity.simulated || !identity.proven));
}

// Only news turns the page: whoever went back stays there until something happens.
void MainWindow::choose_page(const Snapshot& snapshot) {
    QWidget* page = start_;
    switch (snapshot.stage) {
        case Stage::dark:
        case Stage::measuring:
        case Stage::identifying:
        case Stage::recording: page = measure_; break;
        case Stage::done:
            if (snapshot.record) {
                result_->show(snapshot.record);
                page = result_;
            }
            break;
        case Stage::failed:
            if (snapshot.error) {
                trouble_->show(*snapshot.error);
                page = trouble_;
            }
            break;
        default: break;
    }
    turn_to(page);
}

// The first button of a page is what one does there: the keyboard starts at it.
void MainWindow::turn_to(QWidget* page) {
    if (pages_->currentWidget() == page) return;
    pages_->setCurrentWidget(page);
    if (auto* first = page->findChild<QPushButton*>()) first->setFocus();
}

void MainWindow::back_to_start() {
    turn_to(start_);
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    top_->setDirection(width() < one_row_from ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void MainWindow::try_again() {
    // Without an instrument the first thing is to find it again; a whole check would start the laser unasked.
    if (snapshot_->instrument.model.empty()) {
        commands_.connect(settings_.plan.instrument);
    } else {
        commands_.check(settings_.plan);
    }
}

void MainWindow::ask_and_write_card() {
    const QString file = settings_.ask_file(this);
    if (!file.isEmpty()) write_card(file);
}

void MainWindow::write_card(const QString& file) {
    const auto language = wording::language_named(result_->card_language().toStdString());
    if (!snapshot_->record || !language) return;
    const auto written = card::write(*snapshot_->record, *language, file);
    if (written) {
        result_->say(tr("Card written: %1").arg(file));
    } else {
        const wording::Trouble trouble = wording::trouble(written.error(), settings_.language);
        result_->say(trouble.what + QLatin1Char(' ') + trouble.what_to_do + QLatin1Char(' ') + trouble.detail);
    }
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
    // Each key press reaches a window first: one stop for one press, and dialogs still close.
    if (event->type() == QEvent::KeyPress && watched->isWindowType()) {
        if (static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) commands_.stop_laser();
    }
    return QMainWindow::eventFilter(watched, event);
}

}  // namespace singel::gui
