#include "firmware-bridge/carriers/plug_schedule.hpp"

#include <algorithm>

namespace singel::firmware_bridge::carriers {

void PlugSchedule::start(std::span<const PlugChange> changes, Clock now) {
    start_ = now;
    changes_.assign(changes.rbegin(), changes.rend());
    std::stable_sort(changes_.begin(), changes_.end(), [](const auto& a, const auto& b) { return a.at > b.at; });
}

std::optional<PlugSchedule::Clock> PlugSchedule::next() const {
    return changes_.empty() ? std::nullopt : std::optional<Clock>(start_ + changes_.back().at);
}

std::optional<PlugChange> PlugSchedule::take_due(Clock now) {
    if (changes_.empty() || start_ + changes_.back().at > now) return std::nullopt;
    const PlugChange change = changes_.back();
    changes_.pop_back();
    return change;
}

}  // namespace singel::firmware_bridge::carriers
