#pragma once

#include <QFrame>
#include <QVBoxLayout>

#include "acquisition/records/record.hpp"
#include "gui/wording/language.hpp"

namespace singel::gui {

// What we found: substance, how sure, about how much; what could not be told apart; what is not explained.
class FindingsCard : public QFrame {
    Q_OBJECT

public:
    FindingsCard(wording::Language language, QWidget* parent);
    void show(const acquisition::records::Record& record);

private:
    void add_finding(const acquisition::Statement& statement, const acquisition::records::Record& record);

    wording::Language language_;
    QVBoxLayout* layout_;
    QWidget* list_ = nullptr;  // made anew for each record
};

}  // namespace singel::gui
