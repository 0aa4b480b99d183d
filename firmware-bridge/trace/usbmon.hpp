#pragma once

#include <map>
#include <optional>

#include "firmware-bridge/trace/trace.hpp"
#include "firmware-bridge/wire/decoded.hpp"

// What Linux's usbmon says of the traffic on a bus, through its binary interface (/dev/usbmonN, 64-byte records;
// Documentation/usb/usbmon.rst). The text interface is of no use here: it cuts data after 32 bytes.
namespace singel::firmware_bridge::trace {

inline constexpr std::size_t usbmon_record_bytes = 64;

// One device's transfers out of the records of its bus. Isochronous transfers are left out.
class Usbmon {
public:
    explicit Usbmon(std::uint8_t device) : device_(device) {}

    // record: usbmon_record_bytes in this machine's byte order; data: what was captured with it. The transfer that
    // it ends, if it does. Malformed where the record cannot be what it says.
    wire::Decoded<std::optional<Transfer>> hear(wire::ByteView record, wire::ByteView data);

    std::size_t cut() const { return cut_; }  // transfers whose data usbmon could not hold

private:
    struct Begun {
        Transfer transfer;
        Microseconds at{0};
    };
    std::uint8_t device_;
    std::optional<Microseconds> start_;
    std::map<std::uint64_t, Begun> begun_;  // by usbmon's id of the URB
    std::size_t cut_ = 0;
};

}  // namespace singel::firmware_bridge::trace
