#pragma once

#include <QString>

#include "gui/style/palette.hpp"

namespace singel::gui::style {

// The one style sheet, made from a palette. Widgets choose a look by their property "look".
QString style_sheet(const Palette& palette);

}  // namespace singel::gui::style
