#pragma once

#include <cmath>

#include "firmware-bridge/virtual/obp_registers.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// The thermoelectric cooler: the detector nears its set point, or the room's temperature, with a time constant.
class ObpCooler {
public:
    static constexpr double room_celsius = 22, deepest_below_room = 40;
    static constexpr float highest_setpoint = 30, lowest_setpoint = -50;
    static constexpr std::chrono::seconds time_constant{8};
    static constexpr double stable_within = 0.3;  // degC

    explicit ObpCooler(const ObpRegisters& registers) : registers_(registers) {}

    void power_up(Clock now);
    void switched(Clock now);  // the enable register was set
    void add_to(ObpHandlers& handlers);

    double celsius(Clock now) const;
    bool stable(Clock now) const;
    // The dark current against that at room temperature: half as much every 7 degrees less.
    double dark(Clock now) const { return std::exp2((celsius(now) - room_celsius) / 7); }

private:
    void head_for(double celsius, Clock now);

    const ObpRegisters& registers_;
    float setpoint_ = -10;
    double from_ = room_celsius, goal_ = room_celsius;
    Clock since_{0};
};

}  // namespace singel::firmware_bridge::virtual_instrument
