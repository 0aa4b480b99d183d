#include "instrument/settings.hpp"

#include <fmt/format.h>

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

}  // namespace

Validated validate(const Settings& settings, const Description& description) {
    const IntegrationLimits& limits = description.integration;
    const microseconds asked = settings.integration_time;
    if (asked < limits.min || asked > limits.max)
        return {Verdict::invalid,
                settings,
                {fmt::format("An integration time of {} is not possible: {} takes {} to {}.", text(asked),
                             description.identity.model, text(limits.min), text(limits.max))}};
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
