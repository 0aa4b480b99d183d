#include "gui/views/verdict_card.hpp"

#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>

#include "gui/style/sign_mark.hpp"
#include "gui/views/parts.hpp"
#include "gui/wording/sentence.hpp"

namespace singel::gui {
namespace {

using acquisition::Statement;
using acquisition::StatementCode;

// Findings stand in their own card, and the heading says already that strips are missing.
bool said_elsewhere(StatementCode code) {
    return code == StatementCode::substance_found || code == StatementCode::substance_probable ||
           code == StatementCode::use_strips;
}

}  // namespace

SignMark::SignMark(const style::Palette& palette, QWidget* parent) : QWidget(parent), palette_(palette) {
    setFixedSize(40, 40);
}

void SignMark::show(acquisition::Sign sign) {
    sign_ = sign;
    update();
}

QColor SignMark::colour() const {
    using acquisition::Sign;
    switch (sign_) {
        case Sign::dangerous: return palette_.red;
        case Sign::different: return palette_.brick;
        case Sign::as_said: return palette_.canal;
        case Sign::could_not_tell: break;
    }
    return palette_.ink_soft;
}

void SignMark::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    style::paint_sign(painter, QRectF(rect()).adjusted(3, 3, -3, -3), sign_, colour());
}

VerdictCard::VerdictCard(const style::Palette& palette, wording::Language language, QWidget* parent)
    : QFrame(parent), language_(std::move(language)) {
    setProperty("look", "verdict");
    mark_ = new SignMark(palette, this);
    heading_ = parts::label("title", this);
    text_ = parts::label("said", this);
    auto* words = new QVBoxLayout;
    words->setSpacing(8);
    words->addWidget(heading_);
    words->addWidget(text_);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(32, 20, 24, 20);
    layout->setSpacing(24);
    layout->addWidget(mark_, 0, Qt::AlignVCenter);
    layout->addLayout(words, 1);
}

void VerdictCard::show(const acquisition::records::Record& record) {
    mark_->show(record.verdict.sign);
    heading_->setText(wording::heading(record.verdict, !record.sold_as.empty(), language_));
    QStringList lines;
    for (const Statement& statement : record.verdict.headline) {
        if (!said_elsewhere(statement.code)) lines << wording::sentence(statement, language_);
    }
    for (const Statement& statement : record.verdict.strips) {
        if (!lines.contains(wording::sentence(statement, language_)))
            lines << wording::sentence(statement, language_);
    }
    text_->setText(lines.join(QLatin1Char(' ')));
    text_->setVisible(!lines.isEmpty());
    update();
}

void VerdictCard::paintEvent(QPaintEvent* event) {
    QFrame::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath card;
    card.addRoundedRect(QRectF(rect()), 16, 16);
    painter.setClipPath(card);
    painter.fillRect(QRectF(0, 0, 8, height()), mark_->colour());
}

}  // namespace singel::gui
