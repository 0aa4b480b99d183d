#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "spectra/core/provenance.hpp"
#include "spectra/core/units.hpp"

namespace singel::spectra::core {

// What begins an integration: the request itself, or a signal on the instrument's trigger input.
enum class Trigger { on_request, external_edge, external_level, external_synchronisation };

// The settings that were in force while a frame gathered light.
struct FrameSettings {
    std::chrono::microseconds integration_time{};
    bool laser_on = false;
    double laser_power = 0.0;      // fraction of full power, 0 to 1
    std::uint64_t generation = 0;  // grows with each change of settings; a frame has exactly one
    Trigger trigger = Trigger::on_request;
    friend bool operator==(const FrameSettings&, const FrameSettings&) = default;
};

// One detector read-out. Never changed after it is made: corrections make new values.
struct Frame {
    std::uint64_t number = 0;           // counts from 1 for each opened instrument
    std::vector<std::uint32_t> counts;  // raw ADC counts, one a pixel, in read-out order
    std::uint32_t full_scale = 65535;   // counts at which the converter saturates
    FrameSettings settings;
    std::optional<Celsius> detector_temperature;
    std::optional<std::uint64_t> device_count;  // the instrument's own number of this frame, where it counts
    std::optional<std::chrono::nanoseconds> device_time;  // its own clock at this frame, from an arbitrary start
    std::uint32_t stale_discarded = 0;                    // older frames thrown away to reach this one
    InstrumentIdentity instrument;

    double saturated_fraction() const;  // pixels at or above full scale, 0 to 1
};

}  // namespace singel::spectra::core
