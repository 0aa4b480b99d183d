#pragma once

#include <QFont>
#include <QPainter>
#include <QPdfWriter>
#include <QString>
#include <functional>

namespace singel::gui::card {

// How a paragraph is set. Sizes in points, distances in millimetres.
struct Setting {
    double points = 8.5;
    bool bold = false;
    qsizetype bold_first = 0;  // so many characters at the start are bold
    double indent = 0.0;
    double narrower = 0.0;  // room left free at the right
    bool bar = false;       // a black bar at the left
    double space_after = 0.8;
};

// Text flowing down the pages of a PDF. No line is ever lost: what does not fit goes on a new page.
class Sheet {
public:
    // on_new_page draws what every page bears, and runs for the first page too; it moves the pen below what it drew.
    Sheet(QPdfWriter& writer, QPainter& painter, std::function<void(Sheet&)> on_new_page);

    void paragraph(const QString& text, const Setting& setting = {});
    void space(double millimetres) { y_ += dots(millimetres); }
    void keep_together(double millimetres);  // begins a new page when less than this is left

    double height_of(const QString& text, const Setting& setting) const;  // mm
    double dots(double millimetres) const;                                // millimetres to painter units
    double y() const { return y_; }                                       // painter units
    void set_y(double y) { y_ = y; }
    double left() const { return 0.0; }
    double width() const;  // painter units
    double height() const;
    QPainter& painter() { return painter_; }

private:
    QFont font(const Setting& setting) const;
    void new_page();

    QPdfWriter& writer_;
    QPainter& painter_;
    std::function<void(Sheet&)> on_new_page_;
    double y_ = 0.0;
};

}  // namespace singel::gui::card
