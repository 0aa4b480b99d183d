#include <algorithm>
#include <array>
#include <exception>
#include <optional>
#include <utility>

#include "instrument/decoded.hpp"
#include "instrument/frame_book.hpp"
#include "instrument/open_driver.hpp"
#include "instrument/signal.hpp"
#include "instrument/wasatch/exchange.hpp"
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
constexpr auto release_deadline = 2000ms;
constexpr auto second_half_deadline = 1000ms;  // the frame is complete when its first half has come
constexpr std::size_t packet_size = 512;
constexpr auto thermometer_interval = 200ms;  // not above 10 Hz: the bus behind the USB chip gets stuck (section 2)
constexpr int most_waking_frames = 10;        // an XS sensor needs 8 (section 6)

enum class Rung { drain, clear_halt, reset_fpga, reset_bus };
constexpr std::array ladder{Rung::drain, Rung::clear_halt, Rung::reset_fpga, Rung::reset_bus};
constexpr std::size_t gentle_rungs = 2;  // those that leave the laser as it is

class Driver final : public Spectrometer, private FrameSource {
public:
    Driver(TransportPtr link, Model model) : link_(link), model_(model), unit_{link, model.board} {}

    asio::awaitable<void> start();

    const Description& description() const override { return description_; }
    Counters counters() const override { return book_.counters; }
    asio::awaitable<core::FrameSettings> apply(Settings settings) override;
    asio::awaitable<core::Frame> capture() override;
    asio::awaitable<void> close() override;
    Laser* laser() override { return laser_ ? &*laser_ : nullptr; }

private:
    asio::awaitable<RawFrame> read_frame() override;
    asio::awaitable<void> drain() override;
    std::size_t rungs() const override;
    asio::awaitable<void> climb(std::size_t rung) override;

    asio::awaitable<std::exception_ptr> laser_off_first();
    asio::awaitable<void> read_identity();
    asio::awaitable<void> add_laser(fid::FirmwareVersion firmware, const Memory& memory);
    asio::awaitable<void> put_in_force(std::chrono::microseconds integration_time);
    asio::awaitable<void> change(Settings settings);
    asio::awaitable<core::Frame> capture_with_temperature();
    asio::awaitable<std::vector<std::uint8_t>> acquire();
    asio::awaitable<void> read_temperature();
    bool has_second_endpoint() const { return fid::readout(model_.board, description_.pixels).second_bytes > 0; }
    Transport::Duration deadline() const;

    TransportPtr link_;
    Model model_;
    Unit unit_;
    Description description_;
    FrameBook book_;
    std::array<float, 3> thermometer_{};
    std::optional<core::Celsius> temperature_;
    std::optional<std::chrono::nanoseconds> temperature_read_at_;
    std::optional<WasatchLaser> laser_;
    bool closed_ = false;
};

asio::awaitable<std::exception_ptr> Driver::laser_off_first() {
    try {
        co_await laser_off(unit_, senses_before_memory(model_.board));
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
    if (model_.board == fid::Board::fx2) co_await set(unit_, operation::trigger_source, 0);
    const auto usual =
        std::clamp(Settings{}.integration_time, description_.integration.min, description_.integration.max);
    co_await put_in_force(usual);  // at power-up it is 0: a frame without light
}

asio::awaitable<void> Driver::read_identity() {
    const Memory memory = co_await read_memory(unit_);
    description_ = describe(memory, model_);
    description_.identity.link = link_->link();
    description_.identity.simulated = link_->simulated();
    const auto firmware_reply = co_await get(unit_, operation::firmware_version);
    const auto fpga_reply = co_await get(unit_, operation::fpga_version);
    const auto firmware = require(fid::decode_firmware_version(firmware_reply), "read the firmware version");
    const auto fpga = require(fid::decode_fpga_version(fpga_reply), "read the FPGA version");
    description_.firmware = firmware.text() + ", FPGA " + fpga;
    if (description_.pixels == 0) {
        const std::uint64_t line_length = co_await get_number(unit_, operation::line_length);
        description_.pixels = line_length;
        description_.usable = {0, line_length > 0 ? line_length - 1 : 0};
    }
    if (memory.eeprom) thermometer_ = memory.eeprom->adc_to_celsius;
    if (memory.verdict.laser_usable) co_await add_laser(firmware, memory);
}

asio::awaitable<void> Driver::add_laser(fid::FirmwareVersion firmware, const Memory& memory) {
    std::chrono::milliseconds warm_up = memory.eeprom->laser_warm_up;
    if (model_.board == fid::Board::arm) {
        const std::uint64_t delay = co_await get_number(unit_, operation::laser_warning_delay);
        warm_up = std::max<std::chrono::milliseconds>(warm_up, std::chrono::seconds(delay));
    }
    laser_.emplace(unit_, senses(memory, model_.board, firmware), book_, warm_up, model_.stale_after_change);
    co_await laser_->switch_off();  // now with everything that this unit can tell
}

// A setter's success only says that the packet came (section 2): read back.
asio::awaitable<void> Driver::put_in_force(std::chrono::microseconds integration_time) {
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(integration_time);
    co_await set(unit_, operation::integration_time, static_cast<std::uint64_t>(ms.count()));
    const std::uint64_t answered = co_await get_number(unit_, operation::integration_time);
    core::FrameSettings in_force = book_.settings;
    in_force.integration_time = std::chrono::milliseconds(answered);
    book_.changed(in_force, model_.stale_after_change);
    if (in_force.integration_time != integration_time)
        throw Failure(Fault::protocol,
                      "the instrument keeps " + std::to_string(answered) + " ms instead of " +
                          std::to_string(ms.count()) + " ms",
                      "apply settings");
}

asio::awaitable<void> Driver::change(Settings settings) {
    co_await make_ready(*this, book_, *link_);
    co_await put_in_force(settings.integration_time);
}

asio::awaitable<core::FrameSettings> Driver::apply(Settings settings) {
    const Validated validated = validate(settings, description_);
    if (validated.verdict == Verdict::invalid) throw Failure(Fault::invalid_argument, validated.why.front());
    try {
        co_await change(validated.settings);
    } catch (...) {
        book_.suspect = true;
        rethrow_as_failure();
    }
    co_return book_.settings;
}

asio::awaitable<core::Frame> Driver::capture() {
    try {
        core::Frame frame = co_await capture_with_temperature();
        co_return frame;
    } catch (...) {
        rethrow_as_failure();
    }
}

asio::awaitable<core::Frame> Driver::capture_with_temperature() {
    co_await make_ready(*this, book_, *link_);
    co_await read_temperature();
    core::Frame frame = co_await capture_frame(*this, book_, *link_, description_);
    frame.detector_temperature = temperature_;
    co_return frame;
}

asio::awaitable<void> Driver::read_temperature() {
    if (temperature_read_at_ && link_->now() - *temperature_read_at_ < thermometer_interval) co_return;
    const std::uint64_t raw = co_await get_number(unit_, operation::detector_temperature);
    const double celsius = fid::polynomial(thermometer_, static_cast<double>(raw));
    temperature_.reset();
    if (std::isfinite(celsius) && thermometer_[1] != 0) temperature_ = core::Celsius{celsius};
    temperature_read_at_ = link_->now();
}

Transport::Duration Driver::deadline() const {
    return std::chrono::ceil<std::chrono::milliseconds>(model_.deadline_factor * book_.slowest) +
           (model_.board == fid::Board::arm ? 2000ms : 1000ms);
}

asio::awaitable<std::vector<std::uint8_t>> Driver::acquire() {
    const fid::Readout readout = fid::readout(model_.board, description_.pixels);
    co_await set(unit_, operation::acquire);
    std::vector<std::uint8_t> bytes =
        co_await link_->bulk_in(fid::spectrum_endpoint, fid::capacity(readout.first_bytes, packet_size), deadline());
    if (readout.second_bytes > 0) {
        const auto rest = co_await link_->bulk_in(
            fid::second_spectrum_endpoint, fid::capacity(readout.second_bytes, packet_size), second_half_deadline);
        bytes.insert(bytes.end(), rest.begin(), rest.end());
    }
    co_return bytes;
}

asio::awaitable<RawFrame> Driver::read_frame() {
    std::vector<std::uint16_t> counts;
    for (int frames = 0; frames < most_waking_frames; ++frames) {
        const auto bytes = co_await acquire();
        counts = require(fid::decode_spectrum(bytes, description_.pixels), "read a spectrum");
        // Section 6 (7b): a flat frame means that the sensor of an XS is still waking up. Full everywhere is light.
        const bool flat = std::adjacent_find(counts.begin(), counts.end(), std::not_equal_to<>()) == counts.end();
        if (model_.board != fid::Board::arm || !flat || counts.front() == description_.full_scale) break;
        ++book_.counters.stale_discarded;
    }
    co_return RawFrame{{counts.begin(), counts.end()}, {}, {}};
}

asio::awaitable<void> Driver::drain() {
    co_await drain_endpoint(*link_, fid::spectrum_endpoint);
    if (has_second_endpoint()) co_await drain_endpoint(*link_, fid::second_spectrum_endpoint);
}

asio::awaitable<void> Driver::climb(std::size_t rung) {
    switch (ladder.at(rung)) {
        case Rung::drain: break;
        case Rung::clear_halt:
            co_await link_->clear_halt(fid::spectrum_endpoint, ladder_deadline);
            if (has_second_endpoint()) co_await link_->clear_halt(fid::second_spectrum_endpoint, ladder_deadline);
            break;
        case Rung::reset_fpga: co_await reset_fpga(unit_); break;
        case Rung::reset_bus: co_await link_->reset(ladder_deadline); break;
    }
    co_await drain();
    co_await put_in_force(book_.settings.integration_time);
    co_await read_frame();
}

// A reset switches the laser off behind the back of whoever holds it on.
std::size_t Driver::rungs() const {
    return book_.settings.laser_on ? gentle_rungs : ladder.size();
}

asio::awaitable<void> Driver::close() {
    if (std::exchange(closed_, true)) co_return;
    co_await ignore_cancellation();
    std::exception_ptr problem;
    if (laser_) {
        try {
            co_await laser_->switch_off();
        } catch (...) {
            problem = std::current_exception();
        }
        co_await ignore_cancellation();
    }
    co_await link_->release(release_deadline);
    co_await heed_cancellation();
    if (problem && laser_->last_known().requested) std::rethrow_exception(problem);
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
    const Unit unit{transport, board, {}};
    co_await laser_off(unit, senses_before_memory(board));
}

}  // namespace singel::instrument::wasatch
