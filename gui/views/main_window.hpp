#pragma once

#include <QBoxLayout>
#include <QLabel>
#include <QMainWindow>
#include <QStackedWidget>
#include <functional>

#include "acquisition/plan.hpp"
#include "acquisition/snapshot.hpp"
#include "gui/commands.hpp"
#include "gui/style/palette.hpp"
#include "gui/views/laser_badge.hpp"
#include "gui/views/measure_panel.hpp"
#include "gui/views/result_panel.hpp"
#include "gui/views/start_panel.hpp"
#include "gui/views/trouble_panel.hpp"

namespace singel::gui {

// Where the card goes: a file dialog in real use, a path in tests. Empty when the person changed their mind.
using AskFile = std::function<QString(QWidget* parent)>;

struct WindowSettings {
    acquisition::Plan plan;  // of every check that this window starts
    wording::Language language;
    style::Palette palette;
    AskFile ask_file;
};

// The one window. It holds no truth: it shows the latest snapshot and sends commands.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    MainWindow(Commands& commands, WindowSettings settings);

    void show_snapshot(const acquisition::SnapshotPtr& snapshot);
    void write_card(const QString& file);  // of the record on screen

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;  // Escape, in every window of the program

private:
    QWidget* make_top();
    void make_pages();
    void show_instrument(const acquisition::Snapshot& snapshot);
    void choose_page(const acquisition::Snapshot& snapshot);
    void turn_to(QWidget* page);
    void back_to_start();
    void try_again();
    void ask_and_write_card();

    Commands& commands_;
    const WindowSettings settings_;
    QBoxLayout* top_ = nullptr;          // in two rows when the window is narrow
    acquisition::SnapshotPtr snapshot_;  // the latest; null before the first
    QLabel *instrument_, *gate_, *band_;
    LaserBadge* laser_;
    QStackedWidget* pages_;
    StartPanel* start_;
    MeasurePanel* measure_;
    ResultPanel* result_;
    TroublePanel* trouble_;
};

}  // namespace singel::gui
