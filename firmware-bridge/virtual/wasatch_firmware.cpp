#include "firmware-bridge/virtual/wasatch_firmware.hpp"

#include <algorithm>
#include <cmath>

namespace singel::firmware_bridge::virtual_instrument {

namespace fid = wire::fid;
namespace operation = wire::fid::operation;

namespace {

constexpr std::chrono::seconds fpga_reset_time{3}, sensor_idle_time{1};
constexpr std::chrono::milliseconds wake_time{20};
constexpr int wake_frames = 8;

std::uint64_t swapped(std::uint64_t word) {
    return (word & 0xFF) << 8 | (word >> 8 & 0xFF);
}

// The argument at which a polynomial comes nearest to a value, on a grid.
double argument_for(std::span<const float> coefficients, double value, double low, double high, double step) {
    double best = low;
    for (double x = low; x <= high; x += step) {
        const double distance = std::abs(fid::polynomial(coefficients, x) - value);
        if (distance < std::abs(fid::polynomial(coefficients, best) - value)) best = x;
    }
    return best;
}

}  // namespace

WasatchFirmware::WasatchFirmware(const WasatchModel& model, optics::Sensor sensor, std::vector<fid::Page> eeprom,
                                 Port port)
    : model_(model), sensor_(std::move(sensor)), eeprom_(std::move(eeprom)), port_(port) {}

void WasatchFirmware::settings_to_default() {
    settings_.clear();  // integration time 0, laser and modulation off
    settings_[&operation::detector_gain] = fid::gain_word(static_cast<double>(model_.gain));
    settings_[&operation::modulation_period] = 1000;
    settings_[&operation::modulation_width] = 1000;
    settings_[&operation::laser_warning_delay] = static_cast<std::uint64_t>(model_.warning_delay.count());
    settings_[&operation::laser_watchdog] = static_cast<std::uint64_t>(model_.watchdog.count());
}

void WasatchFirmware::power_up(Clock now) {
    now_ = last_frame_end_ = now;
    ++epoch_;
    truth_ = {};
    last_sent_.clear();
    busy_until_ = Clock::zero();
    laser_timer_.reset();
    acquiring_ = locked_up_ = laser_asked_ = false;
    settings_to_default();
    laser_.power_up(model_.warning_delay, model_.watchdog, now);
    laser_.set_interlock(!port_.conditions.interlock_open, now);
}

// A virtual unit has no power but the bus's: its laser goes out with it.
void WasatchFirmware::power_down(Clock now) {
    laser_.power_down(now);
}

// Whether a bus reset stops a real laser is not known: this one goes on.
void WasatchFirmware::bus_reset(Clock now) {
    now_ = now;
    ++epoch_;
    acquiring_ = false;
}

void WasatchFirmware::conditions_changed(Clock now) {
    now_ = now;
    laser_.set_interlock(!port_.conditions.interlock_open, now);
    watch_laser();
}

Truth WasatchFirmware::truth() const {
    Truth truth = truth_;
    truth.laser = laser_.truth();
    return truth;
}

Reply WasatchFirmware::vendor_request(const Setup& setup, std::span<const std::uint8_t> out, Clock now) {
    now_ = now;
    laser_.advance(now);
    if (locked_up_) return {Answer::silent, {}, {}};
    const fid::Request request{setup.request_type,       setup.request, setup.value, setup.index,
                               {out.begin(), out.end()}, setup.length};
    const wire::Decoded<fid::Received> received = fid::decode_request(model_.board, request);
    if (!received) return {Answer::stall, {}, {}};
    if (received->data_stage_missing) {
        locked_up_ = true;  // until power is taken away
        return {Answer::silent, {}, {}};
    }
    if (!received->set) return get(*received, setup.length);
    set(*received->operation, received->value);
    return {Answer::ok, {}, busy_until_};
}

void WasatchFirmware::set(const Operation& row, std::uint64_t value) {
    if (&row == &operation::acquire) return acquire();
    if (&row == &operation::reset_fpga) return reset_fpga();
    if (&row == &operation::laser_enable) return set_laser_enable(value != 0);
    settings_[&row] = value;
    if (&row == &operation::modulation_enable || &row == &operation::modulation_period ||
        &row == &operation::modulation_width) {
        update_laser_power();
    }
    if (&row == &operation::laser_warning_delay) laser_.set_warning_delay(std::chrono::seconds(value & 0xFF));
    if (&row == &operation::laser_watchdog) {
        const std::uint64_t seconds = model_.watchdog_order == fid::Order::little ? value : swapped(value);
        laser_.set_watchdog(std::chrono::seconds(seconds), now_);
        watch_laser();
    }
}

void WasatchFirmware::set_laser_enable(bool on) {
    if (!on && port_.conditions.every_laser_off_lost) return;
    if (!on && std::exchange(port_.conditions.next_laser_off_lost, false)) return;
    laser_asked_ = on;
    laser_.enable(on, now_);
    watch_laser();
}

void WasatchFirmware::reset_fpga() {
    settings_to_default();
    laser_asked_ = false;
    laser_.power_up(model_.warning_delay, model_.watchdog, now_);
    update_laser_power();
    ++epoch_;
    acquiring_ = false;
    busy_until_ = now_ + fpga_reset_time;
}

void WasatchFirmware::update_laser_power() {
    const double period = static_cast<double>(setting(operation::modulation_period));
    const double width = static_cast<double>(setting(operation::modulation_width));
    const bool modulated = setting(operation::modulation_enable) != 0;
    laser_.set_power(!modulated ? 1.0 : period > 0 ? width / period : 0.0, now_);
}

// Someone must bring the time when light comes on or the watchdog runs out.
void WasatchFirmware::watch_laser() {
    const std::optional<Clock> next = laser_.next_event();
    if (!next || next == laser_timer_) return;
    laser_timer_ = next;
    port_.timers.at(*next, [this](Clock when) {
        if (laser_timer_ == when) laser_timer_.reset();
        laser_.advance(when);
        watch_laser();
    });
}

std::uint64_t WasatchFirmware::setting(const Operation& row) const {
    const auto found = settings_.find(&row);
    return found == settings_.end() ? 0 : found->second;
}

Reply WasatchFirmware::page(std::uint16_t index) const {
    if (index >= eeprom_.size()) return {Answer::stall, {}, {}};
    if (port_.conditions.all_ones_memory) return {Answer::ok, std::vector<std::uint8_t>(fid::page_bytes, 0xFF), {}};
    return {Answer::ok, {eeprom_[index].begin(), eeprom_[index].end()}, {}};
}

Reply WasatchFirmware::get(const fid::Received& received, std::uint16_t asked) {
    const Operation& row = *received.operation;
    Reply reply{Answer::ok, {}, busy_until_};
    if (&row == &operation::eeprom_page) {
        reply = page(static_cast<std::uint16_t>(received.value));
    } else if (&row == &operation::firmware_version) {
        reply.in = fid::encode_firmware_version(model_.firmware);
    } else if (&row == &operation::fpga_version) {
        reply.in.assign(model_.fpga.begin(), model_.fpga.end());
    } else if (const std::optional<std::uint64_t> value = number(row)) {
        reply.in = fid::encode_number(model_.board, row, *value, asked);
    } else {
        reply.answer = Answer::stall;
    }
    reply.ready = busy_until_;
    if (model_.board == fid::Board::arm) reply.in.resize(std::max<std::size_t>(reply.in.size(), asked));
    return reply;
}

// Nothing for what this unit cannot tell.
std::optional<std::uint64_t> WasatchFirmware::number(const Operation& row) {
    const bool arm = model_.board == fid::Board::arm;
    if (&row == &operation::line_length) return model_.pixels;
    if (&row == &operation::compile_options) return arm ? 0xFFFFFF : 0x2080;  // internal laser, actual integration
    if (&row == &operation::detector_temperature) return detector_temperature_raw();
    if (&row == &operation::actual_integration) {
        return static_cast<std::uint64_t>(
            std::chrono::duration_cast<std::chrono::microseconds>(actual_integration_).count());
    }
    if (&row == &operation::poll_status) {
        const bool ready = port_.endpoints.packets_waiting(fid::spectrum_endpoint) > 0;
        return acquiring_ ? fid::poll::sample : ready ? fid::poll::data_ready : fid::poll::idle;
    }
    // The register of the ARM board says what it was told last, not what the watchdog made of it.
    if (&row == &operation::laser_enable) return arm ? laser_asked_ : laser_.enabled();
    if (&row == &operation::can_laser_fire || &row == &operation::laser_firing) {
        if (!model_.interlock_feedback()) return std::nullopt;
        if (&row == &operation::laser_firing) return laser_.firing() ? 1 : 0;
        return laser_.can_fire() ? (arm ? 8 : 1) : 0;
    }
    return setting(row);
}

std::uint64_t WasatchFirmware::detector_temperature_raw() const {
    constexpr double room_celsius = 22;
    const fid::Eeprom memory = eeprom_of(model_, {});
    double celsius = room_celsius;
    if (setting(operation::cooler_enable) != 0) {
        const double dac = static_cast<double>(setting(operation::cooler_setpoint));
        celsius =
            argument_for(memory.celsius_to_dac, dac, memory.min_detector_celsius, memory.max_detector_celsius, 0.1);
    }
    return static_cast<std::uint64_t>(argument_for(memory.adc_to_celsius, celsius, 0, 4095, 1));
}

// Another command while a frame gathers light queues nothing.
void WasatchFirmware::acquire() {
    if (acquiring_) return;
    acquiring_ = true;
    const Clock integration = std::chrono::milliseconds(setting(operation::integration_time));
    const bool asleep = model_.sensor_sleeps && now_ - last_frame_end_ > sensor_idle_time;
    const Clock begin = asleep ? now_ + wake_time + wake_frames * integration : now_;
    actual_integration_ = integration;
    const auto start = [this, begin, integration, asleep, epoch = epoch_](Clock) {
        if (epoch != epoch_) return;
        laser_.advance(begin);
        const double exposure = laser_.exposure_s();
        port_.timers.at(begin + integration, [this, begin, exposure, asleep, epoch](Clock when) {
            now_ = when;
            if (epoch == epoch_) end_frame(begin, exposure, asleep);
        });
    };
    if (asleep) {
        port_.timers.at(begin, start);
    } else {
        start(begin);
    }
}

void WasatchFirmware::end_frame(Clock begun, double exposure_before, bool flat) {
    acquiring_ = false;
    last_frame_end_ = now_;
    laser_.advance(now_);
    const Clock integration = now_ - begun;
    const double laser_seconds = laser_.exposure_s() - exposure_before;
    const double gain = fid::gain_of(static_cast<std::uint16_t>(setting(operation::detector_gain)));
    std::vector<std::uint16_t> counts = sensor_.expose(
        {std::chrono::duration<double>(integration).count(), laser_seconds, gain / static_cast<double>(model_.gain)},
        ++frame_number_);
    if (flat) std::fill(counts.begin(), counts.end(), counts.front());
    ++truth_.frames;
    const bool stale = std::exchange(port_.conditions.next_frame_stale, false) && !last_sent_.empty();
    if (!stale) {
        last_sent_ = std::move(counts);
        truth_.last_frame = {begun, integration, laser_seconds, false};
    }
    send(last_sent_);
}

void WasatchFirmware::send(const std::vector<std::uint16_t>& counts) {
    const std::vector<std::uint8_t> bytes = fid::encode_spectrum(counts);
    const fid::Readout layout = fid::readout(model_.board, counts.size());
    const std::span<const std::uint8_t> all(bytes);
    port_.endpoints.send(fid::spectrum_endpoint, all.first(layout.first_bytes));
    if (layout.second_bytes > 0) port_.endpoints.send(fid::second_spectrum_endpoint, all.last(layout.second_bytes));
}

}  // namespace singel::firmware_bridge::virtual_instrument
