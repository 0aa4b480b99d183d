#include "acquisition/pipeline/exposure.hpp"

#include <algorithm>
#include <limits>

namespace singel::acquisition::pipeline {

namespace {

using spectra::core::Frame;

struct Levels {
    double low = 0.0, high = 0.0;  // counts
};

Levels levels(const Frame& frame, const instrument::Description& description) {
    const auto& counts = frame.counts;
    if (counts.size() < 3) return {};
    const std::size_t end = std::min(description.usable.last, counts.size() - 2);
    Levels levels{std::numeric_limits<double>::max(), 0.0};
    for (std::size_t i = std::max<std::size_t>(1, description.usable.first); i <= end; ++i) {
        if (std::ranges::find(description.bad_pixels, i) != description.bad_pixels.end()) continue;
        const auto [smallest, greatest] = std::minmax({counts[i - 1], counts[i], counts[i + 1]});
        const double median = double(counts[i - 1]) + counts[i] + counts[i + 1] - smallest - greatest;
        levels.low = std::min(levels.low, median);
        levels.high = std::max(levels.high, median);
    }
    return levels.high >= levels.low ? levels : Levels{};
}

std::chrono::microseconds bounded(double microseconds, const instrument::Description& description) {
    const auto& limits = description.integration;
    const auto longest = std::max(limits.min, std::min(limits.max, longest_automatic_exposure));
    const double step = static_cast<double>(std::max<std::int64_t>(1, limits.step.count()));
    const auto whole =
        std::chrono::microseconds(static_cast<std::int64_t>(microseconds / step) * static_cast<std::int64_t>(step));
    return std::clamp(whole, limits.min, longest);
}

}  // namespace

double fullness(const Frame& frame, const instrument::Description& description) {
    return levels(frame, description).high / std::max(1U, frame.full_scale);
}

std::chrono::microseconds first_exposure(const instrument::Description& description) {
    return bounded(20'000.0, description);
}

ExposureStep next_exposure(const Frame& frame, const instrument::Description& description) {
    const Levels seen = levels(frame, description);
    const double full = std::max(1U, frame.full_scale);
    const double now = static_cast<double>(frame.settings.integration_time.count());
    const auto same = frame.settings.integration_time;
    if (seen.high >= 0.99 * full) {
        const auto shorter = bounded(now / 8.0, description);
        return {shorter >= same, shorter};
    }
    if (seen.high >= fullness_low * full && seen.high <= fullness_high * full) return {true, same};
    // Where even the aim lies below the detector's own level, or nothing but that level is seen: as far as allowed.
    const double wanted = std::max(0.0, fullness_aim * full - seen.low);
    const double factor = std::clamp(wanted / std::max(1.0, seen.high - seen.low), 0.1, 10.0);
    const auto next = bounded(now * factor, description);
    return {next == same, next};
}

}  // namespace singel::acquisition::pipeline
