#include "gui/views/trouble_panel.hpp"

#include <QAccessible>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include "gui/views/parts.hpp"
#include "gui/wording/trouble.hpp"

namespace singel::gui {

TroublePanel::TroublePanel(wording::Language language, QWidget* parent)
    : QWidget(parent), language_(std::move(language)) {
    auto* card = parts::frame("card", this);
    what_ = parts::label("title", card);
    what_to_do_ = parts::label("said", card);
    detail_ = parts::label("quiet", card);
    detail_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* inside = new QVBoxLayout(card);
    inside->setContentsMargins(48, 48, 48, 48);
    inside->setSpacing(24);
    inside->addStretch(1);
    inside->addWidget(what_);
    inside->addWidget(what_to_do_);
    inside->addStretch(1);
    inside->addWidget(detail_);
    auto* again = parts::button("primary", tr("Try again"), this);
    auto* back = parts::button("", tr("Back"), this);
    connect(again, &QPushButton::clicked, this, &TroublePanel::again_wanted);
    connect(back, &QPushButton::clicked, this, &TroublePanel::back_wanted);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(16);
    buttons->addWidget(again);
    buttons->addWidget(back);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(16);
    layout->addWidget(card, 1);
    layout->addLayout(buttons);
}

void TroublePanel::show(const spectra::core::Error& error) {
    const wording::Trouble trouble = wording::trouble(error, language_);
    what_->setText(trouble.what);
    what_to_do_->setText(trouble.what_to_do);
    detail_->setText(tr("For whoever helps you: %1").arg(trouble.detail));
    QAccessibleEvent alert(what_, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

}  // namespace singel::gui
