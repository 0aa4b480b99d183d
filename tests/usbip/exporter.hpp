#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "firmware-bridge/carriers/usbip.hpp"
#include "tests/usb/loopback_device.hpp"

namespace singel::tests::usbip {

namespace carriers = firmware_bridge::carriers;

// A server with a thread of its own, on any free port.
class Exporter {
public:
    explicit Exporter(carriers::UsbipServer::Devices devices, carriers::UsbipOptions options = {})
        : server_(std::make_unique<carriers::UsbipServer>(io_, std::move(devices), adapt(std::move(options)))),
          port_(server_->port()),
          thread_([this] { io_.run(); }) {}
    ~Exporter() {
        boost::asio::post(io_, [this] { server_->stop(); });
        thread_.join();
    }
    Exporter(const Exporter&) = delete;
    Exporter& operator=(const Exporter&) = delete;

    std::uint16_t port() const { return port_; }
    std::vector<std::string> dropped() {
        const std::scoped_lock guard(lock_);
        return dropped_;
    }

private:
    carriers::UsbipOptions adapt(carriers::UsbipOptions options) {
        options.port = 0;
        options.dropped = [this](const std::string& sentence) {
            const std::scoped_lock guard(lock_);
            dropped_.push_back(sentence);
        };
        return options;
    }

    std::mutex lock_;
    std::vector<std::string> dropped_;
    boost::asio::io_context io_{1};
    std::unique_ptr<carriers::UsbipServer> server_;
    std::uint16_t port_;
    std::thread thread_;
};

inline carriers::UsbipServer::Devices loopbacks(int count) {
    carriers::UsbipServer::Devices devices;
    for (int i = 1; i <= count; ++i)
        devices.push_back(std::make_unique<LoopbackDevice>("LOOP" + std::to_string(i), LoopbackDevice::Speed::high));
    return devices;
}

}  // namespace singel::tests::usbip
