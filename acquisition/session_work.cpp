#include <utility>

#include "acquisition/pipeline/judge.hpp"
#include "acquisition/pipeline/laser_terms.hpp"
#include "acquisition/pipeline/open_instrument.hpp"
#include "acquisition/records/store.hpp"
#include "acquisition/session_impl.hpp"
#include "spectra/core/result.hpp"

namespace singel::acquisition {

namespace asio = boost::asio;
namespace core = spectra::core;

// What one check needs on the pool's threads; it outlives a caller that was cancelled.
struct Check {
    Plan plan;
    instrument::Description description;
    core::ParallelFor parallel;
    std::shared_ptr<std::atomic<bool>> given_up;
    spectra::identify::LibraryPtr library;
    std::unique_ptr<records::Store> store;
    std::unique_ptr<records::Reservation> reservation;
    std::optional<records::InterlockRecord> interlock;
    std::vector<records::LaserEvent> laser_events;
    pipeline::Measured measured;
    std::shared_ptr<records::Record> record;
};

namespace {

// Everything that can refuse a check without light on the sample.
void prepare(Check& check, pipeline::LibraryCache& libraries) {
    check.library =
        libraries.get(check.plan.library_path, check.parallel, core::Technique::raman, check.plan.learned_path);
    const std::filesystem::path folder = records::store_folder(check.plan.store_path);
    check.store =
        std::make_unique<records::Store>(folder, check.description.identity.simulated, records::Store::Use::write);
    check.interlock = pipeline::recorded_interlock(check.plan.store_path, check.description.identity);
    const std::size_t frames = check.plan.frames + check.plan.dark_frames;
    check.reservation =
        std::make_unique<records::Reservation>(folder, records::space_for(frames, check.description.pixels));
}

void judge(Check& check) {
    check.record = std::make_shared<records::Record>(
        pipeline::judge(std::move(check.measured), check.description, check.plan, *check.library, check.parallel));
}

void record(Check& check) {
    check.reservation->release();
    check.store->add_laser_events(check.laser_events);
    check.store->add(*check.record, check.given_up.get());
}

pipeline::MeasureOptions measure_options(const Plan& plan) {
    pipeline::MeasureOptions options;
    options.look = plan.look;
    options.frames = plan.frames;
    options.dark_frames = plan.dark_frames;
    options.integration_time = plan.integration_time;
    options.laser_power = plan.laser_power;
    return options;
}

void require_sensible(const Plan& plan) {
    constexpr unsigned most_frames = 1000;
    if (plan.frames < 1 || plan.frames > most_frames || plan.dark_frames < 1 || plan.dark_frames > most_frames)
        throw core::Failure(core::Fault::invalid_argument, "a check takes 1 to 1000 frames and as many dark frames");
    if (!(plan.laser_power > 0.0 && plan.laser_power <= 1.0))
        throw core::Failure(core::Fault::invalid_argument, "laser power goes from just above 0 to 1");
}

bool unspecified(const InstrumentChoice& choice) {
    return choice.device_id.empty() && choice.virtual_model.empty();
}

}  // namespace

asio::awaitable<void> Session::Impl::ensure_connected(Self self, InstrumentChoice wanted) {
    if (self->spectrometer && (unspecified(wanted) || wanted == self->choice)) co_return;
    if (unspecified(wanted) && !unspecified(self->choice)) wanted = self->choice;
    self->publish_stage(Stage::connecting, 0.0);
    co_await close_instrument(self);
    self->choice = wanted;
    self->away = false;
    self->returns = 0;
    pipeline::PresenceWitness witness = [weak = std::weak_ptr(self)](const instrument::Presence& presence) {
        if (const Self heard = weak.lock()) heard->hear(presence);
    };
    instrument::SpectrometerPtr opened =
        co_await pipeline::open_instrument(self->runtime, wanted, std::move(witness));
    self->spectrometer = std::move(opened);
    // Opening switches the laser off first and reads back: what was open before this is settled by it.
    const instrument::Laser* laser = self->spectrometer->laser();
    if (laser && !laser->last_known().may_be_on()) self->light_unproven = false;
}

asio::awaitable<void> Session::Impl::connect(Self self, InstrumentChoice choice) {
    co_await ensure_connected(self, choice);
    self->publish_stage(Stage::ready, 0.0);
}

asio::awaitable<void> Session::Impl::disconnect(Self self) {
    co_await close_instrument(self);
    self->choice = {};
    Snapshot next;
    next.sequence = self->current->sequence;
    self->publish(std::move(next));
}

asio::awaitable<void> Session::Impl::measure(Self self, Check& state) {
    const auto held = self->spectrometer;
    pipeline::MeasureOptions options = measure_options(state.plan);
    options.terms = co_await pipeline::laser_terms(*held, state.interlock);
    if (state.interlock) options.interlock = state.interlock->id;
    if (state.plan.has_key) options.terms.hold = self->key;
    const core::InstrumentIdentity identity = state.description.identity;
    self->laser_log = {state.plan.store_path, identity.simulated, {}};
    options.terms.witness = [self, identity](const instrument::LaserState& light) {
        self->laser_log.events.push_back(pipeline::laser_event(identity, light));
    };
    self->beam_open = options.terms.beam == instrument::Beam::open;
    pipeline::Report report = [self](const pipeline::Progress& progress) { self->report(progress); };
    state.measured = co_await pipeline::measure(*held, std::move(options), std::move(report));
}

asio::awaitable<void> Session::Impl::check(Self self, Plan plan) {
    require_sensible(plan);
    self->publish_start();
    self->store_path = plan.store_path;
    if (plan.instrument.scene_library.empty()) plan.instrument.scene_library = plan.library_path;
    co_await ensure_connected(self, plan.instrument);

    const auto state = std::make_shared<Check>();
    state->plan = std::move(plan);
    state->description = self->spectrometer->description();
    state->parallel = self->runtime.pool().parallel();
    state->given_up = self->given_up;
    pipeline::raman_axis(state->description);
    std::function<void()> preparing = [state, self] { prepare(*state, self->libraries); };
    co_await self->runtime.compute(std::move(preparing));

    co_await measure(self, *state);
    self->publish_stage(Stage::identifying, 0.88);
    std::function<void()> judging = [state] { judge(*state); };
    co_await self->runtime.compute(std::move(judging));
    self->publish_stage(Stage::recording, 0.97);
    self->unsaved = state->record;
    state->laser_events = std::exchange(self->laser_log.events, {});
    std::function<void()> recording = [state] { record(*state); };
    co_await self->runtime.compute(std::move(recording));

    self->publish_done(state->record);
}

}  // namespace singel::acquisition
