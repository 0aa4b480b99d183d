#include <algorithm>
#include <array>
#include <exception>
#include <optional>
#include <utility>

#include "instrument/guarded_laser.hpp"
#include "instrument/ocean_obp/acquisition.hpp"
#include "instrument/ocean_obp/cooler.hpp"
#include "instrument/ocean_obp/defaults.hpp"
#include "instrument/ocean_obp/memory.hpp"
#include "instrument/ocean_obp/obp_laser.hpp"
#include "instrument/ocean_obp/ocean_obp.hpp"
#include "instrument/open_driver.hpp"
#include "instrument/signal.hpp"
#include "spectra/core/result.hpp"

namespace singel::instrument::ocean_obp {

namespace asio = boost::asio;
namespace message = obp::message;
using core::Failure;
using core::Fault;
using namespace std::chrono_literals;

namespace {

constexpr auto ladder_deadline = 1000ms;
constexpr auto thermometer_interval = 200ms;
// While somebody may want to switch a laser off nobody reads longer than this without looking up.
constexpr auto slice_beside_a_laser = 50ms;

// OBP notes, section 9.3.
enum class Rung { drain, clear_halt, abort, reclaim, reset };
struct Step {
    Rung rung;
    std::string_view name;
};
constexpr std::array ladder{Step{Rung::drain, "drain"}, Step{Rung::clear_halt, "clear halt"},
                            Step{Rung::abort, "abort and clear"}, Step{Rung::reclaim, "claim again"},
                            Step{Rung::reset, "reset the port"}};
constexpr std::size_t gentle_rungs = 4;  // those that leave the laser as it is

Line line_of(const obp::Model& model, const Transport& link) {
    Line line;
    line.out = model.command_endpoint;
    line.in = model.reply_endpoint;
    const std::size_t packet = link.packet_size(model.reply_endpoint);
    line.packet_size = packet > 0 ? packet : model.packet_size;
    line.version = model.version;
    line.multiple = model.transfer_multiple;
    if (model.laser) line.slice = slice_beside_a_laser;
    return line;
}

std::uint8_t code_of(core::Trigger trigger) {
    switch (trigger) {
        case core::Trigger::on_request: break;
        case core::Trigger::external_edge: return obp::trigger_code::external_edge;
        case core::Trigger::external_level: return obp::trigger_code::external_level;
        case core::Trigger::external_synchronisation: return obp::trigger_code::synchronised;
    }
    return obp::trigger_code::on_request;
}

class Driver final : public Spectrometer, private FrameSource {
public:
    Driver(TransportPtr link, Model model)
        : link_(link),
          model_(std::move(model)),
          pipe_(link, line_of(model_.facts, *link)),
          acquisition_(pipe_, known_, model_.facts),
          laser_switch_(pipe_) {
        if (model_.facts.laser) laser_.emplace(laser_switch_, book_, 0ms, model_.stale_after_change);
        if (model_.facts.cooled) cooler_.emplace(pipe_, known_);
    }

    asio::awaitable<void> start();

    const Description& description() const override { return description_; }
    Counters counters() const override;
    std::span<const Recovery> recoveries() const override { return book_.recoveries; }
    asio::awaitable<core::FrameSettings> apply(Settings settings) override {
        return apply_settings(*this, book_, *link_, settings);
    }
    asio::awaitable<void> stream(std::uint64_t frames, FrameSink sink) override;
    asio::awaitable<void> close() override;
    // A unit whose wavelengths belong to no laser is not lit.
    Laser* laser() override { return laser_ && description_.excitation ? &*laser_ : nullptr; }
    Cooler* cooler() override { return cooler_ ? &*cooler_ : nullptr; }

private:
    asio::awaitable<RawFrame> read_frame() override;
    asio::awaitable<void> drain() override;
    std::size_t rungs() const override { return book_.settings.laser_on ? gentle_rungs : ladder.size(); }
    std::string_view rung_name(std::size_t rung) const override { return ladder.at(rung).name; }
    asio::awaitable<void> climb(std::size_t rung) override;

    asio::awaitable<void> take_rung(Rung rung);
    asio::awaitable<void> put_in_force(Settings settings) override;
    asio::awaitable<void> begin(std::uint64_t frames);
    asio::awaitable<void> read_temperature();
    asio::awaitable<void> leave_tidy();
    Settings in_force() const { return {book_.settings.integration_time, book_.settings.trigger}; }

    TransportPtr link_;
    Model model_;
    Pipe pipe_;
    KnownMessages known_;
    Acquisition acquisition_;
    Description description_;
    FrameBook book_;
    ObpLaserSwitch laser_switch_;
    std::optional<GuardedLaser> laser_;
    std::optional<ObpCooler> cooler_;
    std::optional<std::chrono::nanoseconds> temperature_read_at_;
    bool closed_ = false;
};

// Section 9.1. No reset: it would disturb other programs' instruments for nothing. Laser off before anything else.
asio::awaitable<void> Driver::start() {
    if (laser_) co_await laser_->switch_off();
    co_await pipe_.drain();
    co_await acquisition_.stop();
    known_ = co_await read_known_messages(pipe_);
    co_await put_defaults(pipe_, known_, model_.facts);
    description_ = co_await describe(pipe_, known_, model_);
    Settings usual;
    usual.integration_time =
        std::clamp(usual.integration_time, description_.integration.min, description_.integration.max);
    co_await put_in_force(usual);
}

Counters Driver::counters() const {
    Counters counters = book_.counters;
    counters.replies_dropped = pipe_.dropped();
    counters.stale_discarded += acquisition_.stale();
    return counters;
}

// A setter may be refused, and its refusal must not be swallowed; what it answers is not proof either: read back.
asio::awaitable<void> Driver::put_in_force(Settings settings) {
    const bool second = model_.facts.version == obp::version_2;
    const auto time = static_cast<std::uint32_t>(settings.integration_time.count());
    co_await put(pipe_, {"set the integration time",
                         second ? obp::message2::set_integration_time : message::set_integration_time,
                         second ? 0 : message::get_integration_time, obp::u32(time)});
    co_await put(pipe_, {"set the trigger", second ? obp::message2::set_trigger : message::set_trigger,
                         second ? 0 : message::get_trigger, obp::u8(code_of(settings.trigger))});
    core::FrameSettings in_force = book_.settings;
    in_force.integration_time = settings.integration_time;
    in_force.trigger = settings.trigger;
    book_.changed(in_force, model_.stale_after_change);
    acquisition_.expect(1);
}

// An external trigger starts as many frames as the unit was told: one.
asio::awaitable<void> Driver::begin(std::uint64_t frames) {
    co_await make_ready(*this, book_, *link_);
    co_await read_temperature();
    const bool on_request = book_.settings.trigger == core::Trigger::on_request;
    acquisition_.expect(on_request ? frames + book_.stale_left : 1);
}

asio::awaitable<void> Driver::stream(std::uint64_t frames, FrameSink sink) {
    try {
        co_await begin(frames);
        co_await stream_frames(*this, book_, *link_, frames, std::move(sink));
    } catch (...) {
        rethrow_as_failure();
    }
}

asio::awaitable<void> Driver::read_temperature() {
    if (!cooler_) co_return;
    if (temperature_read_at_ && link_->now() - *temperature_read_at_ < thermometer_interval) co_return;
    book_.temperature = co_await cooler_->temperature();
    temperature_read_at_ = link_->now();
}

asio::awaitable<RawFrame> Driver::read_frame() {
    const bool waits_for_trigger = book_.settings.trigger != core::Trigger::on_request;
    RawFrame frame = co_await acquisition_.next(
        {book_.settings.integration_time, waits_for_trigger ? no_deadline : frame_deadline(book_)});
    co_return frame;
}

// A request that nobody waits for any more may still be under way, for a trigger even for good.
asio::awaitable<void> Driver::drain() {
    try {
        co_await acquisition_.stop();
    } catch (const Failure& failure) {
        const Fault fault = failure.error().fault;
        if (fault == Fault::disconnected || fault == Fault::cancelled) throw;
        book_.suspect = true;
    }
    co_await pipe_.drain();
}

asio::awaitable<void> Driver::take_rung(Rung rung) {
    switch (rung) {
        case Rung::drain: break;
        case Rung::clear_halt: co_await pipe_.clear_halt(); break;
        case Rung::abort: co_await acquisition_.stop(); break;
        case Rung::reclaim: co_await link_->reclaim(ladder_deadline); break;
        case Rung::reset: co_await link_->reset(ladder_deadline); break;
    }
    co_await pipe_.drain();
    if (rung == Rung::reset) co_await put_defaults(pipe_, known_, model_.facts);
}

// No trigger will come for the spectrum that proves the rung: it is asked for without one.
asio::awaitable<void> Driver::climb(std::size_t rung) {
    const Settings wanted = in_force();
    co_await take_rung(ladder.at(rung).rung);
    co_await put_in_force({wanted.integration_time, core::Trigger::on_request});
    std::exception_ptr problem;
    try {
        co_await read_frame();
    } catch (...) {
        problem = std::current_exception();
        book_.settings.trigger = wanted.trigger;
    }
    if (problem) std::rethrow_exception(problem);
    if (wanted.trigger != core::Trigger::on_request) co_await put_in_force(wanted);
}

asio::awaitable<void> Driver::leave_tidy() {
    co_await acquisition_.stop();
    if (book_.settings.trigger != core::Trigger::on_request)
        co_await put_in_force({book_.settings.integration_time, core::Trigger::on_request});
}

asio::awaitable<void> Driver::close() {
    if (std::exchange(closed_, true)) co_return;
    const std::function<asio::awaitable<void>()> tidy = [this] { return leave_tidy(); };
    co_await close_driver(*link_, laser_ ? &*laser_ : nullptr, tidy);
}

}  // namespace

std::span<const KnownModel> known_models() {
    static constexpr auto list = known_of(models);
    return list;
}

asio::awaitable<SpectrometerPtr> open(TransportPtr transport, KnownModel known) {
    return open_driver<Driver>(std::move(transport), row_of(models, known));
}

asio::awaitable<void> laser_off_blind(TransportPtr transport, KnownModel known) {
    Pipe pipe(transport, line_of(row_of(models, known).facts, *transport));
    ObpLaserSwitch laser(pipe);
    co_await laser_off(laser);
}

}  // namespace singel::instrument::ocean_obp
