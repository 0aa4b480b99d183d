#pragma once

#include <QColor>
#include <QWidget>
#include <vector>

namespace singel::gui {

// What the curves of a chart are, in one row: a line or a filled and hatched square, and its name.
class Legend : public QWidget {
    Q_OBJECT

public:
    struct Entry {
        QString text;
        QColor line;
        QBrush fill = Qt::NoBrush;  // NoBrush: a line
    };

    explicit Legend(QWidget* parent);
    void show(std::vector<Entry> entries, const QString& at_the_end);
    QSize sizeHint() const override;
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int lay_out(int width, QPainter* painter) const;  // returns the height

    std::vector<Entry> entries_;
    QString at_the_end_;
};

}  // namespace singel::gui
