#include "gui/views/hidden_card.hpp"

#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include "gui/views/parts.hpp"
#include "gui/wording/hidden.hpp"
#include "gui/wording/sentence.hpp"

namespace singel::gui {
namespace {

constexpr int row_height = 36, bar_height = 10;

// A hatched bar on a trough that stands for the whole signal.
class BarDelegate : public QStyledItemDelegate {
public:
    BarDelegate(const style::Palette& palette, QObject* parent) : QStyledItemDelegate(parent), palette_(palette) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const double ratio = std::clamp(index.data(LimitsModel::ratio_role).toDouble(), 0.0, 1.0);
        QRectF trough(option.rect.left() + 8, option.rect.center().y() - bar_height / 2.0, option.rect.width() - 16,
                      bar_height);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(palette_.control_border, 1.0));
        painter->setBrush(palette_.quiet);
        painter->drawRoundedRect(trough, bar_height / 2.0, bar_height / 2.0);
        QRectF bar = trough;
        bar.setWidth(std::max(4.0, trough.width() * ratio));
        painter->setPen(Qt::NoPen);
        painter->setBrush(QBrush(palette_.ink_soft, Qt::Dense3Pattern));
        painter->drawRect(bar.adjusted(1, 1, 0, -1));
        painter->restore();
    }

private:
    const style::Palette palette_;
};

void set_text(QLabel* label, const QString& text) {
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

}  // namespace

HiddenCard::HiddenCard(const style::Palette& palette, wording::Language language, QWidget* parent)
    : QFrame(parent), language_(std::move(language)) {
    setProperty("look", "card");
    limits_ = new LimitsModel(language_, this);
    auto* content = new QWidget(this);
    not_recognisable_ = parts::label("", content);
    limits_title_ = parts::label("quiet", content, tr("Less than this can be hidden in this sample:"));
    table_ = make_table(palette);
    unknown_limits_ = parts::label("", content);
    partly_ = parts::label("quiet", content);
    deadly_ = parts::label("", content);
    auto* inside = new QVBoxLayout(content);
    inside->setContentsMargins(0, 0, 8, 0);
    inside->setSpacing(8);
    for (QWidget* part : std::initializer_list<QWidget*>{deadly_, not_recognisable_, limits_title_, table_, partly_,
                                                         unknown_limits_}) {
        inside->addWidget(part);
    }
    inside->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 12, 16);
    layout->setSpacing(8);
    layout->addWidget(parts::label("heading", this, tr("What this scan could not have seen")));
    auto* area = parts::scrolling(content, this);
    area->setAccessibleName(tr("What this scan could not have seen"));
    // As high as there is room, not as its content would like: it scrolls.
    area->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    area->setMinimumHeight(160);
    layout->addWidget(area, 1);
}

QTableView* HiddenCard::make_table(const style::Palette& palette) {
    auto* table = new QTableView(this);
    table->setModel(limits_);
    table->setItemDelegateForColumn(LimitsModel::bar, new BarDelegate(palette, table));
    table->setAccessibleName(tr("Limits of this scan"));
    table->setSelectionMode(QAbstractItemView::NoSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setShowGrid(false);
    table->setFrameShape(QFrame::NoFrame);
    table->horizontalHeader()->hide();
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(row_height);
    table->horizontalHeader()->setSectionResizeMode(LimitsModel::substance, QHeaderView::ResizeToContents);
    table->horizontalHeader()->setSectionResizeMode(LimitsModel::bar, QHeaderView::Stretch);
    table->horizontalHeader()->setSectionResizeMode(LimitsModel::limit, QHeaderView::Fixed);
    table->setColumnWidth(LimitsModel::limit, 64);
    table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return table;
}

void HiddenCard::show(const acquisition::records::Record& record) {
    const acquisition::Verdict& verdict = record.verdict;
    limits_->show(verdict);
    const int rows = limits_->rowCount();
    table_->setFixedHeight(rows * row_height + 4);  // the card scrolls, the table in it does not
    table_->setVisible(rows > 0);
    limits_title_->setVisible(rows > 0);
    set_text(not_recognisable_, wording::not_recognisable_list(verdict, language_));
    set_text(unknown_limits_, wording::unknown_limits_list(verdict, language_));
    set_text(partly_, wording::partly_covered_list(verdict, language_));
    acquisition::Statement use_strips;
    use_strips.code = acquisition::StatementCode::use_strips;
    set_text(deadly_, verdict.finished ? QString() : wording::sentence(use_strips, language_));
}

}  // namespace singel::gui
