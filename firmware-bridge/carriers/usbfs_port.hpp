#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <vector>

#include "firmware-bridge/virtual/device.hpp"

namespace singel::firmware_bridge::carriers {

using OpenFile = const void*;  // tells open files apart; never dereferenced

// A request block as a program hands it to the kernel (struct usbdevfs_urb).
struct Urb {
    std::uint64_t address = 0;  // where it lies in the program: its name when it is discarded or reaped
    bool control = false;
    std::uint8_t endpoint = 0;             // with the direction bit
    std::span<const std::uint8_t> buffer;  // control: eight bytes of setup, then data; IN: only its size counts
    std::shared_ptr<void> memory;          // whatever the carrier needs to answer it; kept until it is reaped
};

struct FinishedUrb {
    std::uint64_t address = 0;
    std::shared_ptr<void> memory;
    bool control = false;
    int status = 0;                // 0 or a negative errno, as usbfs reports it
    std::size_t actual = 0;        // bytes
    std::vector<std::uint8_t> in;  // what the device sent
};

// The kernel's half of one USB port: what Linux does between the device node and the device (drivers/usb/core/
// devio.c). State is kept for each open file; closing a file cancels what it has in flight. Functions return 0 or an
// errno value. Single-threaded, reads no clock.
class UsbfsPort {
public:
    using Clock = virtual_instrument::Clock;

    // Takes over device.on_complete; the device must outlive the port.
    explicit UsbfsPort(virtual_instrument::UsbDevice& device);
    ~UsbfsPort();
    UsbfsPort(const UsbfsPort&) = delete;
    UsbfsPort& operator=(const UsbfsPort&) = delete;

    // Files opened before a plug stay disconnected for good, as their node is gone. Claims fail before
    // claimable_from.
    void plug(Clock now, Clock claimable_from);
    void unplug(Clock now);
    bool present() const { return device_.present(); }

    void open(OpenFile file);
    void close(OpenFile file, Clock now);

    int claim(OpenFile file, unsigned interface, Clock now);
    int release(OpenFile file, unsigned interface, Clock now);
    int submit(OpenFile file, const Urb& urb, Clock now);
    int discard(OpenFile file, std::uint64_t address, Clock now);
    int reap(OpenFile file, FinishedUrb& finished);  // EAGAIN: nothing yet, ENODEV: nothing ever more
    int clear_halt(OpenFile file, unsigned endpoint);
    int reset(OpenFile file, Clock now);  // ends all transfers and claims, as a port reset does
    int set_configuration(OpenFile file, int value, Clock now);
    int set_interface(OpenFile file, unsigned interface, unsigned alternate, Clock now);
    int connected(OpenFile file) const;  // 0 or ENODEV

    bool anything_to_reap() const;  // in any connected file: the node's POLLOUT

private:
    struct File {
        bool connected = true;
        std::set<unsigned> claims;
        std::deque<FinishedUrb> finished;
    };
    struct InFlight {
        OpenFile file = nullptr;
        std::uint8_t endpoint = 0;
        FinishedUrb urb;
    };

    void complete(virtual_instrument::Completion completion);
    template <class Which>
    void cancel_if(Which which, Clock now);
    bool claimed_by_another(OpenFile file, unsigned interface) const;
    int may_use(OpenFile file, std::uint8_t endpoint) const;
    int submit_control(OpenFile file, const Urb& urb, Clock now);
    virtual_instrument::TransferId start(OpenFile file, const Urb& urb);
    void send(virtual_instrument::Setup setup, Clock now);

    virtual_instrument::UsbDevice& device_;
    std::map<std::uint8_t, unsigned> interface_of_endpoint_;
    std::set<unsigned> interfaces_;
    int configuration_value_ = 0;
    Clock claimable_from_{0};
    std::map<OpenFile, File> files_;
    std::map<virtual_instrument::TransferId, InFlight> in_flight_;
    virtual_instrument::TransferId next_id_ = 1;
};

}  // namespace singel::firmware_bridge::carriers
