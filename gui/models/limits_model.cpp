#include "gui/models/limits_model.hpp"

#include <algorithm>

#include "gui/wording/sentence.hpp"

namespace singel::gui {

LimitsModel::LimitsModel(wording::Language language, QObject* parent)
    : QAbstractTableModel(parent), language_(std::move(language)) {}

void LimitsModel::show(const acquisition::Verdict& verdict) {
    beginResetModel();
    limits_.clear();
    std::ranges::copy_if(verdict.hidden, std::back_inserter(limits_),
                         [](const acquisition::Statement& statement) { return statement.limit.has_value(); });
    std::ranges::stable_sort(limits_, std::greater{}, [](const auto& statement) { return *statement.limit; });
    endResetModel();
}

int LimitsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(limits_.size());
}

int LimitsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : column_count;
}

QVariant LimitsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const acquisition::Statement& statement = limits_[static_cast<std::size_t>(index.row())];
    if (role == ratio_role) return *statement.limit;
    if (role == Qt::AccessibleTextRole || role == Qt::ToolTipRole) return wording::sentence(statement, language_);
    if (role == Qt::TextAlignmentRole && index.column() == limit) return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
        case substance: return wording::capitalised(wording::substance(statement.substance, language_), language_);
        case limit: return wording::percent(*statement.limit, wording::Rounding::up);
        default: return {};
    }
}

QVariant LimitsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    return section == substance ? tr("Substance") : section == limit ? tr("Can be hidden up to") : QVariant();
}

}  // namespace singel::gui
