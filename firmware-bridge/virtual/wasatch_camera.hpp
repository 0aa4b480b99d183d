#pragma once

#include <functional>

#include "firmware-bridge/virtual/optics/sensor.hpp"
#include "firmware-bridge/virtual/wasatch_laser.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// The detector of a virtual Wasatch unit and its way to the endpoints. Notes on the FID protocol, section 6.
class WasatchCamera {
public:
    WasatchCamera(const WasatchModel& model, optics::Sensor sensor, WasatchRegisters& registers,
                  WasatchLaserUnit& laser, Port port)
        : model_(model), sensor_(std::move(sensor)), registers_(registers), laser_(laser), port_(port) {}

    void power_up(Clock now);
    void abandon();  // whatever was running comes to nothing

    void acquire(Clock now);  // AD
    void trigger(Clock now);  // an edge
    void auto_raman(const wire::fid::AutoRaman& request, Clock now);

    std::uint64_t poll_status() const;
    std::uint64_t actual_integration_us() const;
    std::uint64_t frames() const { return truth_.frames; }
    const Truth& truth() const { return truth_; }

private:
    struct Run {
        Clock begin{0}, integration{0};
        double exposure = 0;
        bool flat = false;
        std::function<void(Clock)> afterwards;
    };
    void expose(Clock begin, Clock integration, bool flat, std::function<void(Clock)> afterwards);
    void finish(const Run& run, Clock now);
    void go_on(std::uint64_t left, Clock now);
    std::vector<std::uint16_t> counts(const Run& run, double laser_seconds);
    void level_odd_pixels(std::vector<std::uint16_t>& counts) const;
    void send_spectrum(std::vector<std::uint16_t> counts);
    void send_rows(const std::vector<std::uint16_t>& counts);
    Clock integration() const;

    const WasatchModel& model_;
    optics::Sensor sensor_;
    WasatchRegisters& registers_;
    WasatchLaserUnit& laser_;
    Port port_;
    Truth truth_;
    std::vector<std::uint16_t> last_sent_;
    Clock last_frame_end_{0}, actual_integration_{0};
    std::uint64_t frame_number_ = 0, epoch_ = 0;
    std::uint8_t phase_ = 0;  // a value of poll_status
    bool busy_ = false;
};

}  // namespace singel::firmware_bridge::virtual_instrument
