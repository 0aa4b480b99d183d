#include "instrument/settings.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <string_view>

namespace singel::instrument {

namespace {

using std::chrono::microseconds;

std::string text(microseconds time) {
    return time.count() % 1000 == 0 ? fmt::format("{} ms", time.count() / 1000) : fmt::format("{} µs", time.count());
}

microseconds step_at(microseconds time, const IntegrationLimits& limits) {
    const bool coarse = limits.coarse_step.count() > 0 && time >= limits.coarse_from;
    return std::max(coarse ? limits.coarse_step : limits.step, microseconds{1});
}

// Counted from zero, as the instruments do.
microseconds to_step(microseconds time, microseconds step) {
    return (time + step / 2) / step * step;
}

std::string_view text(core::Trigger trigger) {
    switch (trigger) {
        case core::Trigger::on_request: return "on request";
        case core::Trigger::external_edge: return "external edge";
        case core::Trigger::external_level: return "external level";
        case core::Trigger::external_synchronisation: return "external synchronisation";
    }
    return "unknown";
}

// Why the instrument cannot wait for such a trigger; none when it can.
std::optional<std::string> refused(core::Trigger trigger, const Description& description) {
    const auto& possible = description.external_triggers;
    if (trigger == core::Trigger::on_request ||
        std::find(possible.begin(), possible.end(), trigger) != possible.end())
        return std::nullopt;
    std::string takes = "on request";
    for (const core::Trigger one : possible) takes += fmt::format(", {}", text(one));
    return fmt::format("A trigger \"{}\" is not possible: {} takes frames {}.", text(trigger),
                       description.identity.model, takes);
}

}  // namespace

Validated validate(const Settings& settings, const Description& description) {
    const IntegrationLimits& limits = description.integration;
    const microseconds asked = settings.integration_time;
    if (asked < limits.min || asked > limits.max)
        return {Verdict::invalid,
                settings,
                {fmt::format("An integration time of {} is not possible: {} takes {} to {}.", text(asked),
                             description.identity.model, text(limits.min), text(limits.max))}};
    if (const auto why = refused(settings.trigger, description)) return {Verdict::invalid, settings, {*why}};
    const microseconds step = step_at(asked, limits);
    microseconds rounded = to_step(asked, step);
    if (rounded > limits.max) rounded -= step;
    if (rounded < limits.min) rounded += step;
    if (rounded == asked) return {Verdict::valid, settings, {}};
    Settings adjusted = settings;
    adjusted.integration_time = rounded;
    return {Verdict::adjusted,
            adjusted,
            {fmt::format("The integration time becomes {}: {} counts in steps of {}.", text(rounded),
                         description.identity.model, text(step))}};
}

}  // namespace singel::instrument
