#include "gui/screenshot.hpp"

#include <QCoreApplication>
#include <QPixmap>
#include <QTimer>
#include <cstdio>

namespace singel::gui {
namespace {

using acquisition::Stage;
using spectra::core::Error;
using spectra::core::Fault;

constexpr std::chrono::minutes deadline{3};

}  // namespace

Screenshot::Screenshot(MainWindow& window, Commands& commands, acquisition::Plan plan, Of wanted, QString file)
    : window_(window), commands_(commands), plan_(std::move(plan)), wanted_(wanted), file_(std::move(file)) {
    QTimer::singleShot(deadline, this, [this] {
        give_up({Fault::timed_out, "the check did not come to its end in three minutes", "screenshot", {}});
    });
}

void Screenshot::see(const acquisition::SnapshotPtr& snapshot) {
    if (snapshot->stage == Stage::failed && snapshot->error) return give_up(*snapshot->error);
    if (snapshot->stage == Stage::ready && !started_) {
        started_ = true;
        commands_.check(plan_);
    }
    if (taken_ || !wanted_now(*snapshot)) return;
    taken_ = true;
    QTimer::singleShot(100, this, &Screenshot::take);  // after the window has shown this snapshot and settled
}

bool Screenshot::wanted_now(const acquisition::Snapshot& snapshot) const {
    if (wanted_ == Of::result) return snapshot.stage == Stage::done && snapshot.record;
    return snapshot.stage == Stage::measuring && snapshot.live && 2 * snapshot.frames_done >= snapshot.frames_total;
}

void Screenshot::take() {
    if (!window_.grab().save(file_, "PNG")) {
        return give_up({Fault::input_output, "the picture could not be written", file_.toStdString(),
                        "Choose another place or make room on the disk."});
    }
    QCoreApplication::exit(0);
}

void Screenshot::give_up(const Error& error) {
    std::fprintf(stderr, "singel-gui: %s\n", error.sentence().c_str());
    QCoreApplication::exit(spectra::core::person_can_act(error.fault) ? 2 : 3);
}

}  // namespace singel::gui
