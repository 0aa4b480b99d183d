#include <algorithm>
#include <array>
#include <exception>
#include <fmt/format.h>
#include <optional>
#include <utility>

#include "firmware-bridge/wire/fid/firmware_gates.hpp"
#include "instrument/decoded.hpp"
#include "instrument/frame_book.hpp"
#include "instrument/guarded_laser.hpp"
#include "instrument/open_driver.hpp"
#include "instrument/signal.hpp"
#include "instrument/wasatch/cooler.hpp"
#include "instrument/wasatch/exchange.hpp"
#include "instrument/wasatch/frame_reader.hpp"
#include "instrument/wasatch/memory.hpp"
#include "instrument/wasatch/models.hpp"
#include "instrument/wasatch/wasatch.hpp"
#include "instrument/wasatch/wasatch_laser.hpp"
#include "spectra/core/result.hpp"

namespace singel::instrument::wasatch {

namespace asio = boost::asio;
namespace operation = fid::operation;
using core::Failure;
using core::Fault;
using namespace std::chrono_literals;

namespace {

constexpr auto ladder_deadline = 1000ms;

enum class Rung { drain, clear_halt, reset_fpga, reset_bus };
constexpr std::array<std::pair<Rung, std::string_view>, 4> ladder{{{Rung::drain, "drain"},
                                                                   {Rung::clear_halt, "clear halt"},
                                                                   {Rung::reset_fpga, "reset FPGA"},
                                                                   {Rung::reset_bus, "reset bus"}}};
constexpr std::size_t gentle_rungs = 2;  // those that leave the laser as it is

class Driver final : public Spectrometer, private FrameSource {
public:
    Driver(TransportPtr link, Model model)
        : link_(link),
          model_(model),
          unit_{link, model.board},
          switch_(unit_, senses_before_memory(model.board)),
          reader_(unit_, book_) {}

    asio::awaitable<void> start();

    const Description& description() const override { return description_; }
    Counters counters() const override { return book_.counters; }
    std::span<const Recovery> recoveries() const override { return book_.recoveries; }
    asio::awaitable<core::FrameSettings> apply(Settings settings) override {
        return apply_settings(*this, book_, *link_, settings);
    }
    asio::awaitable<void> stream(std::uint64_t frames, FrameSink sink) override;
    asio::awaitable<void> close() override;
    Laser* laser() override { return laser_ ? &*laser_ : nullptr; }
    Cooler* cooler() override { return cooler_ ? &*cooler_ : nullptr; }

private:
    asio::awaitable<RawFrame> read_frame() override { return reader_.read_frame(); }
    asio::awaitable<void> drain() override { return reader_.drain(); }
    std::size_t rungs() const override;
    asio::awaitable<void> climb(std::size_t rung) override;
    std::string_view rung_name(std::size_t rung) const override { return ladder.at(rung).second; }

    asio::awaitable<std::exception_ptr> laser_off_first();
    asio::awaitable<void> read_identity();
    void add_cooler(const fid::Eeprom& eeprom);
    asio::awaitable<void> add_laser(const Inside& inside, const Memory& memory);
    asio::awaitable<void> put_in_force(Settings settings) override;
    asio::awaitable<void> put_trigger(core::Trigger trigger);
    asio::awaitable<void> stream_with_temperature(std::uint64_t frames, const FrameSink& sink);
    Settings in_force() const { return {book_.settings.integration_time, book_.settings.trigger}; }

    TransportPtr link_;
    Model model_;
    Unit unit_;
    Description description_;
    FrameBook book_;
    WasatchLaserSwitch switch_;
    FrameReader reader_;
    std::chrono::milliseconds integration_unit_{1};
    std::optional<Thermometer> thermometer_;
    std::optional<WasatchCooler> cooler_;
    std::optional<GuardedLaser> laser_;
    bool closed_ = false;
};

asio::awaitable<std::exception_ptr> Driver::laser_off_first() {
    try {
        co_await laser_off(switch_);
    } catch (...) {
        co_return std::current_exception();
    }
    co_return nullptr;
}

asio::awaitable<void> Driver::start() {
    const std::exception_ptr laser_problem = co_await laser_off_first();
    co_await read_identity();
    // A unit without a laser need not know the question.
    if (laser_problem && (description_.has_laser || description_.pixels == 0)) std::rethrow_exception(laser_problem);
    co_await drain();
    Settings usual;
    usual.integration_time =
        std::clamp(usual.integration_time, description_.integration.min, description_.integration.max);
    // At power-up the integration time is 0, a frame without light; a program that died may have left a trigger.
    const Validated possible = validate(usual, description_);
    co_await put_in_force(possible.settings);
}

asio::awaitable<void> Driver::read_identity() {
    const Memory memory = co_await read_memory(unit_);
    const Inside inside = co_await read_inside(unit_);
    description_ = describe(memory, model_, inside);
    description_.identity.link = link_->link();
    description_.identity.simulated = link_->simulated();
    description_.firmware = inside.firmware.text() + ", FPGA " + inside.fpga;
    const std::uint64_t line_length = co_await get_number(unit_, operation::line_length);
    if (description_.pixels == 0) {
        description_.pixels = line_length;
        description_.usable = {0, line_length > 0 ? line_length - 1 : 0};
    }
    require_pixels(description_.pixels, line_length);
    integration_unit_ = integration_unit(inside.options);
    const bool sleeps = memory.eeprom && detector_of(*memory.eeprom, model_.board).sleeps;
    reader_.learn({description_.pixels, description_.full_scale, sleeps, marks_first_pixel(inside.options),
                   fid::knows(model_.board, inside.firmware, operation::poll_status)});
    if (!memory.eeprom) co_return;
    thermometer_.emplace(unit_, memory.eeprom->adc_to_celsius);
    if (description_.has_cooler) add_cooler(*memory.eeprom);
    if (memory.verdict.laser_usable) co_await add_laser(inside, memory);
}

void Driver::add_cooler(const fid::Eeprom& eeprom) {
    cooler_.emplace(unit_, *thermometer_, eeprom.celsius_to_dac, description_);
}

asio::awaitable<void> Driver::add_laser(const Inside& inside, const Memory& memory) {
    std::chrono::milliseconds warm_up = memory.eeprom->laser_warm_up;
    if (model_.board == fid::Board::arm &&
        fid::knows(model_.board, inside.firmware, operation::laser_warning_delay)) {
        const std::uint64_t delay = co_await get_number(unit_, operation::laser_warning_delay);
        warm_up = std::max<std::chrono::milliseconds>(warm_up, std::chrono::seconds(delay));
    }
    switch_.learn(senses(memory, model_.board, inside.firmware));
    laser_.emplace(switch_, book_, warm_up, model_.stale_after_change);
    co_await laser_off(switch_);  // now with everything that this unit can tell
    co_await laser_->read_state();
}

// A setter's success only says that the packet came (section 2): read back.
asio::awaitable<void> Driver::put_in_force(Settings settings) {
    const auto count = static_cast<std::uint64_t>(settings.integration_time / integration_unit_);
    const std::uint64_t answered = co_await put(unit_, operation::integration_time, count);
    core::FrameSettings now = book_.settings;
    now.integration_time = answered * integration_unit_;
    book_.changed(now, model_.stale_after_change);
    if (answered != count)
        throw Failure(Fault::protocol,
                      fmt::format("the instrument keeps {} ms instead of {} ms",
                                  answered * static_cast<std::uint64_t>(integration_unit_.count()),
                                  count * static_cast<std::uint64_t>(integration_unit_.count())),
                      "apply settings");
    co_await put_trigger(settings.trigger);
}

// An ARM board is never sent D2 (section 10).
asio::awaitable<void> Driver::put_trigger(core::Trigger trigger) {
    if (model_.board == fid::Board::arm) co_return;
    const std::uint64_t source = trigger == core::Trigger::on_request ? 0 : 1;
    const std::uint64_t answered = co_await put(unit_, operation::trigger_source, source);
    core::FrameSettings now = book_.settings;
    now.trigger = answered == 0 ? core::Trigger::on_request : core::Trigger::external_edge;
    book_.changed(now, model_.stale_after_change);
    if (answered != source)
        throw Failure(Fault::protocol,
                      fmt::format("the instrument keeps trigger source {} instead of {}", answered, source),
                      "apply settings");
}

// The thermometer is asked again after so many frames.
asio::awaitable<void> Driver::stream_with_temperature(std::uint64_t frames, const FrameSink& sink) {
    constexpr std::uint64_t with_one_reading = 64;
    while (frames > 0) {
        co_await make_ready(*this, book_, *link_);
        if (thermometer_) book_.temperature = co_await thermometer_->read();
        const std::uint64_t now = std::min(frames, with_one_reading);
        co_await stream_frames(*this, book_, *link_, now, sink);
        frames -= now;
    }
}

asio::awaitable<void> Driver::stream(std::uint64_t frames, FrameSink sink) {
    try {
        co_await stream_with_temperature(frames, sink);
    } catch (...) {
        rethrow_as_failure();
    }
}

asio::awaitable<void> Driver::climb(std::size_t rung) {
    const Settings wanted = in_force();
    const Settings at_once{wanted.integration_time, core::Trigger::on_request};
    const std::vector<std::uint8_t> endpoints = reader_.endpoints();
    switch (ladder.at(rung).first) {
        case Rung::drain: break;
        case Rung::clear_halt:
            for (const std::uint8_t endpoint : endpoints) co_await link_->clear_halt(endpoint, ladder_deadline);
            break;
        case Rung::reset_fpga: co_await reset_fpga(unit_); break;
        case Rung::reset_bus: co_await link_->reset(ladder_deadline); break;
    }
    co_await drain();
    // A frame on request shows that it works again; nobody may be there to give an edge.
    co_await put_in_force(at_once);
    co_await read_frame();
    if (wanted.trigger != core::Trigger::on_request) co_await put_in_force(wanted);
}

// A reset switches the laser off behind the back of whoever holds it on.
std::size_t Driver::rungs() const {
    return book_.settings.laser_on ? gentle_rungs : ladder.size();
}

asio::awaitable<void> Driver::close() {
    if (std::exchange(closed_, true)) co_return;
    co_await close_driver(*link_, laser_ ? &*laser_ : nullptr);
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
    const fid::Board board = row_of(models, known).board;
    WasatchLaserSwitch laser({transport, board}, senses_before_memory(board));
    co_await laser_off(laser);
}

}  // namespace singel::instrument::wasatch
