#include "acquisition/pipeline/measure.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "acquisition/pipeline/baseline_watch.hpp"
#include "acquisition/pipeline/exposure.hpp"
#include "acquisition/pipeline/laser_terms.hpp"
#include "acquisition/pipeline/ramp.hpp"
#include "spectra/core/result.hpp"

namespace singel::acquisition::pipeline {

namespace asio = boost::asio;
namespace core = spectra::core;
using std::chrono::microseconds;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds lease_margin{1000};
constexpr int max_trials = 8;

milliseconds whole_milliseconds(microseconds duration) {
    return std::chrono::ceil<milliseconds>(duration);
}

// What the steps of one measurement share; it lives in measure() and outlives every step.
struct Run {
    instrument::Spectrometer& spectrometer;
    const MeasureOptions& options;
    const Report& report;
    Measured measured;
    std::vector<double> mean_dark;
    microseconds exposure{};
    milliseconds lease{};
    Stage stage = Stage::measuring;
    std::optional<BaselineWatch> watch;

    const instrument::Description& description() const { return spectrometer.description(); }
};

std::shared_ptr<const core::Spectrum> live_spectrum(const Run& run, const core::Frame& frame) {
    auto live = std::make_shared<core::Spectrum>();
    live->axis = run.measured.axis;
    live->ordinate = core::Ordinate::counts;
    live->technique = run.measured.axis.kind() == core::AxisKind::raman_shift_cm1 ? core::Technique::raman
                                                                                  : core::Technique::unknown;
    live->saturated_fraction = frame.saturated_fraction();
    live->provenance.instrument = frame.instrument;
    live->values.assign(frame.counts.begin(), frame.counts.end());
    for (std::size_t i = 0; i < run.mean_dark.size() && i < live->values.size(); ++i)
        live->values[i] -= run.mean_dark[i];
    return live;
}

void tell(const Run& run, const core::Frame* frame) {
    const unsigned total = run.options.frames + run.options.dark_frames;
    const auto done = static_cast<unsigned>(run.measured.frames.size() + run.measured.dark.size());
    Progress progress;
    progress.stage = run.stage;
    progress.fraction = 0.1 + 0.9 * done / std::max(1U, total);
    progress.remaining = (total - done) * whole_milliseconds(run.exposure);
    progress.frames_done = done;
    progress.frames_total = total;
    progress.exposure = run.exposure;
    progress.lease = run.lease;
    if (frame) {
        progress.fullness = fullness(*frame, run.description());
        progress.live = live_spectrum(run, *frame);
    }
    run.report(progress);
}

asio::awaitable<void> apply(Run& run, microseconds exposure) {
    const instrument::Settings settings{exposure};
    const instrument::Validated checked = instrument::validate(settings, run.description());
    if (checked.verdict == instrument::Verdict::invalid)
        throw core::Failure(core::Fault::invalid_argument,
                            checked.why.empty() ? "the integration time is out of range" : checked.why.front());
    const core::FrameSettings in_force = co_await run.spectrometer.apply(checked.settings);
    run.exposure = in_force.integration_time;
}

// Trial frames from short to long, so that nothing is ever exposed longer than it needs.
asio::awaitable<void> find_exposure(Run& run) {
    microseconds exposure = first_exposure(run.description());
    for (int trial = 0; trial < max_trials; ++trial) {
        co_await apply(run, exposure);
        const core::Frame frame = co_await run.spectrometer.capture();
        tell(run, &frame);
        const ExposureStep step = next_exposure(frame, run.description());
        exposure = step.next;
        if (step.settled) break;
    }
    if (exposure != run.exposure) co_await apply(run, exposure);
}

asio::awaitable<void> take_plain(Run& run, unsigned frames) {
    for (unsigned i = 0; i < frames; ++i) {
        core::Frame frame = co_await run.spectrometer.capture();
        require_light(frame, false);
        run.measured.frames.push_back(std::move(frame));
        tell(run, &run.measured.frames.back());
    }
}

// Until the sample warms: the frame that shows it is not kept.
asio::awaitable<void> take_light(Run& run, unsigned frames) {
    for (unsigned i = 0; i < frames; ++i) {
        core::Frame frame = co_await run.spectrometer.capture();
        require_light(frame, true);
        if (!run.watch->steady(frame, run.description())) {
            run.measured.lighting.warmed = true;
            co_return;
        }
        run.measured.frames.push_back(std::move(frame));
        tell(run, &run.measured.frames.back());
    }
}

asio::awaitable<void> take_dark(Run& run) {
    run.stage = Stage::dark;
    tell(run, nullptr);
    for (unsigned i = 0; i < run.options.dark_frames; ++i) {
        core::Frame frame = co_await run.spectrometer.capture();
        require_light(frame, false);
        run.measured.dark.push_back(std::move(frame));
        tell(run, nullptr);
    }
    if (run.measured.dark.empty()) co_return;
    run.mean_dark.assign(run.measured.dark.front().counts.size(), 0.0);
    for (const core::Frame& frame : run.measured.dark)
        for (std::size_t i = 0; i < run.mean_dark.size() && i < frame.counts.size(); ++i)
            run.mean_dark[i] += frame.counts[i] / static_cast<double>(run.measured.dark.size());
}

asio::awaitable<void> with_light(Run& run, milliseconds duration, asio::awaitable<void> (*body)(Run&, unsigned),
                                 unsigned argument) {
    instrument::Laser* laser = run.spectrometer.laser();
    instrument::LaserLease lease = run.options.terms;
    lease.duration = duration;
    lease.power = run.measured.lighting.power;
    run.lease = duration;
    // A plain function that starts the coroutine, not a coroutine that captures: run outlives both.
    std::function<asio::awaitable<void>()> shine = [&run, body, argument] { return body(run, argument); };
    co_await instrument::with_laser(*laser, lease, std::move(shine));
    run.lease = milliseconds(0);
}

asio::awaitable<void> find_exposure_body(Run& run, unsigned) {
    return find_exposure(run);
}

core::Axis plain_axis(const instrument::Description& description) {
    if (!description.wavelengths.empty()) return description.wavelengths;
    return core::Axis::uniform(core::AxisKind::pixel, 0.0, 1.0, description.pixels);
}

}  // namespace

core::Axis raman_axis(const instrument::Description& description) {
    if (!description.has_laser || !description.excitation)
        throw core::Failure(core::Fault::wrong_technique,
                            fmt::format("{} has no laser of its own, so its scans cannot be compared with a Raman "
                                        "library",
                                        description.identity.model),
                            {}, "Attach a Raman instrument; `singel capture` still measures with this one.");
    return core::value_or_throw(description.raman_shift());
}

LeaseShare lease_for(unsigned frames, microseconds exposure, milliseconds warm_up) {
    const milliseconds one = whole_milliseconds(exposure) + frame_overhead;
    // The first frame after a switch may have to wait for a whole exposure that began before it.
    const milliseconds fixed = warm_up + lease_margin + one;
    const milliseconds cap = instrument::laser_lease_cap;
    const auto room = (cap - fixed) / one;
    const unsigned fit = static_cast<unsigned>(std::clamp<std::int64_t>(room, 1, frames));
    return {fit, std::min(cap, fixed + fit * one)};
}

void require_light(const core::Frame& frame, bool on) {
    if (frame.settings.laser_on == on) return;
    throw core::Failure(
        core::Fault::protocol,
        on ? "the laser went off while it should have shone on the sample" : "the laser was on during a dark frame",
        fmt::format("frame {}", frame.number), "Measure again.");
}

namespace {

asio::awaitable<void> decide_power(Run& run) {
    Lighting& lighting = run.measured.lighting;
    lighting = {run.options.look, run.options.laser_power, false, run.options.terms.beam == instrument::Beam::open,
                run.options.interlock};
    const bool ramped = lighting.look != SampleLook::light;
    require_short_unheld_light(run.options.terms, run.options.integration_time, run.options.frames, ramped);
    if (!ramped) co_return;
    tell(run, nullptr);
    const RampEnd end = co_await climb_ramp(run.spectrometer, run.options.terms, run.options.laser_power);
    lighting.power = end.power;
    lighting.warmed = end.warmed;
}

asio::awaitable<void> take_all_light(Run& run, milliseconds warm_up) {
    run.stage = Stage::measuring;
    run.watch.emplace(run.measured.dark.empty() ? Baseline{}
                                                : baseline_of(run.measured.dark.front(), run.description()));
    const bool held_back = std::exchange(run.measured.lighting.warmed, false);
    while (run.measured.frames.size() < run.options.frames && !run.measured.lighting.warmed) {
        const auto left = run.options.frames - static_cast<unsigned>(run.measured.frames.size());
        const LeaseShare share = lease_for(left, run.exposure, warm_up);
        co_await with_light(run, share.duration, take_light, share.frames);
    }
    run.measured.lighting.warmed = run.measured.lighting.warmed || held_back;
}

}  // namespace

asio::awaitable<Measured> measure(instrument::Spectrometer& spectrometer, MeasureOptions options, Report report) {
    Run run{spectrometer, options, report, {}, {}, {}, {}, Stage::measuring, {}};
    run.measured.axis = raman_axis(spectrometer.description());
    const milliseconds warm_up = spectrometer.laser()->warm_up();
    co_await decide_power(run);
    if (options.integration_time) {
        co_await apply(run, *options.integration_time);
    } else {
        const LeaseShare trials = lease_for(max_trials, longest_automatic_exposure, warm_up);
        co_await with_light(run, trials.duration, find_exposure_body, 0);
    }
    co_await take_dark(run);
    co_await take_all_light(run, warm_up);
    co_return std::move(run.measured);
}

asio::awaitable<Measured> measure_plain_light(instrument::Spectrometer& spectrometer, MeasureOptions options,
                                              Report report) {
    options.dark_frames = 0;
    Run run{spectrometer, options, report, {}, {}, {}, {}, Stage::measuring, {}};
    run.measured.axis = plain_axis(spectrometer.description());
    if (options.integration_time) {
        co_await apply(run, *options.integration_time);
    } else {
        co_await find_exposure(run);
    }
    co_await take_plain(run, options.frames);
    co_return std::move(run.measured);
}

}  // namespace singel::acquisition::pipeline
