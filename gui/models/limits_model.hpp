#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "acquisition/statement.hpp"
#include "gui/wording/language.hpp"

namespace singel::gui {

// What can be hidden in this sample and up to which part of the signal, the greatest first. Substances without a
// limit are not here: wording/hidden.hpp speaks of them.
class LimitsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { substance, bar, limit, column_count };
    static constexpr int ratio_role = Qt::UserRole;  // the limit, 0 to 1

    explicit LimitsModel(wording::Language language, QObject* parent = nullptr);

    void show(const acquisition::Verdict& verdict);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    wording::Language language_;
    std::vector<acquisition::Statement> limits_;
};

}  // namespace singel::gui
