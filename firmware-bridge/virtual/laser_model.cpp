#include "firmware-bridge/virtual/laser_model.hpp"

#include <algorithm>
#include <utility>

namespace singel::firmware_bridge::virtual_instrument {

void LaserModel::power_up(Clock warning_delay, Clock watchdog, Clock now) {
    pass(now);
    const bool closed = closed_;
    std::vector<Emission> emissions = std::move(emissions_);
    *this = LaserModel{};
    closed_ = closed;
    emissions_ = std::move(emissions);
    warning_delay_ = warning_delay;
    watchdog_ = watchdog;
    now_ = now;
}

void LaserModel::power_down(Clock now) {
    advance(now);
    enabled_ = false;
}

void LaserModel::enable(bool on, Clock now) {
    advance(now);
    if (on && !enabled_) light_from_ = now_ + warning_delay_;
    enabled_ = on;
    watched_from_ = now_;
}

void LaserModel::set_interlock(bool closed, Clock now) {
    advance(now);
    closed_ = closed;
}

void LaserModel::set_power(double fraction, Clock now) {
    advance(now);
    power_ = std::clamp(fraction, 0.0, 1.0);
}

void LaserModel::set_watchdog(Clock timeout, Clock now) {
    advance(now);
    watchdog_ = timeout;
    watched_from_ = now_;
}

void LaserModel::advance(Clock now) {
    for (auto event = next_event(); event && *event <= now; event = next_event()) {
        pass(*event);
        if (watchdog_ > Clock::zero() && now_ >= watched_from_ + watchdog_) enabled_ = false;
    }
    pass(std::max(now, now_));
}

std::optional<Clock> LaserModel::next_event() const {
    if (!enabled_) return std::nullopt;
    std::optional<Clock> next;
    if (light_from_ > now_) next = light_from_;
    if (watchdog_ > Clock::zero()) next = std::min(next.value_or(Clock::max()), watched_from_ + watchdog_);
    return next;
}

void LaserModel::pass(Clock until) {
    if (firing() && until > now_) {
        on_for_ += until - now_;
        exposure_s_ += std::chrono::duration<double>(until - now_).count() * power_;
        last_lit_ = until;
        log(now_, until);
    }
    now_ = until;
}

void LaserModel::log(Clock from, Clock until) {
    if (power_ <= 0) return;
    const bool goes_on = !emissions_.empty() && emissions_.back().ended == from && emissions_.back().power == power_;
    if (!goes_on) emissions_.push_back({from, from, power_});
    emissions_.back().ended = until;
}

LaserTruth LaserModel::truth() const {
    return {true, enabled_, closed_, firing(), firing() ? power_ : 0.0, on_for_, last_lit_, emissions_};
}

}  // namespace singel::firmware_bridge::virtual_instrument
