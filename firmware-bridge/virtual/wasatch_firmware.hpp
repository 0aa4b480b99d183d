#pragma once

#include "firmware-bridge/virtual/wasatch_camera.hpp"
#include "firmware-bridge/virtual/wasatch_climate.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// Firmware of all three boards: control transfers in, spectra out. Every setter is only "accepted"; what is in force
// must be read. What an operation does beyond keeping its value is a row of a table in the source.
class WasatchFirmware final : public Firmware {
public:
    WasatchFirmware(const WasatchModel& model, optics::Sensor sensor, std::vector<wire::fid::Page> eeprom, Port port);

    void power_up(Clock now) override;
    void power_down(Clock now) override;
    void bus_reset(Clock now) override;
    Reply vendor_request(const Setup& setup, std::span<const std::uint8_t> out, Clock now) override;
    void bulk_out(std::uint8_t, std::span<const std::uint8_t>, Clock) override {}
    void conditions_changed(Clock now) override;
    void trigger(Clock now) override;
    Truth truth() const override;

private:
    using Operation = wire::fid::Operation;
    using Received = wire::fid::Received;
    struct Setter;
    struct Getter;
    static const Setter setters[];
    static const Getter getters[];

    void settings_to_default();
    Answer set(const Received& received);
    void reset_fpga();
    void leave_bus();
    bool write_page(const Received& received);
    bool start_auto_raman(const Received& received);
    Reply get(const Received& received, std::uint16_t asked);
    Reply page(std::uint16_t index) const;
    std::optional<std::uint64_t> number(const Received& received);
    std::vector<std::uint8_t> bytes(const Operation& operation) const;

    const WasatchModel& model_;
    std::vector<wire::fid::Page> eeprom_;  // what a host writes stays through every loss of power
    Port port_;
    WasatchRegisters registers_;
    WasatchLaserUnit laser_;
    WasatchClimate climate_;
    WasatchCamera camera_;
    Clock now_{0}, busy_until_{0};
    bool silent_ = false;  // locked up, or switched off by command, until power is taken away
};

}  // namespace singel::firmware_bridge::virtual_instrument
