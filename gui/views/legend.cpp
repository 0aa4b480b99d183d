#include "gui/views/legend.hpp"

#include <QPainter>

#include "gui/style/fonts.hpp"

namespace singel::gui {
namespace {

constexpr int swatch = 16, gap = 8, between = 24, row = 24;

}  // namespace

Legend::Legend(QWidget* parent) : QWidget(parent) {
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void Legend::show(std::vector<Entry> entries, const QString& at_the_end) {
    entries_ = std::move(entries);
    at_the_end_ = at_the_end;
    QStringList names;
    for (const Entry& entry : entries_) names << entry.text;
    setAccessibleName(names.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

QSize Legend::sizeHint() const {
    return {400, row};
}

int Legend::heightForWidth(int width) const {
    return lay_out(width, nullptr);
}

void Legend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    lay_out(width(), &painter);
}

int Legend::lay_out(int width, QPainter* painter) const {
    const QFontMetrics metrics(font());
    int x = 0, y = 0;
    const auto place = [&](int needed) {
        if (x > 0 && x + needed > width) {
            x = 0;
            y += row;
        }
    };
    for (const Entry& entry : entries_) {
        const int needed = swatch + gap + metrics.horizontalAdvance(entry.text);
        place(needed);
        if (painter) {
            const QRectF box(x, y + (row - swatch) / 2.0, swatch, swatch);
            painter->setPen(QPen(entry.line, entry.fill == Qt::NoBrush ? 3.0 : 1.5));
            painter->setBrush(entry.fill);
            if (entry.fill == Qt::NoBrush) {
                painter->drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()));
            } else {
                painter->drawRect(box);
            }
            painter->setPen(palette().color(QPalette::WindowText));
            painter->drawText(QRectF(x + swatch + gap, y, needed, row), Qt::AlignVCenter, entry.text);
        }
        x += needed + between;
    }
    const int needed = metrics.horizontalAdvance(at_the_end_) + 1;
    place(needed);
    if (painter) painter->drawText(QRectF(width - needed, y, needed, row), Qt::AlignVCenter, at_the_end_);
    return y + row;
}

}  // namespace singel::gui
