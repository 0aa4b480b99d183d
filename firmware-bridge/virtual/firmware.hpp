#pragma once

#include <functional>
#include <optional>

#include "firmware-bridge/virtual/device.hpp"
#include "firmware-bridge/virtual/endpoints.hpp"
#include "firmware-bridge/virtual/timers.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// Faults that are states of the instrument or of the room, as the firmware meets them.
struct Conditions {
    bool all_ones_memory = false;
    bool unterminated_text = false, nan_coefficient = false, comma_coefficient = false;  // of the memory
    bool swapped_registers = false;
    bool interlock_open = false;
    bool every_laser_off_lost = false;
    bool next_laser_off_lost = false;  // the firmware clears it when it happened
    bool next_frame_stale = false;     // the firmware clears it when it happened

    // Of Wasatch units; the firmware clears the next_ ones when they happened.
    bool next_frame_rotated = false, next_frame_flat = false, next_second_half_stalled = false;
    bool watchdog_dead = false, temperature_stuck = false, reset_leaves_bus = false;

    // Of OBP devices; the firmware clears them when they happened.
    bool next_regarding_wrong = false, next_checksum_wrong = false;
    std::chrono::milliseconds next_deferred{0};  // not deferred when zero
    bool old_reply = false, left_averaging = false;
};

// What firmware has at hand. Lives longer than the firmware.
struct Port {
    Endpoints& endpoints;
    Timers& timers;
    Conditions& conditions;
    // Leaves the bus as soon as the current exchange is over and powers up again after away, as a device that
    // resets itself does.
    std::function<void(Clock now, Clock away)> re_enumerate{};
};

enum class Answer { ok, stall, silent };

struct Reply {
    Answer answer = Answer::ok;
    std::vector<std::uint8_t> in;
    Clock ready{0};  // answered then, at once when it is past
};

// The inside of one model: what it does with commands and vendor requests. Standard requests, packets, halts and
// faults of the bus are not its business. Told the time with every call; asks for more through the timers.
class Firmware {
public:
    virtual ~Firmware() = default;
    virtual void power_up(Clock now) = 0;
    virtual void power_down(Clock now) = 0;
    virtual void bus_reset(Clock now) = 0;
    virtual Reply vendor_request(const Setup& setup, std::span<const std::uint8_t> out, Clock now) = 0;
    virtual void bulk_out(std::uint8_t endpoint, std::span<const std::uint8_t> data, Clock now) = 0;
    virtual void conditions_changed(Clock now) = 0;
    virtual void trigger(Clock now) { (void)now; }  // an edge on the trigger input
    virtual Truth truth() const = 0;                // exchanges is filled in by the device
};

}  // namespace singel::firmware_bridge::virtual_instrument
