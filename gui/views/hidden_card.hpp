#pragma once

#include <QFrame>
#include <QLabel>
#include <QTableView>

#include "acquisition/records/record.hpp"
#include "gui/models/limits_model.hpp"
#include "gui/style/palette.hpp"
#include "gui/wording/language.hpp"

namespace singel::gui {

// What this scan could not have seen, with a bar for each limit, and what cannot be recognised at all.
class HiddenCard : public QFrame {
    Q_OBJECT

public:
    HiddenCard(const style::Palette& palette, wording::Language language, QWidget* parent);
    void show(const acquisition::records::Record& record);

private:
    QTableView* make_table(const style::Palette& palette);

    wording::Language language_;
    LimitsModel* limits_;
    QLabel* not_recognisable_;
    QLabel* limits_title_;
    QTableView* table_;
    QLabel* unknown_limits_;
    QLabel* partly_;
    QLabel* deadly_;
};

}  // namespace singel::gui
