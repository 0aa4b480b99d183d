#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "firmware-bridge/carriers/plug_schedule.hpp"
#include "firmware-bridge/virtual/device.hpp"
#include "firmware-bridge/wire/usbip/messages.hpp"
#include "spectra/core/result.hpp"

// Exports virtual instruments over USB/IP: a Linux with vhci-hcd attaches them as real USB devices. Listens on a
// loopback address and on no other: whoever is on this machine may import, nobody else can.
namespace singel::firmware_bridge::carriers {

enum class Loopback { ipv4, ipv6 };  // 127.0.0.1, ::1

struct UsbipOptions {
    Loopback loopback = Loopback::ipv4;
    std::uint16_t port = wire::usbip::usual_port;  // 0: any free one
    std::vector<PlugChange> plugs;                 // counted from the start of the server
    std::optional<std::chrono::milliseconds> replug_after;
    std::size_t most_connections = 32;
    // How long a peer may keep us waiting: for the rest of a message, or for taking what we said.
    std::chrono::milliseconds patience{10000};
    std::function<void(const std::string& sentence)> dropped;  // a peer was dropped; names it and says why
};

// The server lives on an io_context of its caller and is used from its thread alone.
class UsbipServer {
public:
    using Devices = std::vector<std::unique_ptr<virtual_instrument::UsbDevice>>;

    // Listens when it returns. Throws core::Failure: busy where the port is taken, permission_denied, input_output.
    UsbipServer(boost::asio::io_context& io, Devices devices, UsbipOptions options);
    ~UsbipServer();  // stop(), and forgets everything
    UsbipServer(const UsbipServer&) = delete;
    UsbipServer& operator=(const UsbipServer&) = delete;

    std::uint16_t port() const;
    void stop();  // closes every connection; the io_context runs out of work
    // Each device as it is now.
    void inspect(const std::function<void(std::size_t index, const virtual_instrument::UsbDevice& device)>& look);

private:
    struct State;
    std::shared_ptr<State> state_;
};

// Serves on the calling thread until SIGINT or SIGTERM. listening is told the port; afterwards sees each device when
// every connection is closed.
spectra::core::Result<void> serve_usbip(
    UsbipServer::Devices devices, const UsbipOptions& options,
    const std::function<void(std::uint16_t port)>& listening,
    const std::function<void(std::size_t index, const virtual_instrument::UsbDevice& device)>& afterwards);

}  // namespace singel::firmware_bridge::carriers
