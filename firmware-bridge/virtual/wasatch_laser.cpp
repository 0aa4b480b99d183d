#include "firmware-bridge/virtual/wasatch_laser.hpp"

#include <utility>

namespace singel::firmware_bridge::virtual_instrument {

namespace fid = wire::fid;
namespace operation = wire::fid::operation;

namespace {

std::uint64_t swapped(std::uint64_t word) {
    return (word & 0xFF) << 8 | (word >> 8 & 0xFF);
}

}  // namespace

void WasatchLaserUnit::power_up(Clock now) {
    timer_.reset();
    asked_ = false;
    laser_.power_up(model_.warning_delay, model_.watchdog, now);
    conditions_changed(now);
}

// A unit made without an interlock has nothing that could open.
void WasatchLaserUnit::conditions_changed(Clock now) {
    const bool excluded = model_.has(fid::feature::interlock_excluded);
    laser_.set_interlock(excluded || !port_.conditions.interlock_open, now);
    if (port_.conditions.watchdog_dead) laser_.set_watchdog(Clock::zero(), now);
    watch();
}

void WasatchLaserUnit::enable(bool on, Clock now) {
    if (!on && port_.conditions.every_laser_off_lost) return;
    if (!on && std::exchange(port_.conditions.next_laser_off_lost, false)) return;
    drive(on, now);
}

void WasatchLaserUnit::drive(bool on, Clock now) {
    asked_ = on;
    if (!model_.has_laser()) return;
    laser_.enable(on, now);
    watch();
}

void WasatchLaserUnit::registers_changed(Clock now) {
    const double period = static_cast<double>(registers_.get(operation::modulation_period));
    const double width = static_cast<double>(registers_.get(operation::modulation_width));
    const bool modulated = registers_.get(operation::modulation_enable) != 0;
    laser_.set_power(!modulated ? 1.0 : period > 0 ? width / period : 0.0, now);
    laser_.set_warning_delay(std::chrono::seconds(registers_.get(operation::laser_warning_delay) & 0xFF));
}

void WasatchLaserUnit::watchdog_changed(Clock now) {
    const std::uint64_t value = registers_.get(operation::laser_watchdog);
    const std::uint64_t seconds = model_.watchdog_order == fid::Order::little ? value : swapped(value);
    if (!port_.conditions.watchdog_dead) laser_.set_watchdog(std::chrono::seconds(seconds), now);
    watch();
}

// The register of the ARM board says what it was told last, not what the watchdog made of it.
std::optional<std::uint64_t> WasatchLaserUnit::enabled() const {
    return (model_.arm() || !model_.has_laser() ? asked_ : laser_.enabled()) ? 1 : 0;
}

std::optional<std::uint64_t> WasatchLaserUnit::can_fire() const {
    if (!model_.interlock_feedback()) return std::nullopt;
    return !laser_.can_fire() ? 0 : model_.arm() ? 8 : 1;
}

std::optional<std::uint64_t> WasatchLaserUnit::firing() const {
    if (!model_.interlock_feedback()) return std::nullopt;
    return laser_.firing() ? 1 : 0;
}

LaserTruth WasatchLaserUnit::truth() const {
    LaserTruth truth = laser_.truth();
    truth.fitted = model_.has_laser();
    return truth;
}

// Someone must bring the time when light comes on or the watchdog runs out.
void WasatchLaserUnit::watch() {
    const std::optional<Clock> next = laser_.next_event();
    if (!next || next == timer_) return;
    timer_ = next;
    port_.timers.at(*next, [this](Clock when) {
        if (timer_ == when) timer_.reset();
        laser_.advance(when);
        watch();
    });
}

}  // namespace singel::firmware_bridge::virtual_instrument
