#pragma once

#include <map>
#include <string>

#include "firmware-bridge/virtual/firmware.hpp"
#include "firmware-bridge/virtual/ocean_cooler.hpp"
#include "firmware-bridge/virtual/ocean_frames.hpp"
#include "firmware-bridge/virtual/ocean_memory.hpp"
#include "firmware-bridge/virtual/ocean_models.hpp"
#include "firmware-bridge/wire/ooi/commands.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// Firmware of families A and B: commands in, no word about a setter, spectra that may be older than their request.
class OceanFirmware final : public Firmware {
public:
    OceanFirmware(const OceanModel& model, optics::Sensor sensor, std::string_view serial, Speed speed, Port port);

    void power_up(Clock now) override;
    void power_down(Clock) override { frames_.abandon(); }
    void bus_reset(Clock now) override;
    Reply vendor_request(const Setup&, std::span<const std::uint8_t>, Clock) override {
        return {Answer::stall, {}, {}};
    }
    void bulk_out(std::uint8_t endpoint, std::span<const std::uint8_t> data, Clock now) override;
    void conditions_changed(Clock now) override;
    void trigger(Clock now) override { frames_.edge(now); }
    Truth truth() const override { return frames_.truth(); }

    void operator()(const wire::ooi::Initialize&);
    void operator()(const wire::ooi::SetIntegrationTime& command);
    void operator()(const wire::ooi::SetLamp& command) { lamp_ = command.on; }
    void operator()(const wire::ooi::SetPower& command);
    void operator()(const wire::ooi::QuerySlot& command);
    void operator()(const wire::ooi::WriteSlot& command);
    void operator()(const wire::ooi::WriteSerial& command);
    void operator()(const wire::ooi::QuerySerial&);
    void operator()(const wire::ooi::RequestSpectrum&) { frames_.request(now_); }
    void operator()(const wire::ooi::SetTrigger& command);
    void operator()(const wire::ooi::CountPlugIns&);
    void operator()(const wire::ooi::QueryPlugIns&);
    void operator()(const wire::ooi::StopAcquisition&) { frames_.abandon(); }
    void operator()(const wire::ooi::ReadI2c& command);
    void operator()(const wire::ooi::WriteI2c&);
    void operator()(const wire::ooi::WriteRegister& command);
    void operator()(const wire::ooi::ReadRegister& command);
    void operator()(const wire::ooi::QueryTemperature&);
    void operator()(const wire::ooi::QueryIrradiance& command);
    void operator()(const wire::ooi::WriteIrradiance& command);
    void operator()(const wire::ooi::SetFan& command) { cooler_.set_fan(command.on, now_); }
    void operator()(const wire::ooi::SetCooler& command) { cooler_.enable(command.on, now_); }
    void operator()(const wire::ooi::QueryCooler&);
    void operator()(const wire::ooi::SetCoolerSetpoint& command) { cooler_.set(command.tenths_celsius, now_); }
    void operator()(const wire::ooi::CountChannels&);
    void operator()(const wire::ooi::QueryStatus&);
    // The only channel is selected, and no plug-in is found; a host that asks the unknown must time out.
    void operator()(const wire::ooi::SelectChannel&) {}
    void operator()(const wire::ooi::RescanPlugIns&) {}
    void operator()(const wire::ooi::Unknown&) {}

private:
    void reply(const std::vector<std::uint8_t>& bytes);
    void set_trigger(std::uint8_t code);
    bool high_speed() const { return speed_ == Speed::high; }

    const OceanModel& model_;
    const wire::ooi::Dialect& dialect_;
    Speed speed_;
    Port port_;
    OceanMemory memory_;
    OceanCoolerState cooler_;
    OceanFrames frames_;
    Clock now_{0};
    std::map<std::uint8_t, std::uint16_t> registers_;
    std::uint8_t trigger_ = 0;
    bool lamp_ = false, powered_ = true;
};

}  // namespace singel::firmware_bridge::virtual_instrument
