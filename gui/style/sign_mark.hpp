#pragma once

#include <QColor>
#include <QPainter>
#include <QRectF>

#include "acquisition/statement.hpp"

namespace singel::gui::style {

// ▲ ◆ ● ? drawn as shapes, so that they look the same with every font and printer. They speak of samples only.
void paint_sign(QPainter& painter, const QRectF& box, acquisition::Sign sign, const QColor& colour);

}  // namespace singel::gui::style
