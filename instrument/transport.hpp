#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "spectra/core/provenance.hpp"
#include "spectra/core/result.hpp"

namespace singel::instrument {

enum class BusSpeed { unknown, full, high, super };

// The eight bytes that begin a control transfer, without its length.
struct ControlRequest {
    std::uint8_t request_type = 0;  // bmRequestType; bit 7 set: device to host
    std::uint8_t request = 0;
    std::uint16_t value = 0;
    std::uint16_t index = 0;
};

// Control and bulk transfers to one claimed instrument. Every operation has a deadline (duration from now), throws
// core::Failure (timed_out, stalled, disconnected, cancelled, input_output) and honours Asio cancellation: the
// caller is free within 100 ms. Transfers on different endpoints may overlap.
class Transport {
public:
    using Duration = std::chrono::milliseconds;
    virtual ~Transport() = default;

    virtual boost::asio::awaitable<std::vector<std::uint8_t>> control_in(ControlRequest request, std::size_t length,
                                                                         Duration deadline) = 0;
    virtual boost::asio::awaitable<void> control_out(ControlRequest request, std::vector<std::uint8_t> data,
                                                     Duration deadline) = 0;
    virtual boost::asio::awaitable<void> bulk_out(std::uint8_t endpoint, std::vector<std::uint8_t> data,
                                                  Duration deadline) = 0;
    // Up to capacity bytes; a short packet ends the transfer. Also reads an interrupt endpoint: the descriptor
    // decides. A deadline that passes with bytes already received throws timed_out and the bytes count as drained.
    virtual boost::asio::awaitable<std::vector<std::uint8_t>> bulk_in(std::uint8_t endpoint, std::size_t capacity,
                                                                      Duration deadline) = 0;
    virtual boost::asio::awaitable<void> clear_halt(std::uint8_t endpoint, Duration deadline) = 0;
    // Lets go of the interface and takes it again: the host forgets what it had in flight, the instrument notices
    // nothing. Throws busy when another program was quicker. A link without interfaces has nothing to do.
    virtual boost::asio::awaitable<void> reclaim(Duration deadline) {
        (void)deadline;
        co_return;
    }
    virtual boost::asio::awaitable<void> reset(Duration deadline) = 0;    // USB port reset
    virtual boost::asio::awaitable<void> release(Duration deadline) = 0;  // release and close; idempotent

    // Time as this link counts it: the wall clock on USB, the instrument's own clock on the in-process link,
    // which in virtual time passes as fast as the machine can compute.
    virtual boost::asio::awaitable<void> wait(Duration duration) = 0;

    virtual std::chrono::nanoseconds now() const = 0;  // since an arbitrary start, in the same time

    virtual std::string address() const = 0;  // the id that discovery lists: "usb:24aa:1000:1-7"
    virtual BusSpeed speed() const = 0;
    // Largest packet of an endpoint in bytes, from the descriptors; 0 for one that they do not name.
    virtual std::size_t packet_size(std::uint8_t endpoint) const = 0;
    virtual spectra::core::Link link() const = 0;
    virtual bool simulated() const = 0;  // a virtual instrument is at the other end
    virtual boost::asio::any_io_executor executor() const = 0;
};

using TransportPtr = std::shared_ptr<Transport>;

}  // namespace singel::instrument
