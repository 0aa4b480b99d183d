#pragma once

#include <functional>
#include <string>

#include "firmware-bridge/virtual/firmware.hpp"
#include "firmware-bridge/virtual/nirscan_models.hpp"
#include "firmware-bridge/virtual/optics/sensor.hpp"
#include "firmware-bridge/virtual/scene.hpp"
#include "firmware-bridge/wire/nirscan/scan.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// Mirrors, lamp and detector: what a scan of the configuration in force takes and gives.
class NirscanScanner {
public:
    NirscanScanner(const NirscanModel& model, Scene scene, std::string serial, Port port);

    void power_up();
    // False for one that the mirrors or the memory for patterns do not allow; Hadamard is not modelled.
    bool configure(wire::nirscan::Configuration configuration);
    void repeat(std::uint16_t times) { configuration_.repeats = times; }
    void fix_gain(std::uint8_t gain) { fixed_gain_ = gain; }  // 0: chosen anew for each scan
    void control_lamp(bool itself) { controls_lamp_ = itself; }

    void start(Clock now);  // none runs, and at least one repeat is wanted
    bool running() const { return running_; }
    // By the instrument's own formula.
    std::chrono::milliseconds scan_time() const;

    const wire::nirscan::Configuration& configuration() const { return configuration_; }
    wire::nirscan::Calibration calibration() const;
    const wire::nirscan::Scan& last() const { return last_; }
    std::string serial() const;
    const Truth& truth() const { return truth_; }
    void handed_over() { ++truth_.frames; }

private:
    std::chrono::milliseconds before_patterns() const;
    void finish(Clock begun);
    optics::Sensor sensor(const std::vector<double>& patterns_nm) const;
    std::uint8_t chosen_gain(const optics::Sensor& sensor, double seconds);
    std::vector<std::int32_t> expose(std::uint8_t& gain);

    const NirscanModel& model_;
    Scene scene_;
    std::string serial_;
    Port port_;
    wire::nirscan::Configuration configuration_;
    wire::nirscan::Scan last_;
    Truth truth_;
    std::uint32_t session_ = 0, scans_ = 0;
    std::uint64_t exposures_ = 0;
    std::uint8_t fixed_gain_ = 0;
    bool running_ = false, controls_lamp_ = true;
};

}  // namespace singel::firmware_bridge::virtual_instrument
