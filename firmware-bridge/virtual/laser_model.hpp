#pragma once

#include <optional>
#include <vector>

#include "firmware-bridge/virtual/device.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// The laser of a Raman spectrometer with its four truths kept apart: the register, the interlock loop, the warning
// delay before light, and the light itself. An interlock that opens takes the light and leaves the register: light
// comes back when the loop closes, so whoever cares must switch off. Source: notes on the FID protocol, section 9.
class LaserModel {
public:
    // What it becomes when the instrument gets power: off, interlock as it is, full power.
    void power_up(Clock warning_delay, Clock watchdog, Clock now);
    void power_down(Clock now);

    void enable(bool on, Clock now);  // enabling again starts the watchdog anew, not the warning delay
    void set_interlock(bool closed, Clock now);
    void set_power(double fraction, Clock now);
    void set_warning_delay(Clock delay) { warning_delay_ = delay; }
    void set_watchdog(Clock timeout, Clock now);  // zero: none

    void advance(Clock now);
    std::optional<Clock> next_event() const;  // light comes on, or the watchdog runs out

    bool enabled() const { return enabled_; }
    bool can_fire() const { return closed_; }
    bool firing() const { return enabled_ && closed_ && now_ >= light_from_; }
    double exposure_s() const { return exposure_s_; }  // seconds of full power since power-up
    LaserTruth truth() const;

private:
    void pass(Clock until);
    void log(Clock from, Clock until);

    Clock warning_delay_{0}, watchdog_{0};
    Clock now_{0}, light_from_{0}, watched_from_{0};
    Clock on_for_{0}, last_lit_{-1};
    std::vector<Emission> emissions_;
    double power_ = 1.0, exposure_s_ = 0.0;
    bool enabled_ = false, closed_ = true;
};

}  // namespace singel::firmware_bridge::virtual_instrument
