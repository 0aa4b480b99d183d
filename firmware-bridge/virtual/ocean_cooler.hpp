#pragma once

#include <algorithm>
#include <cmath>

#include "firmware-bridge/virtual/device.hpp"
#include "firmware-bridge/virtual/ocean_models.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// A thermoelectric cooler: the detector's temperature nears its aim exponentially.
class OceanCoolerState {
public:
    OceanCoolerState(OceanCooler model, bool fitted) : model_(model), fitted_(fitted) {}

    void power_up(Clock now, bool enabled, bool fan, std::int16_t setpoint_tenths) {
        celsius_ = ambient_celsius;
        since_ = now;
        enabled_ = enabled;
        fan_ = fan;
        setpoint_tenths_ = setpoint_tenths;
    }
    void enable(bool on, Clock now) {
        settle(now);
        enabled_ = on;
    }
    void set_fan(bool on, Clock now) {
        settle(now);
        fan_ = on;
    }
    // Ignored out of range, without a word.
    void set(std::int16_t tenths, Clock now) {
        if (tenths < model_.least_tenths || tenths > model_.most_tenths) return;
        settle(now);
        setpoint_tenths_ = tenths;
    }
    double celsius(Clock now) const {
        const double seconds = std::chrono::duration<double>(now - since_).count();
        return aim() + (celsius_ - aim()) * std::exp(-seconds / model_.time_constant_s);
    }
    // The dark current against that at room temperature: twice as much every 7 degrees.
    double dark(Clock now) const { return fitted_ ? std::exp2((celsius(now) - ambient_celsius) / 7) : 1; }
    double heatsink_celsius(Clock now) const {
        return ambient_celsius + (ambient_celsius - celsius(now)) * (fan_ ? 0.1 : 0.4);
    }

private:
    static constexpr double ambient_celsius = 24;

    double aim() const { return enabled_ ? setpoint_tenths_ / 10.0 : ambient_celsius; }
    void settle(Clock now) {
        celsius_ = celsius(now);
        since_ = now;
    }

    OceanCooler model_;
    bool fitted_;
    double celsius_ = ambient_celsius;
    Clock since_{0};
    bool enabled_ = false, fan_ = false;
    std::int16_t setpoint_tenths_ = 0;
};

}  // namespace singel::firmware_bridge::virtual_instrument
