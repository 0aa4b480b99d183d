#include "gui/views/start_panel.hpp"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "gui/views/parts.hpp"

namespace singel::gui {

StartPanel::StartPanel(QWidget* parent) : QWidget(parent) {
    auto* card = parts::frame("card", this);
    title_ = parts::label("title", card);
    text_ = parts::label("said", card);
    auto* inside = new QVBoxLayout(card);
    inside->setContentsMargins(48, 48, 48, 48);
    inside->setSpacing(24);
    inside->addStretch(1);
    inside->addWidget(title_);
    inside->addWidget(text_);
    inside->addStretch(2);
    check_ = parts::button("primary", tr("Check"), this);
    look_again_ = parts::button("", tr("Look again"), this);
    connect(check_, &QPushButton::clicked, this, &StartPanel::check_wanted);
    connect(look_again_, &QPushButton::clicked, this, &StartPanel::connect_wanted);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(16);
    buttons->addWidget(check_);
    buttons->addWidget(look_again_);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(16);
    layout->addWidget(card, 1);
    layout->addLayout(buttons);
}

void StartPanel::show(const acquisition::Snapshot& snapshot) {
    using acquisition::Stage;
    const bool present = !snapshot.instrument.model.empty();
    const bool connecting = snapshot.stage == Stage::connecting;
    check_->setEnabled(present && !connecting && !snapshot.settling);
    look_again_->setVisible(!present && !connecting);
    if (connecting) {
        say(tr("Connecting to the instrument …"), {});
    } else if (!present) {
        say(tr("No instrument"), tr("Plug the instrument in and switch it on, then press Look again."));
    } else if (snapshot.settling) {
        say(tr("The instrument is finishing"), tr("It still ends its last measurement. One moment."));
    } else if (snapshot.stage == Stage::cancelled) {
        say(tr("The check was stopped"), tr("Nothing was recorded. Press Check to start again."));
    } else if (snapshot.light == acquisition::Light::no_laser) {
        say(tr("Place the sample, then press Check"), tr("A tip of a knife is enough. Close the cover."));
    } else {
        say(tr("Place the sample, then press Check"),
            tr("A tip of a knife is enough. Close the cover. The laser is on while we measure; "
               "Escape switches it off at any moment."));
    }
}

void StartPanel::say(const QString& title, const QString& text) {
    title_->setText(title);
    text_->setText(text);
    text_->setVisible(!text.isEmpty());
}

}  // namespace singel::gui
