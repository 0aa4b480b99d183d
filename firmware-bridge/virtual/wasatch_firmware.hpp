#pragma once

#include <map>

#include "firmware-bridge/virtual/firmware.hpp"
#include "firmware-bridge/virtual/laser_model.hpp"
#include "firmware-bridge/virtual/optics/sensor.hpp"
#include "firmware-bridge/virtual/wasatch_models.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// Firmware of both boards: control transfers in, spectra out, a laser with four truths. Every setter is only
// "accepted"; what is in force must be read.
class WasatchFirmware final : public Firmware {
public:
    WasatchFirmware(const WasatchModel& model, optics::Sensor sensor, std::vector<wire::fid::Page> eeprom, Port port);

    void power_up(Clock now) override;
    void power_down(Clock now) override;
    void bus_reset(Clock now) override;
    Reply vendor_request(const Setup& setup, std::span<const std::uint8_t> out, Clock now) override;
    void bulk_out(std::uint8_t, std::span<const std::uint8_t>, Clock) override {}
    void conditions_changed(Clock now) override;
    Truth truth() const override;

private:
    using Operation = wire::fid::Operation;

    void settings_to_default();
    void set(const Operation& operation, std::uint64_t value);
    void set_laser_enable(bool on);
    void reset_fpga();
    void update_laser_power();
    void watch_laser();
    Reply get(const wire::fid::Received& received, std::uint16_t asked);
    Reply page(std::uint16_t index) const;
    std::optional<std::uint64_t> number(const Operation& operation);
    std::uint64_t detector_temperature_raw() const;
    std::uint64_t setting(const Operation& operation) const;

    void acquire();
    void end_frame(Clock begun, double exposure_before, bool flat);
    void send(const std::vector<std::uint16_t>& counts);

    const WasatchModel& model_;
    optics::Sensor sensor_;
    std::vector<wire::fid::Page> eeprom_;
    Port port_;
    Truth truth_;
    LaserModel laser_;
    std::map<const Operation*, std::uint64_t> settings_;
    std::vector<std::uint16_t> last_sent_;
    Clock now_{0}, busy_until_{0}, last_frame_end_{0}, actual_integration_{0};
    std::optional<Clock> laser_timer_;  // the laser's next event that a timer is set for
    std::uint64_t frame_number_ = 0, epoch_ = 0;
    bool acquiring_ = false, locked_up_ = false, laser_asked_ = false;
};

}  // namespace singel::firmware_bridge::virtual_instrument
