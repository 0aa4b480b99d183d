#pragma once

#include <optional>
#include <string>

#include "firmware-bridge/virtual/obp_camera.hpp"
#include "firmware-bridge/virtual/obp_cooler.hpp"
#include "firmware-bridge/virtual/obp_light.hpp"
#include "firmware-bridge/virtual/obp_memory.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// Firmware that speaks Ocean's binary protocol: every message is answered, known or not.
class ObpFirmware final : public Firmware {
public:
    ObpFirmware(const ObpModel& model, const optics::Sensor& sensor, const std::string& serial, const Port& port);

    void power_up(Clock now) override;
    void power_down(Clock now) override { light_.power_down(now); }
    void bus_reset(Clock now) override;
    Reply vendor_request(const Setup&, std::span<const std::uint8_t>, Clock) override {
        return {Answer::stall, {}, {}};
    }
    void bulk_out(std::uint8_t endpoint, std::span<const std::uint8_t> data, Clock now) override;
    void conditions_changed(Clock now) override;
    void trigger(Clock now) override { camera_.trigger(now); }
    Truth truth() const override;

private:
    void handle(const ObpRequest& request);
    void add_own_messages();
    wire::obp::Error reset(Clock now);

    const ObpModel& model_;
    Port port_;
    ObpRegisters registers_;
    ObpMemory memory_;
    ObpLine line_;
    ObpLight light_;
    ObpCooler cooler_;
    ObpCamera camera_;
    ObpHandlers handlers_;
};

}  // namespace singel::firmware_bridge::virtual_instrument
