#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <memory>
#include <string>

#include "firmware-bridge/virtual/device.hpp"
#include "instrument/signal.hpp"
#include "instrument/transport.hpp"

namespace singel::instrument {

enum class LinkTime {
    wall,      // the instrument keeps wall-clock time
    simulated  // whenever everybody waits, time jumps to the next thing that happens
};

// The in-process link: a Transport straight to a virtual instrument, no libusb in between. Transfers themselves
// take no time. start: where the clock begins, for a device that has lived behind another link before. All calls from
// the executor. The instrument is shared so that a test can look at it afterwards.
class VirtualLink final : public Transport, public std::enable_shared_from_this<VirtualLink> {
public:
    static std::shared_ptr<VirtualLink> make(boost::asio::any_io_executor executor,
                                             std::shared_ptr<firmware_bridge::virtual_instrument::UsbDevice> device,
                                             LinkTime time, std::string address, std::chrono::nanoseconds start = {});
    ~VirtualLink() override;

    boost::asio::awaitable<std::vector<std::uint8_t>> control_in(ControlRequest request, std::size_t length,
                                                                 Duration deadline) override;
    boost::asio::awaitable<void> control_out(ControlRequest request, std::vector<std::uint8_t> data,
                                             Duration deadline) override;
    boost::asio::awaitable<void> bulk_out(std::uint8_t endpoint, std::vector<std::uint8_t> data,
                                          Duration deadline) override;
    boost::asio::awaitable<std::vector<std::uint8_t>> bulk_in(std::uint8_t endpoint, std::size_t capacity,
                                                              Duration deadline) override;
    boost::asio::awaitable<void> clear_halt(std::uint8_t endpoint, Duration deadline) override;
    boost::asio::awaitable<void> reset(Duration deadline) override;
    boost::asio::awaitable<void> release(Duration deadline) override;
    boost::asio::awaitable<void> wait(Duration duration) override;

    std::chrono::nanoseconds now() const override;
    std::string address() const override { return address_; }
    BusSpeed speed() const override;
    std::size_t packet_size(std::uint8_t endpoint) const override;
    spectra::core::Link link() const override { return spectra::core::Link::in_process; }
    bool simulated() const override { return true; }
    boost::asio::any_io_executor executor() const override { return executor_; }

private:
    struct Pending;
    using Device = firmware_bridge::virtual_instrument::UsbDevice;
    using Completion = firmware_bridge::virtual_instrument::Completion;

    VirtualLink(boost::asio::any_io_executor executor, std::shared_ptr<Device> device, LinkTime time,
                std::string address, std::chrono::nanoseconds start);
    std::shared_ptr<Pending> begin(Duration deadline);
    boost::asio::awaitable<Completion> finish(std::shared_ptr<Pending> pending, const char* operation);
    void require_open(const char* operation) const;
    void schedule();
    void hop(int left);
    void step();
    std::chrono::nanoseconds next_moment() const;

    boost::asio::any_io_executor executor_;
    std::shared_ptr<Device> device_;
    LinkTime time_;
    std::string address_;
    std::chrono::nanoseconds simulated_now_;
    std::chrono::steady_clock::time_point start_;  // wall clock at link time 0
    boost::asio::steady_timer timer_;
    std::map<std::uint64_t, std::shared_ptr<Pending>> pending_;
    std::uint64_t next_id_ = 1;
    bool hopping_ = false;
    bool released_ = false;
};

}  // namespace singel::instrument
