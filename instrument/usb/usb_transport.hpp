#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <set>
#include <string>

#include "instrument/endpoints.hpp"
#include "instrument/transport.hpp"
#include "instrument/usb/context.hpp"

struct libusb_device_handle;

namespace singel::instrument::usb {

struct Address {
    std::uint8_t bus = 0, device = 0;
};

enum class Claim {
    interface_0,   // an instrument that we drive; a kernel driver that has it gives way until we let go
    for_a_moment,  // to see whether it could be had: changes nothing, waits for nobody
    nothing        // control transfers only, beside another program: what the laser guard needs
};

// One opened device over libusb. All calls from the executor. A transfer owns its buffer until libusb gives it back,
// which may be after the caller was freed. Open until release(): the executor must run until that has returned.
class UsbTransport final : public Transport, public std::enable_shared_from_this<UsbTransport> {
public:
    // Retries for a second what a device does that has just arrived (the bus announces it before it is configured),
    // and for 200 ms one that another program may only be looking at.
    // Throws permission_denied, busy, disconnected, protocol (descriptors that cannot be), each with what to do.
    static boost::asio::awaitable<std::shared_ptr<UsbTransport>> open(Address address, std::string id, Claim claim);
    ~UsbTransport() override;

    boost::asio::awaitable<std::vector<std::uint8_t>> control_in(ControlRequest request, std::size_t length,
                                                                 Duration deadline) override;
    boost::asio::awaitable<void> control_out(ControlRequest request, std::vector<std::uint8_t> data,
                                             Duration deadline) override;
    boost::asio::awaitable<void> bulk_out(std::uint8_t endpoint, std::vector<std::uint8_t> data,
                                          Duration deadline) override;
    boost::asio::awaitable<std::vector<std::uint8_t>> bulk_in(std::uint8_t endpoint, std::size_t capacity,
                                                              Duration deadline) override;
    boost::asio::awaitable<void> clear_halt(std::uint8_t endpoint, Duration deadline) override;
    boost::asio::awaitable<void> reclaim(Duration deadline) override;
    boost::asio::awaitable<void> reset(Duration deadline) override;
    boost::asio::awaitable<void> release(Duration deadline) override;
    boost::asio::awaitable<void> wait(Duration duration) override;

    std::chrono::nanoseconds now() const override;
    std::string address() const override { return id_; }
    BusSpeed speed() const override { return speed_; }
    std::size_t packet_size(std::uint8_t endpoint) const override;
    spectra::core::Link link() const override;
    bool simulated() const override;
    boost::asio::any_io_executor executor() const override { return executor_; }

private:
    struct Transfer;
    struct Handle;
    UsbTransport(boost::asio::any_io_executor executor, std::shared_ptr<Handle> handle, std::string id);
    std::shared_ptr<Transfer> make_transfer(const char* operation);
    std::shared_ptr<Transfer> make_transfer(const char* operation, std::uint8_t endpoint,
                                            std::vector<std::uint8_t> buffer);
    boost::asio::awaitable<void> run(std::shared_ptr<Transfer> transfer, Duration deadline);
    enum class TakeBack { all, of_the_interface };
    boost::asio::awaitable<void> take_back(Duration deadline, TakeBack which);

    boost::asio::any_io_executor executor_;
    std::shared_ptr<Handle> handle_;  // none after release
    std::string id_;
    BusSpeed speed_ = BusSpeed::unknown;
    std::vector<Endpoint> endpoints_;
    std::set<std::shared_ptr<Transfer>> in_flight_;
};

}  // namespace singel::instrument::usb
