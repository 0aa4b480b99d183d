#include <algorithm>

#include "acquisition/session_impl.hpp"

namespace singel::acquisition {

namespace core = spectra::core;

namespace {

// The measurement takes most of a check; identifying and recording the rest.
constexpr double measured_fraction = 0.85;

}  // namespace

Light Session::Impl::light() const {
    if (light_unproven) return Light::may_be_on;
    const instrument::Laser* laser = spectrometer ? spectrometer->laser() : nullptr;
    if (!laser) return Light::no_laser;
    const instrument::LaserState state = laser->last_known();
    if (!state.may_be_on()) return Light::off;
    return state.enabled == instrument::Tristate::yes ? Light::on : Light::may_be_on;
}

void Session::Impl::publish(Snapshot next) {
    using std::chrono::milliseconds;
    next.sequence = current->sequence + 1;
    next.instrument = spectrometer ? spectrometer->description().identity : core::InstrumentIdentity{};
    next.away = away;
    next.returns = returns;
    next.light = light();
    next.hold_wanted = beam_open && next.light == Light::on;
    const auto left = std::chrono::duration_cast<milliseconds>(lease_end - std::chrono::steady_clock::now());
    next.light_remaining = next.light == Light::on ? std::max(milliseconds(0), left) : milliseconds(0);
    auto published = std::make_shared<const Snapshot>(std::move(next));
    {
        const std::lock_guard lock(mutex);
        current = published;
    }
    if (observer) observer(std::move(published));
}

void Session::Impl::hear(const instrument::Presence& presence) {
    away = presence.what == instrument::Presence::What::away;
    if (!away) ++returns;
    publish(*current);
}

void Session::Impl::publish_stage(Stage stage, double progress) {
    Snapshot next = *current;
    next.stage = stage;
    next.progress = progress;
    next.error.reset();
    next.settling = false;
    publish(std::move(next));
}

void Session::Impl::publish_start() {
    unsaved.reset();
    Snapshot next;
    next.sequence = current->sequence;
    next.stage = Stage::connecting;
    publish(std::move(next));
}

void Session::Impl::publish_done(records::RecordPtr record) {
    unsaved.reset();
    Snapshot next = *current;
    next.stage = Stage::done;
    next.progress = 1.0;
    next.remaining = {};
    next.record = std::move(record);
    publish(std::move(next));
}

void Session::Impl::report(const pipeline::Progress& progress) {
    if (cancelling) return;
    using namespace std::chrono;
    if (progress.lease > milliseconds(0) && current->light != Light::on)
        lease_end = steady_clock::now() + progress.lease;
    Snapshot next = *current;
    next.stage = progress.stage;
    next.progress = measured_fraction * progress.fraction;
    next.remaining = progress.remaining;
    next.frames_done = progress.frames_done;
    next.frames_total = progress.frames_total;
    next.exposure = duration_cast<milliseconds>(progress.exposure);
    if (progress.live) {
        next.live = progress.live;
        next.fullness = progress.fullness;
    }
    publish(std::move(next));
}

}  // namespace singel::acquisition
