#include <algorithm>
#include <array>
#include <boost/system/system_error.hpp>
#include <exception>
#include <fmt/format.h>
#include <utility>

#include "instrument/frame_book.hpp"
#include "instrument/ocean_ooi/cooler.hpp"
#include "instrument/ocean_ooi/device.hpp"
#include "instrument/ocean_ooi/memory.hpp"
#include "instrument/ocean_ooi/models.hpp"
#include "instrument/ocean_ooi/ocean_ooi.hpp"
#include "instrument/open_driver.hpp"
#include "instrument/signal.hpp"
#include "spectra/core/result.hpp"

namespace singel::instrument::ocean_ooi {

namespace asio = boost::asio;
using core::Failure;
using core::Fault;
using namespace std::chrono_literals;

namespace {

constexpr auto ladder_deadline = 1000ms;
constexpr auto read_out_margin = 100ms;  // beside the integration, until a frame that nobody wants has come
constexpr auto temperature_interval = 1000ms;
// While a trigger is awaited: how often the instrument is asked whether it is still there and has anything.
constexpr auto look_interval = 500ms;
constexpr auto no_deadline = std::chrono::hours(365 * 24);
constexpr auto fixed_integration = 50ms;  // of a USB2000 whose frames wait for an edge (section 3.1)

// Section 9.3; the transport has done the first step (cancelled its transfers) before a failure gets here.
enum class Rung { drain, clear_halt, initialize, reclaim, reset };
constexpr std::array<std::pair<Rung, std::string_view>, 5> ladder{{{Rung::drain, "drain"},
                                                                   {Rung::clear_halt, "clear halt"},
                                                                   {Rung::initialize, "initialize"},
                                                                   {Rung::reclaim, "claim again"},
                                                                   {Rung::reset, "reset the port"}}};

class Driver final : public Spectrometer, private FrameSource {
public:
    Driver(TransportPtr link, const Model& model)
        : link_(link),
          model_(model),
          facts_(model.facts),
          unit_(unit_of(link, model.facts->dialect)),
          cooler_(unit_) {
        book_.made_ahead = model.made_ahead;
    }

    asio::awaitable<void> start();

    const Description& description() const override { return description_; }
    Counters counters() const override { return book_.counters; }
    std::span<const Recovery> recoveries() const override { return book_.recoveries; }
    asio::awaitable<core::FrameSettings> apply(Settings settings) override {
        return apply_settings(*this, book_, *link_, settings);
    }
    asio::awaitable<void> stream(std::uint64_t frames, FrameSink sink) override;
    asio::awaitable<void> close() override;
    Laser* laser() override { return nullptr; }
    Cooler* cooler() override { return facts_->dialect.knows.cooler ? &cooler_ : nullptr; }

private:
    asio::awaitable<RawFrame> read_frame() override;
    asio::awaitable<void> drain() override;
    unsigned depth() const override { return 1 + model_.requests_kept; }
    std::size_t rungs() const override { return ladder.size(); }
    asio::awaitable<void> climb(std::size_t rung) override;
    std::string_view rung_name(std::size_t rung) const override { return ladder.at(rung).second; }

    asio::awaitable<void> look_for_status();
    asio::awaitable<void> await_old_request();
    void check_status(const ooi::Status& status);
    asio::awaitable<void> put_in_force(Settings settings) override;
    asio::awaitable<void> confirm(Settings settings, std::uint8_t trigger, core::FrameSettings& in_force);
    asio::awaitable<void> ready();
    asio::awaitable<RawFrame> read_triggered();
    asio::awaitable<void> read_temperature();
    asio::awaitable<void> leave_tidy();
    bool waits_for_trigger() const { return book_.settings.trigger != core::Trigger::on_request; }
    Settings in_force() const { return {book_.settings.integration_time, book_.settings.trigger}; }

    TransportPtr link_;
    Model model_;
    const ooi::ModelFacts* facts_;
    Unit unit_;
    OoiCooler cooler_;
    Description description_;
    FrameBook book_;
    std::vector<std::string> warnings_;  // before there is a description
    std::optional<std::chrono::nanoseconds> temperature_read_at_;
    bool closed_ = false;
};

// Section 9.1. No reset: it would disturb other programs' instruments for nothing.
asio::awaitable<void> Driver::start() {
    co_await ocean_ooi::drain(unit_);
    co_await look_for_status();
    if (unit_.has_status) co_await await_old_request();
    co_await initialize(unit_);
    if (unit_.has_status) {
        const ooi::Status status = co_await read_status(unit_);
        check_status(status);
    } else {
        warnings_.emplace_back("This model cannot confirm its settings.");
    }
    if (facts_->dialect.knows.lamp) co_await send(unit_, ooi::SetLamp{false});
    description_ = co_await describe(unit_, model_, facts_);
    description_.warnings.insert(description_.warnings.begin(), warnings_.begin(), warnings_.end());
    if (facts_->dialect.knows.cooler) co_await cooler_.look();
    const auto usual =
        std::clamp(Settings{}.integration_time, description_.integration.min, description_.integration.max);
    co_await put_in_force({usual, core::Trigger::on_request});
}

// A USB2000 knows the question from firmware 2.41 on (section 3).
asio::awaitable<void> Driver::look_for_status() {
    if (facts_->dialect.status != ooi::StatusForm::family_a) co_return;
    std::optional<core::Error> error;
    try {
        co_await read_status(unit_);
    } catch (const Failure& failure) {
        error = failure.error();
    }
    if (error && error->fault != Fault::timed_out && error->fault != Fault::protocol) throw Failure(*error);
    unit_.has_status = !error;
    if (error) co_await ocean_ooi::drain(unit_);
}

// A program that died may have left a request running, or waiting for a trigger; its frame would be taken for ours.
asio::awaitable<void> Driver::await_old_request() {
    const ooi::Status status = co_await read_status(unit_);
    if (status.trigger != 0 && facts_->dialect.knows.trigger) co_await send(unit_, ooi::SetTrigger{0});
    if ((status.acquisition & ooi::acquisition_requested) == 0 && status.packets_waiting == 0) co_return;
    co_await link_->wait(std::chrono::ceil<std::chrono::milliseconds>(status.integration_time) + read_out_margin);
    co_await ocean_ooi::drain(unit_);
}

void Driver::check_status(const ooi::Status& status) {
    const std::size_t sent = facts_->dialect.pixels;
    if (status.pixels != sent && status.pixels != facts_->detector_pixels)
        throw Failure(
            Fault::protocol,
            fmt::format("the instrument's status names {} pixels, a {} has {}", status.pixels, facts_->name, sent),
            "read status");
    if (!status.high_speed) return;
    if (link_->speed() == BusSpeed::unknown) unit_.high_speed = *status.high_speed;
    if (*status.high_speed != unit_.high_speed)
        warnings_.emplace_back("The instrument and the bus disagree about the bus speed.");
}

// A value that the instrument does not like is ignored without a word (section 3): only reading back tells.
asio::awaitable<void> Driver::put_in_force(Settings settings) {
    const ooi::TriggerCode trigger = trigger_code(*facts_, settings.trigger);
    if (facts_->dialect.knows.trigger) co_await send(unit_, ooi::SetTrigger{trigger.code});
    co_await send(unit_, ooi::SetIntegrationTime{settings.integration_time});
    core::FrameSettings now = book_.settings;
    now.integration_time = settings.integration_time;
    now.trigger = settings.trigger;
    std::optional<core::Error> refused;
    if (unit_.has_status) {
        try {
            co_await confirm(settings, trigger.code, now);
        } catch (const Failure& failure) {
            refused = failure.error();
        }
    }
    if (trigger.kind == ooi::TriggerKind::edge_fixed_50_ms) now.integration_time = fixed_integration;
    book_.changed(now, model_.made_ahead);
    if (refused) throw Failure(*refused);
    // What was being gathered when the trigger mode changed must not be taken for what the trigger started.
    if (settings.trigger == core::Trigger::on_request) co_return;
    co_await link_->wait(std::chrono::ceil<std::chrono::milliseconds>(book_.slowest) + read_out_margin);
    co_await ocean_ooi::drain(unit_);
}

// in_force becomes what the instrument says. Throws when that is not what was asked for.
asio::awaitable<void> Driver::confirm(Settings settings, std::uint8_t trigger, core::FrameSettings& in_force) {
    const ooi::Status status = co_await read_status(unit_);
    const auto asked = settings.integration_time;
    // Models that are told milliseconds are not documented to answer in microseconds.
    const bool in_ms = facts_->dialect.integration == ooi::IntegrationField::u32_ms &&
                       status.integration_time.count() * 1000 == asked.count();
    const auto told = in_ms ? asked : status.integration_time;
    in_force.integration_time = told;
    if (told != asked)
        throw Failure(Fault::protocol,
                      fmt::format("the instrument keeps an integration time of {} µs instead of {} µs", told.count(),
                                  asked.count()),
                      "apply settings");
    if (status.trigger != trigger)
        throw Failure(Fault::protocol,
                      fmt::format("the instrument keeps trigger mode {} instead of {}", status.trigger, trigger),
                      "apply settings");
}

// After a cancelled wait for a trigger the mode was left, so that the request does not stay behind: back to it.
asio::awaitable<void> Driver::ready() {
    const bool left_trigger_mode = book_.dirty && waits_for_trigger();
    co_await make_ready(*this, book_, *link_);
    if (left_trigger_mode) co_await put_in_force(in_force());
    co_await read_temperature();
}

asio::awaitable<void> Driver::stream(std::uint64_t frames, FrameSink sink) {
    try {
        co_await ready();
        co_await stream_frames(*this, book_, *link_, frames, std::move(sink));
    } catch (...) {
        rethrow_as_failure();
    }
}

// Only of a detector that is cooled: the other thermometer is on the board.
asio::awaitable<void> Driver::read_temperature() {
    if (!facts_->dialect.knows.cooler) co_return;
    if (temperature_read_at_ && link_->now() - *temperature_read_at_ < temperature_interval) co_return;
    book_.temperature.reset();
    const double celsius = co_await read_detector_celsius(unit_);
    book_.temperature = core::Celsius{celsius};
    temperature_read_at_ = link_->now();
}

asio::awaitable<RawFrame> Driver::read_frame() {
    if (waits_for_trigger()) {
        RawFrame triggered = co_await read_triggered();
        co_return triggered;
    }
    SpectrumReads reads = post_spectrum(unit_, frame_deadline(book_));
    co_await send(unit_, ooi::RequestSpectrum{});
    RawFrame frame;
    frame.counts = co_await collect(unit_, reads, facts_->detector_pixels);
    co_return frame;
}

// No deadline of its own. An instrument that says twice that it has a frame, and does not give it, is out of step.
asio::awaitable<RawFrame> Driver::read_triggered() {
    SpectrumReads reads = post_spectrum(unit_, no_deadline);
    co_await send(unit_, ooi::RequestSpectrum{});
    int ready_and_not_here = 0;
    const auto look = std::max<Transport::Duration>(
        look_interval, std::chrono::ceil<std::chrono::milliseconds>(book_.settings.integration_time));
    for (;;) {
        const bool here = co_await reads.back().work().ends_within(*link_, look);
        if (here) break;
        if (!unit_.has_status) continue;
        const ooi::Status status = co_await read_status(unit_);
        const bool ready = (status.acquisition & ooi::acquisition_ready) != 0 || status.packets_waiting > 0;
        ready_and_not_here = ready ? ready_and_not_here + 1 : 0;
        if (ready_and_not_here > 1)
            throw Failure(Fault::timed_out, "the instrument has a frame and does not send it", "read a spectrum");
    }
    RawFrame frame;
    frame.counts = co_await collect(unit_, reads, facts_->detector_pixels);
    co_return frame;
}

asio::awaitable<void> Driver::drain() {
    if (waits_for_trigger()) {
        co_await send(unit_, ooi::SetTrigger{0});
        co_await link_->wait(std::chrono::ceil<std::chrono::milliseconds>(book_.slowest) + read_out_margin);
    }
    co_await ocean_ooi::drain(unit_);
}

asio::awaitable<void> Driver::climb(std::size_t rung) {
    switch (ladder.at(rung).first) {
        case Rung::drain: break;
        case Rung::clear_halt: co_await clear_halts(unit_); break;
        case Rung::initialize: co_await initialize(unit_); break;
        case Rung::reclaim: co_await link_->reclaim(ladder_deadline); break;
        case Rung::reset:
            co_await link_->reset(ladder_deadline);
            co_await initialize(unit_);
            break;
    }
    const Settings wanted = in_force();
    co_await drain();
    co_await put_in_force({wanted.integration_time, core::Trigger::on_request});
    co_await read_frame();
    if (wanted.trigger != core::Trigger::on_request) co_await put_in_force(wanted);
}

asio::awaitable<void> Driver::leave_tidy() {
    if (facts_->dialect.knows.trigger) co_await send(unit_, ooi::SetTrigger{0});
    if (facts_->dialect.knows.lamp) co_await send(unit_, ooi::SetLamp{false});
    co_await cooler_.restore();
}

asio::awaitable<void> Driver::close() {
    if (std::exchange(closed_, true)) co_return;
    const std::function<asio::awaitable<void>()> tidy = [this] { return leave_tidy(); };
    co_await close_driver(*link_, nullptr, tidy);
}

}  // namespace

std::span<const KnownModel> known_models() {
    static constexpr auto list = known_of(models);
    return list;
}

asio::awaitable<SpectrometerPtr> open(TransportPtr transport, KnownModel known) {
    return open_driver<Driver>(std::move(transport), row_of(models, known));
}

}  // namespace singel::instrument::ocean_ooi
