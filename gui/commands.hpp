#pragma once

#include "acquisition/plan.hpp"

namespace singel::gui {

// What a screen may ask for. The answers come as snapshots. Called on the window's thread; returns at once.
class Commands {
public:
    virtual ~Commands() = default;
    virtual void connect(acquisition::InstrumentChoice choice) = 0;
    virtual void check(acquisition::Plan plan) = 0;
    virtual void cancel() = 0;
    virtual void stop_laser() = 0;
    virtual void hold() = 0;  // the key is pressed: again and again while it is
};

}  // namespace singel::gui
