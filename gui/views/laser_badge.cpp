#include "gui/views/laser_badge.hpp"

#include <QAccessible>
#include <QHBoxLayout>

#include "gui/views/parts.hpp"

namespace singel::gui {
namespace {

// Whole seconds, rounded up: the light may be on until the end of the last one.
long long seconds(std::chrono::milliseconds time) {
    return (time.count() + 999) / 1000;
}

}  // namespace

LaserBadge::LaserBadge(QWidget* parent) : QWidget(parent) {
    state_ = parts::label("laser-off", this);
    state_->setWordWrap(false);
    state_->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    stop_ = parts::button("stop", tr("Stop laser (Esc)"), this);
    stop_->setAccessibleDescription(tr("Switches the laser off at once. The key Escape does the same."));
    connect(stop_, &QPushButton::clicked, this, &LaserBadge::stop_wanted);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(16);
    layout->addWidget(state_);
    layout->addWidget(stop_);
    show({});
}

void LaserBadge::show(const acquisition::Snapshot& snapshot) {
    using acquisition::Light;
    const QString before = state_->text();
    switch (snapshot.light) {
        case Light::no_laser: state_->setText(tr("No laser")); break;
        case Light::off: state_->setText(tr("Laser off")); break;
        case Light::on: state_->setText(tr("▲ LASER ON · %1 s").arg(seconds(snapshot.light_remaining))); break;
        case Light::may_be_on: state_->setText(tr("▲ LASER MAY BE ON")); break;
    }
    const bool danger = snapshot.light == Light::on || snapshot.light == Light::may_be_on;
    const bool changed = (state_->property("look").toString() == "laser-on") != danger;
    parts::set_look(state_, danger ? "laser-on" : "laser-off");
    state_->setAccessibleName(state_->text());
    if (changed && before != state_->text()) {
        QAccessibleEvent alert(state_, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

}  // namespace singel::gui
