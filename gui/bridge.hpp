#pragma once

#include <QObject>
#include <QTimer>
#include <deque>
#include <mutex>

#include "acquisition/session.hpp"
#include "gui/commands.hpp"

namespace singel::gui {

// The only crossing from the runtime's thread to the window's. Snapshots of one stage are coalesced, so that a live
// view is painted at most 25 times a second; a change of stage, of the laser's state or an error is never skipped and
// never waits.
class Bridge : public QObject {
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds frame_period{40};

    explicit Bridge(QObject* parent = nullptr);

    // From any thread, in order.
    void receive(acquisition::SnapshotPtr snapshot);

Q_SIGNALS:
    void snapshot_arrived(const singel::acquisition::SnapshotPtr& snapshot);  // on the thread that owns the bridge

private:
    void wake();
    void deliver();

    std::mutex mutex_;
    std::deque<acquisition::SnapshotPtr> waiting_;  // at most one of each run of equal stages
    bool woken_ = false;                            // a wake-up is on its way
    acquisition::SnapshotPtr last_;                 // the latest that was delivered
    QTimer pace_;                                   // runs while the next live picture must wait
};

// Commands to a session whose snapshots go to a bridge.
class SessionCommands : public Commands {
public:
    SessionCommands(acquisition::Runtime& runtime, Bridge& bridge);
    void connect(acquisition::InstrumentChoice choice) override;
    void check(acquisition::Plan plan) override;
    void cancel() override;
    void stop_laser() override;
    void hold() override;

private:
    acquisition::Session session_;
};

}  // namespace singel::gui
