#pragma once

#include <QFrame>
#include <QLabel>

#include "acquisition/records/record.hpp"
#include "gui/style/palette.hpp"
#include "gui/wording/language.hpp"

namespace singel::gui {

// One of the four signs, as a shape.
class SignMark : public QWidget {
    Q_OBJECT

public:
    SignMark(const style::Palette& palette, QWidget* parent);
    void show(acquisition::Sign sign);
    QColor colour() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const style::Palette palette_;
    acquisition::Sign sign_ = acquisition::Sign::could_not_tell;
};

// The answer in one line with its sign, what was said, and what is not finished.
class VerdictCard : public QFrame {
    Q_OBJECT

public:
    VerdictCard(const style::Palette& palette, wording::Language language, QWidget* parent);
    void show(const acquisition::records::Record& record);

protected:
    void paintEvent(QPaintEvent* event) override;  // the coloured edge

private:
    wording::Language language_;
    SignMark* mark_;
    QLabel* heading_;
    QLabel* text_;
};

}  // namespace singel::gui
