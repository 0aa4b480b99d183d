#pragma once

#include <QColor>
#include <QString>
#include <array>
#include <vector>

// The colours of the house, once. Screens, charts and style sheet take them from here and from nowhere else.
namespace singel::gui::style {

struct Palette {
    QColor paper;           // the room
    QColor surface;         // a card on it
    QColor hairline;        // decoration only: carries no meaning
    QColor control_border;  // of what can be pressed or typed in, and of what is measured against
    QColor quiet;           // secondary buttons, pills, empty bars
    QColor ink, ink_soft;
    QColor on_dark;    // text on ink, canal and red
    QColor canal;      // primary action
    QColor brick;      // different from expected
    QColor red;        // danger, laser, stop
    QColor ochre;      // attention: lines and marks, never text
    QColor band_back;  // the SIMULATED band
    QColor measured, fit, live, residual;
    // Filled areas, with an outline dark enough to be seen alone.
    std::array<QColor, 5> component_fill, component_line;
};

Palette light();
Palette dark();

// Two colours that meet on a screen, and the contrast they need: 7 for text, 3 for lines and controls.
struct Pair {
    QString where;
    QColor front, back;
    double least;
};
std::vector<Pair> pairs_in_use(const Palette& palette);

// WCAG 2.1 contrast ratio, 1 to 21.
double contrast(const QColor& a, const QColor& b);

}  // namespace singel::gui::style
