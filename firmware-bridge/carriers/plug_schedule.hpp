#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "firmware-bridge/virtual/device.hpp"

namespace singel::firmware_bridge::carriers {

// A plug that is pulled or put back at a time of its own. Pulling what is not plugged, or plugging what is, does
// nothing.
struct PlugChange {
    std::size_t device = 0;           // index
    std::chrono::milliseconds at{0};  // since the carrier started its clock
    bool plugged = false;             // afterwards
};

// The changes of a run in the order of their times. Equal times keep the order in which they were given.
class PlugSchedule {
public:
    using Clock = virtual_instrument::Clock;

    void start(std::span<const PlugChange> changes, Clock now);
    std::optional<Clock> next() const;
    std::optional<PlugChange> take_due(Clock now);

private:
    std::vector<PlugChange> changes_;  // the last one is the next
    Clock start_{0};
};

}  // namespace singel::firmware_bridge::carriers
