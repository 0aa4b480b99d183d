#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace singel::firmware_bridge::virtual_instrument {

enum class FaultKind {
    stall,     // the transfer ends in a stall, the endpoint halts
    delay,     // answered late
    truncate,  // fewer bytes, ending in a short packet
    corrupt,   // one byte changed
    stale,     // the frame before is sent again
    lose,      // a command is swallowed; no answer
    unplug,
    interlock_open,
    laser_off_lost,     // the packet that switches the laser off is swallowed
    all_ones_memory,    // calibration memory reads 0xFF
    unterminated_text,  // texts in the memory fill their fields: no NUL ends them
    nan_coefficient,    // the second wavelength coefficient is not a number
    comma_coefficient,  // … is written with a decimal comma, where coefficients are text
    swapped_registers,  // register replies have their bytes in the other order (OOI)
    drop_last,          // the next frame lacks its last byte
    extra_byte,         // the next frame has one byte more
    short_packet,       // a packet in the middle of the next frame is cut short
    duplicate,          // a command is taken twice, an answer is sent twice
    pause,              // the firmware takes and gives nothing for a while
    re_enumerate,       // leaves the bus and comes back, powered up anew
    // Of Wasatch units:
    rotated_frame,        // the next frame begins somewhere in its middle
    flat_frame,           // the next frame is the same on all pixels
    second_half_stalled,  // the next second half of a frame is a stall of its endpoint
    dead_watchdog,        // the laser's watchdog never ends anything
    stuck_temperature,    // the detector's thermometer stays where it is
    reset_leaves_bus,     // an FPGA reset takes the unit off the bus for a second
    // Of OBP devices:
    wrong_regarding,  // the next reply answers another question
    deferred,         // the next answer is "deferred"; the real one comes after duration
    wrong_checksum,   // the next reply carries an MD5 checksum that is wrong
    old_reply,        // an earlier session left an answer in the queue
    left_averaging    // an earlier session left the device averaging four scans
};

// A stall halts its endpoint (endpoint 0 recovers by itself). delay answers late by duration (500 ms when none is
// given). truncate keeps half. corrupt changes the last byte of a reply of more than 64 bytes (a sync byte), the
// first byte of a shorter one, and the first byte of a command. lose swallows a command, and leaves a control read
// without an answer. unplug and interlock_open end after duration, if they have one. laser_off_lost swallows the next
// packet that switches the laser off, or all of them from the start.
//
// drop_last, extra_byte and short_packet spoil the next answer of more than 64 bytes. pause lasts 2 s, re_enumerate
// is away for 300 ms, when no duration is given.
//
// Without a number old_reply and left_averaging are there when the first host comes.
//
// Happens once, at the exchange whose number (counted from 1 over all transfers) is `at`; 0 means from the start
// and for good, for the faults that are states.
struct InjectedFault {
    FaultKind kind = FaultKind::stall;
    std::uint64_t at = 0;
    std::chrono::milliseconds duration{0};
};

using Faults = std::vector<InjectedFault>;

// "unplug@12,delay@3:500ms": comma separated kind@exchange[:duration]. Empty text gives no fault; a text that is
// not understood gives false and says why in message.
bool parse_faults(std::string_view text, Faults& faults, std::string& message);

}  // namespace singel::firmware_bridge::virtual_instrument
