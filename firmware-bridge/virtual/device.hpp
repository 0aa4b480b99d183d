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

// Light without a break and at one power. While it still shines it ends at the last call that brought the time.
struct Emission {
    Clock begun{0}, ended{0};
    double power = 0.0;  // fraction of full power
    friend bool operator==(const Emission&, const Emission&) = default;
};

// What a test may know and no host can ask: the light itself, and which settings a frame belongs to.
struct LaserTruth {
    bool fitted = false;
    bool enabled = false;   // the register
    bool can_fire = false;  // interlock loop closed
    bool firing = false;    // light comes out now
    double power = 0.0;     // fraction of full power while firing
    Clock on_for{0};        // since power-up, all emission added up
    Clock last_lit{-1};     // when light last came out; -1: never
    // All light since the instrument was made, in order; losing power does not erase it.
    std::vector<Emission> emissions;
};

struct FrameTruth {
    Clock begun{0}, integration{0};  // of the last frame handed to the endpoint
    double laser_exposure_s = 0.0;   // seconds of full laser power within it
    bool prepared = false;           // begun before it was asked for
};

struct Truth {
    LaserTruth laser;
    FrameTruth last_frame;
    std::uint64_t frames = 0;     // handed to the endpoint since power-up
    std::uint64_t exchanges = 0;  // transfers submitted since it was made: what faults count
};

struct InjectedFault;

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

    // An edge on the trigger input, for the models that have one.
    virtual void trigger(Clock now) { (void)now; }

    virtual std::optional<Clock> next_event() const = 0;  // when advance() would do something
    virtual void advance(Clock now) = 0;

    virtual Truth truth() const { return {}; }  // as of the last call that brought the time
    // From now on; a fault that is no state happens at the next exchange when its number is 0.
    virtual void inject(const InjectedFault& fault, Clock now) { (void)fault, (void)now; }

    std::function<void(Completion)> on_complete;
};

}  // namespace singel::firmware_bridge::virtual_instrument
