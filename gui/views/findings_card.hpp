#pragma once

#include <QFrame>
#include <QPushButton>
#include <QVBoxLayout>
#include <optional>
#include <vector>

#include "acquisition/records/record.hpp"
#include "gui/wording/language.hpp"

namespace singel::gui {

// What we found: substance, how sure, about how much; what could not be told apart; what is not explained.
class FindingsCard : public QFrame {
    Q_OBJECT

public:
    FindingsCard(wording::Language language, QWidget* parent);
    void show(const acquisition::records::Record& record);

Q_SIGNALS:
    // A finding was touched: the number of its component; none: it was touched again.
    void why_wanted(std::optional<std::size_t> component);

private:
    QPushButton* make_why(const std::string& name, std::size_t component);
    void add_finding(const acquisition::Statement& statement, const acquisition::records::Record& record);

    wording::Language language_;
    QVBoxLayout* layout_;
    QWidget* list_ = nullptr;  // made anew for each record
    std::vector<QPushButton*> why_;
};

}  // namespace singel::gui
