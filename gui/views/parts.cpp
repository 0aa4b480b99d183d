#include "gui/views/parts.hpp"

#include <QScroller>
#include <QStyle>

#include "gui/style/fonts.hpp"

namespace singel::gui::parts {

QLabel* label(const QString& look, QWidget* parent, const QString& text) {
    auto* made = new QLabel(text, parent);
    made->setProperty("look", look);
    made->setWordWrap(true);
    made->setTextFormat(Qt::PlainText);
    return made;
}

QFrame* frame(const QString& look, QWidget* parent) {
    auto* made = new QFrame(parent);
    made->setProperty("look", look);
    return made;
}

QPushButton* button(const QString& look, const QString& text, QWidget* parent) {
    auto* made = new QPushButton(text, parent);
    made->setProperty("look", look);
    made->setAccessibleName(text);
    made->setMinimumHeight(style::target_px);  // its width is at least that of its text
    made->setCursor(Qt::PointingHandCursor);
    return made;
}

QScrollArea* scrolling(QWidget* content, QWidget* parent) {
    auto* area = new QScrollArea(parent);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(content);
    QScroller::grabGesture(area->viewport(), QScroller::TouchGesture);
    return area;
}

void set_look(QWidget* widget, const QString& look) {
    if (widget->property("look").toString() == look) return;
    widget->setProperty("look", look);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

}  // namespace singel::gui::parts
