#pragma once

#include <QLabel>

#include "gui/wording/language.hpp"
#include "spectra/core/result.hpp"

namespace singel::gui {

// What went wrong, where, what to do, and the way back.
class TroublePanel : public QWidget {
    Q_OBJECT

public:
    TroublePanel(wording::Language language, QWidget* parent);
    void show(const spectra::core::Error& error);

Q_SIGNALS:
    void again_wanted();
    void back_wanted();

private:
    wording::Language language_;
    QLabel* what_;
    QLabel* what_to_do_;
    QLabel* detail_;
};

}  // namespace singel::gui
