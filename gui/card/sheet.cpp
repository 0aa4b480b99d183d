#include "gui/card/sheet.hpp"

#include <QTextLayout>

#include "gui/style/fonts.hpp"

namespace singel::gui::card {
namespace {

// Lays the lines out below each other, beginning at 0; returns their height in painter units.
double lay_out(QTextLayout& layout, double width) {
    double y = 0.0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0.0, y});
        y += line.height();
    }
    layout.endLayout();
    return y;
}

void set_weights(QTextLayout& layout, const Setting& setting) {
    if (setting.bold_first <= 0) return;
    QTextLayout::FormatRange range;
    range.start = 0;
    range.length = static_cast<int>(setting.bold_first);
    range.format.setFontWeight(QFont::Bold);
    layout.setFormats({range});
}

}  // namespace

Sheet::Sheet(QPdfWriter& writer, QPainter& painter, std::function<void(Sheet&)> on_new_page)
    : writer_(writer), painter_(painter), on_new_page_(std::move(on_new_page)) {
    on_new_page_(*this);
}

double Sheet::dots(double millimetres) const {
    return millimetres * writer_.resolution() / 25.4;
}

double Sheet::width() const {
    return writer_.width();
}

double Sheet::height() const {
    return writer_.height();
}

QFont Sheet::font(const Setting& setting) const {
    return style::paper_font(setting.points, setting.bold ? QFont::Bold : QFont::Normal);
}

double Sheet::height_of(const QString& text, const Setting& setting) const {
    QTextLayout layout(text, font(setting), &writer_);
    set_weights(layout, setting);
    return lay_out(layout, width() - dots(setting.indent + setting.narrower)) / dots(1.0);
}

void Sheet::paragraph(const QString& text, const Setting& setting) {
    QTextLayout layout(text, font(setting), &writer_);
    set_weights(layout, setting);
    lay_out(layout, width() - dots(setting.indent + setting.narrower));
    for (int i = 0; i < layout.lineCount(); ++i) {
        const QTextLine line = layout.lineAt(i);
        if (y_ + line.height() > height()) new_page();
        line.draw(&painter_, {dots(setting.indent), y_ - line.y()});
        if (setting.bar) painter_.fillRect(QRectF(0.0, y_, dots(0.8), line.height()), Qt::black);
        y_ += line.height();
    }
    y_ += dots(setting.space_after);
}

void Sheet::keep_together(double millimetres) {
    if (y_ + dots(millimetres) > height()) new_page();
}

void Sheet::new_page() {
    writer_.newPage();
    y_ = 0.0;
    on_new_page_(*this);
}

}  // namespace singel::gui::card
