#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

// A virtual USB instrument behind its endpoints: single-threaded, reads no clock, does no I/O. Whoever carries it
// (the in-process link, emulated usbfs, USB/IP) owns the lock, brings the time and maps Status to its own errors.
namespace singel::firmware_bridge::virtual_instrument {

using Clock = std::chrono::nanoseconds;  // since an arbitrary start that the carrier chooses
using TransferId = std::uint64_t;

enum class Status { ok, stall, cancelled, overflow, no_device };
enum class Speed { full, high };

struct Setup {
    std::uint8_t request_type = 0, request = 0;
    std::uint16_t value = 0, index = 0, length = 0;
};

struct Completion {
    TransferId id = 0;
    Status status = Status::ok;
    std::size_t actual = 0;        // bytes taken or given
    std::vector<std::uint8_t> in;  // what the device sent, actual bytes
};

struct Descriptors {
    std::vector<std::uint8_t> device;         // 18 bytes
    std::vector<std::uint8_t> configuration;  // configuration, interface and endpoint descriptors
    std::vector<std::string> strings;         // index 1, 2, …; index 0 (languages) is made from them
    Speed speed = Speed::high;
    std::uint16_t vendor_id = 0, product_id = 0;
};

class UsbDevice {
public:
    virtual ~UsbDevice() = default;

    virtual const Descriptors& descriptors() const = 0;

    // Completions come through on_complete, possibly inside submit, cancel, advance or unplug. A bulk IN transfer
    // stays pending until data exist. Endpoint 0 with a setup is a control transfer.
    virtual void submit_control(TransferId id, const Setup& setup, std::span<const std::uint8_t> out, Clock now) = 0;
    virtual void submit_bulk_out(TransferId id, std::uint8_t endpoint, std::span<const std::uint8_t> data,
                                 Clock now) = 0;
    virtual void submit_bulk_in(TransferId id, std::uint8_t endpoint, std::size_t capacity, Clock now) = 0;
    virtual bool cancel(TransferId id, Clock now) = 0;  // false: already completed

    virtual void clear_halt(std::uint8_t endpoint) = 0;
    virtual void reset(Clock now) = 0;   // USB port reset
    virtual void unplug(Clock now) = 0;  // completes everything with no_device
    virtual void plug(Clock now) = 0;    // power-up state again
    virtual bool present() const = 0;

    virtual std::optional<Clock> next_event() const = 0;  // when advance() would do something
    virtual void advance(Clock now) = 0;

    std::function<void(Completion)> on_complete;
};

}  // namespace singel::firmware_bridge::virtual_instrument
