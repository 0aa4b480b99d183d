#include "gui/views/result_panel.hpp"

#include <QAccessible>
#include <QPainter>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include "gui/views/parts.hpp"
#include "gui/wording/evidence.hpp"

namespace singel::gui {
namespace {

constexpr int two_columns_from = 1000;  // px
constexpr int side_column = 460;
constexpr int evidence_height = 340;  // of the chart below the words on one finding

// The style sheet takes the platform's arrow away; without one nobody knows that there is a choice.
class ChoiceBox : public QComboBox {
public:
    using QComboBox::QComboBox;

protected:
    void paintEvent(QPaintEvent* event) override {
        QComboBox::paintEvent(event);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(palette().color(QPalette::WindowText));
        const QPointF tip(width() - 24.0, height() / 2.0 + 4.0);
        painter.drawPolygon(QPolygonF{{tip, tip + QPointF(-7.0, -8.0), tip + QPointF(7.0, -8.0)}});
    }
};

}  // namespace

ResultPanel::ResultPanel(const style::Palette& palette, const wording::Language& language, QWidget* parent)
    : QWidget(parent), language_(language) {
    auto* content = new QWidget(this);
    verdict_ = new VerdictCard(palette, language, content);
    findings_ = new FindingsCard(language, content);
    hidden_ = new HiddenCard(palette, language, content);
    auto* left = new QVBoxLayout;
    left->setSpacing(16);
    left->addWidget(verdict_);
    left->addWidget(make_evidence(palette, language), 1);
    auto* right = new QVBoxLayout;
    right->setSpacing(16);
    right->addWidget(findings_);
    right->addWidget(hidden_, 1);
    columns_ = new QBoxLayout(QBoxLayout::LeftToRight, content);
    columns_->setContentsMargins(0, 0, 0, 0);
    columns_->setSpacing(20);
    columns_->addLayout(left, 1);
    columns_->addLayout(right);
    area_ = parts::scrolling(content, this);
    area_->setAccessibleName(tr("Result"));
    note_ = parts::label("", this);
    note_->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(16);
    layout->addWidget(area_, 1);
    layout->addWidget(note_);
    layout->addLayout(make_buttons(language));
}

QWidget* ResultPanel::make_evidence(const style::Palette& palette, const wording::Language& language) {
    auto* card = parts::frame("card", this);
    spectrum_ = make_spectrum_view(palette, language, card);
    auto* inside = new QVBoxLayout(card);
    inside->setContentsMargins(20, 16, 20, 12);
    why_heading_ = parts::label("heading", card);
    why_ = parts::label("", card);
    inside->addWidget(why_heading_);
    inside->addWidget(why_);
    inside->addWidget(spectrum_->widget(), 1);
    connect(findings_, &FindingsCard::why_wanted, this, &ResultPanel::show_why);
    return card;
}

// The evidence behind one finding, or the whole fit again.
void ResultPanel::show_why(std::optional<std::size_t> component) {
    why_heading_->setVisible(component.has_value());
    why_->setVisible(component.has_value());
    spectrum_->widget()->setMinimumHeight(component ? evidence_height : 0);
    if (!component) return spectrum_->show_fit(fit_picture(record_->identification));
    const auto& finding = record_->identification.components.at(*component);
    why_heading_->setText(wording::evidence_heading(finding.name, language_));
    why_->setText(wording::evidence_sentences(finding.name, *finding.account, language_).join(QChar(' ')));
    spectrum_->show_evidence(evidence_picture(record_->identification, *component));
    // In a narrow window it lies above what was touched. After the layout has settled.
    QTimer::singleShot(0, this, [this] {
        area_->ensureWidgetVisible(spectrum_->widget(), 0, 0);
        area_->ensureWidgetVisible(why_heading_, 0, 16);
    });
}

QLayout* ResultPanel::make_buttons(const wording::Language& language) {
    auto* card = parts::button("primary", tr("Result card"), this);
    card->setAccessibleDescription(tr("Writes the card of this sample as a PDF file."));
    card_language_ = new ChoiceBox(this);
    card_language_->setAccessibleName(tr("Language of the card"));
    card_language_->setMinimumHeight(48);
    for (const wording::LanguageEntry& entry : wording::languages()) {
        card_language_->addItem(QString::fromUtf8(entry.own_name), QString::fromUtf8(entry.code));
    }
    card_language_->setCurrentIndex(card_language_->findData(language.code));
    auto* next = parts::button("", tr("Next sample"), this);
    connect(card, &QPushButton::clicked, this, &ResultPanel::card_wanted);
    connect(next, &QPushButton::clicked, this, &ResultPanel::next_wanted);
    auto* row = new QHBoxLayout;
    row->setSpacing(16);
    row->addWidget(card);
    row->addWidget(card_language_);
    row->addStretch(1);
    row->addWidget(next);
    return row;
}

void ResultPanel::show(const acquisition::records::RecordPtr& record) {
    record_ = record;
    verdict_->show(*record);
    findings_->show(*record);
    hidden_->show(*record);
    show_why(std::nullopt);
    note_->hide();
}

void ResultPanel::say(const QString& note) {
    note_->setText(note);
    note_->show();
    QAccessibleEvent alert(note_, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

QString ResultPanel::card_language() const {
    return card_language_->currentData().toString();
}

void ResultPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const bool wide = width() >= two_columns_from;
    columns_->setDirection(wide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    for (QWidget* part : std::initializer_list<QWidget*>{findings_, hidden_}) {
        part->setMinimumWidth(wide ? side_column : 0);
        part->setMaximumWidth(wide ? side_column : QWIDGETSIZE_MAX);
    }
    hidden_->setMinimumHeight(wide ? 0 : 320);
}

}  // namespace singel::gui
