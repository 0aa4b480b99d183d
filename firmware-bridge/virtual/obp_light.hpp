#pragma once

#include "firmware-bridge/virtual/firmware.hpp"
#include "firmware-bridge/virtual/laser_model.hpp"
#include "firmware-bridge/virtual/obp_handlers.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// The laser of a Ventana: light source 0 of module 0. The notes name no watchdog, no warning delay and nothing that
// tells of an interlock, so this unit has none that a host could ask for or rely on: the register says what it was
// told, and light stays on until it is switched off or loses its power. An interlock loop in the room takes the light
// all the same; the register does not know.
class ObpLight {
public:
    explicit ObpLight(Port port) : port_(std::move(port)) {}

    void power_up(Clock now);
    void to_defaults(Clock now);  // off
    void power_down(Clock now) { laser_.power_down(now); }
    void interlock_changed(Clock now) { laser_.set_interlock(!port_.conditions.interlock_open, now); }
    void advance(Clock now) { laser_.advance(now); }
    void add_to(ObpHandlers& handlers);

    double exposure_s(Clock now);  // seconds of full power since power-up
    LaserTruth truth() const { return laser_.truth(); }

private:
    ObpAnswer enable(const ObpRequest& request);
    ObpAnswer set_intensity(const ObpRequest& request);
    bool off_is_lost(bool on);

    Port port_;
    LaserModel laser_;
    float intensity_ = 1;
};

}  // namespace singel::firmware_bridge::virtual_instrument
