#include "gui/bridge.hpp"

namespace singel::gui {
namespace {

// Whether b may stand for a: nothing that a person must see happened between them.
bool may_replace(const acquisition::Snapshot& a, const acquisition::Snapshot& b) {
    return a.stage == b.stage && a.light == b.light && a.record == b.record &&
           a.error.has_value() == b.error.has_value();
}

}  // namespace

Bridge::Bridge(QObject* parent) : QObject(parent) {
    pace_.setSingleShot(true);
    pace_.setTimerType(Qt::PreciseTimer);
    pace_.setInterval(frame_period);
    connect(&pace_, &QTimer::timeout, this, &Bridge::deliver);
}

void Bridge::receive(acquisition::SnapshotPtr snapshot) {
    {
        const std::lock_guard lock(mutex_);
        if (!waiting_.empty() && may_replace(*waiting_.back(), *snapshot)) {
            waiting_.back() = std::move(snapshot);
        } else {
            waiting_.push_back(std::move(snapshot));
        }
        if (woken_) return;
        woken_ = true;
    }
    QMetaObject::invokeMethod(this, &Bridge::wake, Qt::QueuedConnection);
}

void Bridge::wake() {
    bool urgent = false;
    {
        const std::lock_guard lock(mutex_);
        woken_ = false;
        urgent = waiting_.size() > 1 || (!waiting_.empty() && !(last_ && may_replace(*last_, *waiting_.front())));
    }
    if (urgent || !pace_.isActive()) deliver();
}

void Bridge::deliver() {
    std::deque<acquisition::SnapshotPtr> now;
    {
        const std::lock_guard lock(mutex_);
        now.swap(waiting_);
    }
    if (now.empty()) return;
    last_ = now.back();
    pace_.start();
    for (const auto& snapshot : now) Q_EMIT snapshot_arrived(snapshot);
}

SessionCommands::SessionCommands(acquisition::Runtime& runtime, Bridge& bridge)
    : session_(runtime, [&bridge](acquisition::SnapshotPtr snapshot) { bridge.receive(std::move(snapshot)); }) {}

void SessionCommands::connect(acquisition::InstrumentChoice choice) {
    session_.connect(std::move(choice));
}

void SessionCommands::check(acquisition::Plan plan) {
    session_.check(std::move(plan));
}

void SessionCommands::cancel() {
    session_.cancel();
}

void SessionCommands::stop_laser() {
    session_.stop_laser();
}

void SessionCommands::hold() {
    session_.hold();
}

}  // namespace singel::gui
