#pragma once

#include <deque>

#include "firmware-bridge/virtual/firmware.hpp"
#include "firmware-bridge/virtual/ocean_cooler.hpp"
#include "firmware-bridge/virtual/ocean_models.hpp"
#include "firmware-bridge/virtual/optics/sensor.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// When frames begin and end, and which request gets which (sections 3.1 and 6.3). A frame that was under way when
// something was changed ends as it began.
class OceanFrames {
public:
    OceanFrames(const OceanModel& model, optics::Sensor sensor, const OceanCoolerState& cooler, bool high_speed,
                Port port);

    void power_up(Clock integration, Clock now);
    void abandon();  // requests, prepared frames and the triggered one under way

    void set_integration(Clock integration, Clock now);
    void restart(Clock now);  // a free-running detector begins a frame now
    void set_trigger(wire::ooi::TriggerKind kind, Clock now);
    void set_powered(bool powered);
    void request(Clock now);
    void edge(Clock now);  // on the trigger input

    Clock integration() const { return integration_; }
    bool requested() const { return !requests_.empty(); }
    std::size_t packets_waiting() const;
    const Truth& truth() const { return truth_; }

private:
    struct Prepared {
        std::vector<std::uint8_t> bytes;
        FrameTruth truth;
    };
    struct Cycle {
        Clock begun{0}, integration{0}, end{0};
    };
    bool prepares() const { return model_.clockwork.frames_prepared > 0; }
    bool free() const { return trigger_ == wire::ooi::TriggerKind::none; }
    Clock period(Clock integration) const;
    void follow(Clock now);
    void serve(Clock now);
    void serve_prepared(Clock now);
    void await_cycle(Clock now);
    void end_cycle(Clock now);
    void integrate(Clock begun, Clock integration);
    void end_triggered(Clock begun, Clock integration);
    Prepared expose(Clock begun, Clock integration);
    void deliver(Prepared frame);

    const OceanModel& model_;
    optics::Sensor sensor_;
    const OceanCoolerState& cooler_;
    bool high_speed_;
    Port port_;
    Truth truth_;
    Clock integration_{0};
    wire::ooi::TriggerKind trigger_ = wire::ooi::TriggerKind::none;
    Cycle cycle_;                 // of a free-running detector
    std::deque<Clock> requests_;  // when each was made
    std::deque<Prepared> prepared_;
    std::vector<std::uint8_t> last_sent_;
    std::optional<Clock> first_edge_;  // synchronisation: the integration that it began
    std::uint64_t frame_number_ = 0, epoch_ = 0;
    bool under_way_ = false;  // a frame whose end is in the timers
    bool awake_ = false, powered_ = true;
};

}  // namespace singel::firmware_bridge::virtual_instrument
