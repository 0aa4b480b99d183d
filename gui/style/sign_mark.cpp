#include "gui/style/sign_mark.hpp"

#include <QPainterPath>

#include "gui/style/fonts.hpp"

namespace singel::gui::style {

void paint_sign(QPainter& painter, const QRectF& box, acquisition::Sign sign, const QColor& colour) {
    using acquisition::Sign;
    QPainterPath path;
    switch (sign) {
        case Sign::dangerous:
            path.addPolygon(QPolygonF{{{box.center().x(), box.top()}, box.bottomRight(), box.bottomLeft()}});
            break;
        case Sign::different:
            path.addPolygon(QPolygonF{{{box.center().x(), box.top()},
                                       {box.right(), box.center().y()},
                                       {box.center().x(), box.bottom()},
                                       {box.left(), box.center().y()}}});
            break;
        case Sign::as_said: path.addEllipse(box); break;
        case Sign::could_not_tell:
            path.addText(0, 0, screen_font(100, QFont::Bold), QStringLiteral("?"));
            path.translate(-path.boundingRect().center());
            path = QTransform::fromScale(box.height() / path.boundingRect().height(),
                                         box.height() / path.boundingRect().height())
                       .map(path);
            path.translate(box.center());
            break;
    }
    path.closeSubpath();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(path, colour);
    painter.restore();
}

}  // namespace singel::gui::style
