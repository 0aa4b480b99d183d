#include "acquisition/pipeline/ramp.hpp"

#include <algorithm>

#include "acquisition/pipeline/baseline_watch.hpp"
#include "acquisition/pipeline/measure.hpp"
#include "spectra/core/result.hpp"

namespace singel::acquisition::pipeline {

namespace asio = boost::asio;
namespace core = spectra::core;

namespace {

asio::awaitable<void> look(instrument::Spectrometer& spectrometer, BaselineWatch& watch, bool& steady) {
    for (unsigned i = 0; i < ramp_frames && steady; ++i) {
        const core::Frame frame = co_await spectrometer.capture();
        require_light(frame, true);
        steady = watch.steady(frame, spectrometer.description());
    }
}

asio::awaitable<bool> step_is_steady(instrument::Spectrometer& spectrometer, instrument::LaserLease lease) {
    const core::Frame dark = co_await spectrometer.capture();
    require_light(dark, false);
    BaselineWatch watch(baseline_of(dark, spectrometer.description()));
    bool steady = true;
    std::function<asio::awaitable<void>()> body = [&] { return look(spectrometer, watch, steady); };
    co_await instrument::with_laser(*spectrometer.laser(), std::move(lease), std::move(body));
    co_return steady;
}

}  // namespace

asio::awaitable<RampEnd> climb_ramp(instrument::Spectrometer& spectrometer, instrument::LaserLease terms,
                                    double power) {
    const instrument::Description& description = spectrometer.description();
    const auto exposure = std::clamp<std::chrono::microseconds>(ramp_exposure, description.integration.min,
                                                                description.integration.max);
    co_await spectrometer.apply(instrument::Settings{exposure});
    terms.duration = lease_for(ramp_frames, exposure, spectrometer.laser()->warm_up()).duration;
    RampEnd end;
    for (const double step : ramp_steps) {
        terms.power = step * power;
        const bool steady = co_await step_is_steady(spectrometer, terms);
        end.warmed = !steady;
        if (end.warmed) break;
        end.power = terms.power;
    }
    if (end.power <= 0.0)
        throw core::Failure(core::Fault::unsupported, "the sample warms or glows at a tenth of the laser's power",
                            description.identity.serial,
                            "Do not use the laser on it. Take much less of it, spread thin, or use strips only.");
    co_return end;
}

}  // namespace singel::acquisition::pipeline
