#pragma once

#include <deque>
#include <map>
#include <string>

#include "firmware-bridge/virtual/firmware.hpp"
#include "firmware-bridge/virtual/ocean_models.hpp"
#include "firmware-bridge/virtual/optics/sensor.hpp"
#include "firmware-bridge/wire/ooi/commands.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// Firmware of family B: commands in, no word about a setter, spectra that may be older than their request.
class OceanFirmware final : public Firmware {
public:
    OceanFirmware(const OceanModel& model, optics::Sensor sensor, std::string serial, Port port);

    void power_up(Clock now) override;
    void power_down(Clock) override {}
    void bus_reset(Clock now) override;
    Reply vendor_request(const Setup&, std::span<const std::uint8_t>, Clock) override {
        return {Answer::stall, {}, {}};
    }
    void bulk_out(std::uint8_t endpoint, std::span<const std::uint8_t> data, Clock now) override;
    void conditions_changed(Clock) override {}
    Truth truth() const override { return truth_; }

    void operator()(const wire::ooi::Initialize&);
    void operator()(const wire::ooi::SetIntegrationTime& command);
    void operator()(const wire::ooi::SetLamp& command);
    void operator()(const wire::ooi::SetPower& command);
    void operator()(const wire::ooi::QuerySlot& command);
    void operator()(const wire::ooi::RequestSpectrum&);
    void operator()(const wire::ooi::SetTrigger& command);
    void operator()(const wire::ooi::WriteRegister& command);
    void operator()(const wire::ooi::ReadRegister& command);
    void operator()(const wire::ooi::QueryTemperature&);
    void operator()(const wire::ooi::QueryStatus&);
    template <class Unknown>
    void operator()(const Unknown&) {}  // a host that asks this must time out

private:
    struct Prepared {
        std::vector<std::uint8_t> bytes;
        FrameTruth truth;
    };
    void reply(const std::vector<std::uint8_t>& bytes);
    void begin_frame(Clock now);
    void end_frame(Clock begun, Clock integration);
    void serve_requests(Clock now);
    void abandon_frames();
    std::vector<std::uint8_t> slot_reply(std::uint8_t slot) const;

    const OceanModel& model_;
    optics::Sensor sensor_;
    std::string serial_;
    Port port_;
    Truth truth_;
    Clock now_{0};
    Clock integration_{0};
    std::map<std::uint8_t, std::uint16_t> registers_;
    std::deque<Prepared> prepared_;
    std::deque<Clock> requests_;  // when each was made
    std::vector<std::uint8_t> last_sent_;
    std::uint64_t frame_number_ = 0, epoch_ = 0;
    std::uint8_t trigger_ = 0;
    bool lamp_ = false, powered_ = true, integrating_ = false, awake_ = false;
};

}  // namespace singel::firmware_bridge::virtual_instrument
