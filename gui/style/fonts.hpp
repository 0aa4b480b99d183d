#pragma once

#include <QFont>

// Inter, then Noto for other scripts. Neither is shipped here: the packages fonts-inter and fonts-noto-core are.
namespace singel::gui::style {

inline constexpr int text_px = 16;     // the smallest on staff screens
inline constexpr int finding_px = 20;  // the smallest for findings
inline constexpr int target_px = 48;   // the smallest that a finger must hit
inline constexpr int grid_px = 8;

QFont screen_font(int pixels = text_px, QFont::Weight weight = QFont::Normal);

// For paper: Noto. Inter swaps hyphens and brackets beside digits for glyphs that no program can read back from a PDF
// (its contextual alternates, which Qt 6.4 cannot turn off).
QFont paper_font(double points, QFont::Weight weight = QFont::Normal);

// False on a machine without any font: nothing may be printed there, it would be an empty card.
bool fonts_available();

}  // namespace singel::gui::style
