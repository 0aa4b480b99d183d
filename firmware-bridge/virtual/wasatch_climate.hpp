#pragma once

#include <array>

#include "firmware-bridge/virtual/firmware.hpp"
#include "firmware-bridge/virtual/wasatch_models.hpp"
#include "firmware-bridge/virtual/wasatch_registers.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// Thermometers and coolers of a virtual Wasatch unit. The detector moves towards its setpoint; the ADC gives its old
// input once more after another was selected (notes on the FID protocol, section 3, ED).
class WasatchClimate {
public:
    WasatchClimate(const WasatchModel& model, WasatchRegisters& registers, Port port)
        : model_(model), registers_(registers), port_(port) {}

    void power_up(Clock now);
    void registers_changed(Clock now);  // the detector's cooler or its setpoint

    std::uint16_t detector_raw(Clock now);
    std::uint16_t adc(double laser_power);
    // I2C write and read errors, then the other fourteen: the bus behind the USB chip does not bear more than 10
    // readings of the detector's temperature a second (section 2).
    const std::array<std::uint32_t, 16>& errors() const { return errors_; }

private:
    double celsius(Clock now) const;

    const WasatchModel& model_;
    WasatchRegisters& registers_;
    Port port_;
    Clock since_{0}, read_at_{0};
    double from_ = 0, target_ = 0;
    std::uint64_t adc_input_ = 0;
    std::array<std::uint32_t, 16> errors_{};
};

}  // namespace singel::firmware_bridge::virtual_instrument
