#pragma once

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include "acquisition/snapshot.hpp"
#include "gui/views/spectrum_view.hpp"

namespace singel::gui {

// While a check runs: the live spectrum, how full the detector is, how far we are, and the way out.
class MeasurePanel : public QWidget {
    Q_OBJECT

public:
    MeasurePanel(const style::Palette& palette, const wording::Language& language, QWidget* parent);
    void show(const acquisition::Snapshot& snapshot);

Q_SIGNALS:
    void stop_wanted();
    void back_wanted();
    void hold_wanted();  // again and again while the button is held

private:
    QPushButton* make_hold();
    void show_details(const acquisition::Snapshot& snapshot);
    QString what_is_done(acquisition::Stage stage) const;

    QLabel* title_;
    SpectrumView* spectrum_;
    QLabel* details_;
    QProgressBar* progress_;
    QLabel* remaining_;
    QPushButton* hold_;                               // seen while light goes into the open
    const spectra::core::Spectrum* shown_ = nullptr;  // what the chart shows already
};

}  // namespace singel::gui
