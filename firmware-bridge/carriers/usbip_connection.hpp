#pragma once

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "firmware-bridge/carriers/usbip_peer.hpp"

namespace singel::firmware_bridge::carriers {

// The socket of one peer. Reads, lets the peer hear it, and writes what the peer says; stops reading while much is
// unwritten. Ends when the peer hangs up, is dropped, or keeps us waiting for longer than patience.
class UsbipConnection final : public std::enable_shared_from_this<UsbipConnection> {
public:
    using Clock = virtual_instrument::Clock;

    struct Surroundings {
        UsbipShelf& shelf;
        std::function<Clock()> now;
        std::function<void()> settle;  // after anything that may have moved a device
        std::function<void(const std::string& peer, const std::string& why)> dropped;
        std::chrono::milliseconds patience;
    };

    UsbipConnection(boost::asio::ip::tcp::socket socket, Surroundings surroundings);

    void start();
    void close();  // now; cancels its transfers and gives the device back
    bool open() const { return socket_.is_open(); }
    void close_if_device_gone();

private:
    void read();
    void heard(std::size_t count);
    void say(wire::Bytes bytes);
    void write();
    void drop(const std::string& why);
    void expect(boost::asio::steady_timer& timer, bool waiting, const char* complaint);

    boost::asio::ip::tcp::socket socket_;
    std::string name_;
    Surroundings around_;
    UsbipPeer peer_;
    boost::asio::steady_timer rest_of_message_, taking_;
    bool awaiting_message_ = false;
    std::array<std::uint8_t, 64 * 1024> buffer_{};
    std::deque<wire::Bytes> unwritten_;
    std::size_t unwritten_bytes_ = 0;
    bool reading_ = false, writing_ = false, hanging_up_ = false;
};

}  // namespace singel::firmware_bridge::carriers
