#pragma once

#include <functional>
#include <map>
#include <optional>
#include <utility>

#include "firmware-bridge/virtual/device.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// What is to happen later, in order; of two things at the same time the one asked for first happens first.
class Timers {
public:
    using Action = std::function<void(Clock when)>;

    void at(Clock when, Action action) { actions_.emplace(when, std::move(action)); }
    void clear() { actions_.clear(); }

    std::optional<Clock> next() const {
        if (actions_.empty()) return std::nullopt;
        return actions_.begin()->first;
    }

    // Everything due up to now, including what those actions ask for; each is told its own time.
    void run(Clock now) {
        while (!actions_.empty() && actions_.begin()->first <= now) {
            auto node = actions_.extract(actions_.begin());
            node.mapped()(node.key());
        }
    }

private:
    std::multimap<Clock, Action> actions_;
};

}  // namespace singel::firmware_bridge::virtual_instrument
