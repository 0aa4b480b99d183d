#pragma once

#include <functional>
#include <memory>

#include "acquisition/plan.hpp"
#include "acquisition/snapshot.hpp"

namespace singel::acquisition {

class Runtime;  // acquisition/runtime: the io_context, its thread and the compute pool

// The state machine of one sample at a time. Commands may be given from any thread and return at once; what comes
// of them is seen in snapshots. Observers are called on the runtime's thread, one snapshot at a time, in order.
class Session {
public:
    using Observer = std::function<void(SnapshotPtr)>;

    Session(Runtime& runtime, Observer observer);
    ~Session();  // cancels, switches the laser off, waits

    void connect(InstrumentChoice choice);  // opens the instrument and keeps it: Stage::ready or failed
    void check(Plan plan);                  // a whole check on the connected instrument (connects first if need be)
    void cancel();                          // frees the caller; laser off at once
    void stop_laser();                      // the red button: laser off whatever else is going on
    void hold();                            // the key is pressed: at least twice a second while the beam is open
    void disconnect();

    SnapshotPtr latest() const;

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace singel::acquisition
