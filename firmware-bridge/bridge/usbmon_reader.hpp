#pragma once

#include <functional>
#include <optional>

#include "firmware-bridge/trace/trace.hpp"
#include "spectra/core/result.hpp"

// Real traffic of a real device, as Linux's usbmon sees it.
namespace singel::firmware_bridge::bridge {

// What sysfs says of the device at this place: not_found where there is none.
spectra::core::Result<trace::Header> describe_attached(unsigned bus, unsigned device);

struct UsbmonRecording {
    unsigned bus = 0, device = 0;
    std::optional<std::chrono::seconds> at_most;  // until SIGINT or SIGTERM otherwise
};
// Tells of each transfer until the time is over or a signal comes; the value is how many transfers were too long for
// usbmon's buffer and are cut. permission_denied or unsupported, with what to do, where usbmon cannot be read.
spectra::core::Result<std::size_t> record_usbmon(const UsbmonRecording& wish,
                                                 const std::function<void(const trace::Transfer&)>& tell);

}  // namespace singel::firmware_bridge::bridge
