#include "gui/views/measure_panel.hpp"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "gui/views/parts.hpp"
#include "gui/wording/sentence.hpp"

namespace singel::gui {

MeasurePanel::MeasurePanel(const style::Palette& palette, const wording::Language& language, QWidget* parent)
    : QWidget(parent) {
    auto* card = parts::frame("card", this);
    title_ = parts::label("heading", card);
    spectrum_ = make_spectrum_view(palette, language, card);
    details_ = parts::label("", card);
    auto* inside = new QVBoxLayout(card);
    inside->setContentsMargins(24, 16, 24, 16);
    inside->setSpacing(8);
    inside->addWidget(title_);
    inside->addWidget(spectrum_->widget(), 1);
    inside->addWidget(details_);

    auto* stop = parts::button("stop", tr("■ Stop laser"), this);
    auto* back = parts::button("", tr("Back"), this);
    back->setAccessibleDescription(tr("Stops this check and switches the laser off. Nothing is recorded."));
    connect(stop, &QPushButton::clicked, this, &MeasurePanel::stop_wanted);
    connect(back, &QPushButton::clicked, this, &MeasurePanel::back_wanted);
    hold_ = make_hold();
    progress_ = new QProgressBar(this);
    progress_->setRange(0, 1000);
    progress_->setTextVisible(false);
    progress_->setAccessibleName(tr("Progress of the check"));
    remaining_ = parts::label("quiet", this);
    auto* middle = new QVBoxLayout;
    middle->setSpacing(4);
    middle->addStretch(1);
    middle->addWidget(progress_);
    middle->addWidget(remaining_);
    middle->addStretch(1);
    auto* row = new QHBoxLayout;
    row->setSpacing(24);
    row->addWidget(stop);
    row->addWidget(hold_);
    row->addLayout(middle, 1);
    row->addWidget(back);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(16);
    layout->addWidget(card, 1);
    layout->addLayout(row);
}

// Repeats while it is down, by mouse or space bar; losing the focus lets it go.
QPushButton* MeasurePanel::make_hold() {
    constexpr int repeat_ms = 200;
    QPushButton* hold = parts::button("", tr("Hold to keep the laser on (space bar)"), this);
    hold->setAccessibleDescription(tr("The beam is open. The laser stops half a second after you let go."));
    hold->setAutoRepeat(true);
    hold->setAutoRepeatDelay(repeat_ms);
    hold->setAutoRepeatInterval(repeat_ms);
    hold->hide();
    connect(hold, &QPushButton::pressed, this, &MeasurePanel::hold_wanted);
    return hold;
}

void MeasurePanel::show(const acquisition::Snapshot& snapshot) {
    title_->setText(what_is_done(snapshot.stage));
    if (snapshot.hold_wanted && !hold_->isVisible()) {
        hold_->show();
        hold_->setFocus();  // a person has five seconds: the space bar is enough
    }
    if (!snapshot.hold_wanted && !hold_->isDown()) hold_->hide();
    progress_->setValue(static_cast<int>(std::lround(1000.0 * std::clamp(snapshot.progress, 0.0, 1.0))));
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(snapshot.remaining).count();
    remaining_->setText(seconds > 0 ? tr("about %1 s left").arg(seconds) : QString());
    show_details(snapshot);
    if (snapshot.live && snapshot.live.get() != shown_) spectrum_->show_live(live_picture(*snapshot.live));
    if (!snapshot.live) spectrum_->clear();
    shown_ = snapshot.live.get();
}

void MeasurePanel::show_details(const acquisition::Snapshot& snapshot) {
    QStringList parts;
    if (snapshot.exposure.count() > 0) {
        parts << tr("Exposure %1 ms, %2 of full scale")
                     .arg(snapshot.exposure.count())
                     .arg(wording::percent(snapshot.fullness, wording::Rounding::nearest));
    }
    if (snapshot.frames_total > 0) {
        parts << tr("frame %1 of %2").arg(snapshot.frames_done).arg(snapshot.frames_total);
    }
    details_->setText(parts.join(QStringLiteral("   ·   ")));
}

QString MeasurePanel::what_is_done(acquisition::Stage stage) const {
    using acquisition::Stage;
    switch (stage) {
        case Stage::dark: return tr("Measuring the dark, the laser is off");
        case Stage::identifying: return tr("Comparing with the library");
        case Stage::recording: return tr("Keeping the record");
        default: return tr("Measuring your sample");
    }
}

}  // namespace singel::gui
