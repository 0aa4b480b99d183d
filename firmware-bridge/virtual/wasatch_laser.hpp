#pragma once

#include <optional>

#include "firmware-bridge/virtual/firmware.hpp"
#include "firmware-bridge/virtual/laser_model.hpp"
#include "firmware-bridge/virtual/wasatch_models.hpp"
#include "firmware-bridge/virtual/wasatch_registers.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// The laser of a virtual Wasatch unit behind its registers: modulation, watchdog, warning delay, interlock loop.
// Notes on the FID protocol, section 9.
class WasatchLaserUnit {
public:
    WasatchLaserUnit(const WasatchModel& model, WasatchRegisters& registers, Port port)
        : model_(model), registers_(registers), port_(port) {}

    void power_up(Clock now);  // and what an FPGA reset leaves
    void power_down(Clock now) { laser_.power_down(now); }
    void conditions_changed(Clock now);
    void advance(Clock now) { laser_.advance(now); }

    void enable(bool on, Clock now);  // a host's packet, which may get lost
    void drive(bool on, Clock now);   // by the firmware itself
    void registers_changed(Clock now);
    void watchdog_changed(Clock now);

    // Nothing where this unit cannot tell.
    std::optional<std::uint64_t> enabled() const;
    std::optional<std::uint64_t> can_fire() const;
    std::optional<std::uint64_t> firing() const;
    double exposure_s() const { return laser_.exposure_s(); }
    LaserTruth truth() const;

private:
    void watch();

    const WasatchModel& model_;
    WasatchRegisters& registers_;
    Port port_;
    LaserModel laser_;
    std::optional<Clock> timer_;  // the laser's next event that a timer is set for
    bool asked_ = false;
};

}  // namespace singel::firmware_bridge::virtual_instrument
