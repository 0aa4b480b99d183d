#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "firmware-bridge/virtual/device.hpp"

// What went over the wire between a host and one instrument. The text of it is documented in TRACES.md.
namespace singel::firmware_bridge::trace {

using Microseconds = std::chrono::microseconds;

struct Transfer {
    Microseconds at{0};         // when it ended, since the start of the recording
    Microseconds took{0};       // since the host asked
    std::uint8_t endpoint = 0;  // with the direction bit; 0x80 and 0x00 for control transfers
    bool control = false;
    virtual_instrument::Setup setup;  // of a control transfer
    virtual_instrument::Status status = virtual_instrument::Status::ok;
    std::size_t asked = 0;           // in: room for data, bytes; out: data.size()
    std::size_t actual = 0;          // in: data.size(); out: bytes that the device took
    std::vector<std::uint8_t> data;  // in: what came, out: what was sent

    bool in() const { return (endpoint & 0x80) != 0; }
    friend bool operator==(const Transfer&, const Transfer&);
};

enum class Happening { reset, unplugged, plugged };
struct Event {
    Microseconds at{0};
    Happening what = Happening::reset;
    friend bool operator==(const Event&, const Event&) = default;
};

struct Entry {
    std::size_t line = 0;  // of the file, from 1; 0 where there is no file
    std::variant<Transfer, Event> what;
};

struct Header {
    std::string source;     // "virtual USB2000+", "usbmon 1:5"
    bool simulated = true;  // a virtual instrument was at the other end
    bool anonymous = false;
    virtual_instrument::Descriptors descriptors;
};

struct Trace {
    Header header;
    std::vector<Entry> entries;  // in the order in which they ended
};

}  // namespace singel::firmware_bridge::trace
