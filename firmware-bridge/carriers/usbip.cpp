#include "firmware-bridge/carriers/usbip.hpp"

#include <algorithm>
#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/address_v6.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <fmt/format.h>
#include <list>
#include <utility>

#include "firmware-bridge/carriers/usbip_connection.hpp"

namespace singel::firmware_bridge::carriers {

namespace asio = boost::asio;
namespace core = spectra::core;
using asio::ip::tcp;
using boost::system::error_code;
using virtual_instrument::Clock;
using Steady = std::chrono::steady_clock;

namespace {

tcp::endpoint listening_end(const UsbipOptions& options) {
    if (options.loopback == Loopback::ipv6) return {asio::ip::address_v6::loopback(), options.port};
    return {asio::ip::address_v4::loopback(), options.port};
}

core::Fault fault_of(error_code error) {
    if (error == asio::error::address_in_use) return core::Fault::busy;
    return error == asio::error::access_denied ? core::Fault::permission_denied : core::Fault::input_output;
}

void require(error_code error, const tcp::endpoint& end) {
    if (!error) return;
    throw core::Failure(fault_of(error), "cannot listen for USB/IP: " + error.message(),
                        fmt::format("{} port {}", end.address().to_string(), end.port()),
                        "name another port with --port, or 0 for any free one");
}

}  // namespace

struct UsbipServer::State : std::enable_shared_from_this<State> {
    State(asio::io_context& io, Devices devices, UsbipOptions wishes)
        : options(std::move(wishes)),
          shelf(std::move(devices), {options.plugs, options.replug_after}),
          acceptor(io),
          timer(io) {}

    void listen();
    void accept();
    void admit(tcp::socket socket);
    void settle();
    void stop();
    Clock now() const { return Steady::now() - begin; }
    void complain(const std::string& peer, const std::string& why) const {
        if (options.dropped) options.dropped(fmt::format("dropped {}: {}", peer, why));
    }

    UsbipOptions options;
    Steady::time_point begin = Steady::now();
    UsbipShelf shelf;
    tcp::acceptor acceptor;
    asio::steady_timer timer;
    std::list<std::shared_ptr<UsbipConnection>> connections;
    bool stopped = false;
};

void UsbipServer::State::listen() {
    const tcp::endpoint end = listening_end(options);
    error_code error;
    acceptor.open(end.protocol(), error);
    require(error, end);
    acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    acceptor.bind(end, error);
    require(error, end);
    acceptor.listen(asio::socket_base::max_listen_connections, error);
    require(error, end);
    settle();
    accept();
}

void UsbipServer::State::accept() {
    acceptor.async_accept([self = shared_from_this()](error_code error, tcp::socket socket) {
        if (self->stopped) return;
        if (!error) self->admit(std::move(socket));
        self->accept();
    });
}

void UsbipServer::State::admit(tcp::socket socket) {
    connections.remove_if([](const auto& connection) { return !connection->open(); });
    if (connections.size() >= options.most_connections) {
        return complain("a new peer", fmt::format("{} are connected already", connections.size()));
    }
    const std::weak_ptr<State> weak = weak_from_this();
    connections.push_back(std::make_shared<UsbipConnection>(
        std::move(socket),
        UsbipConnection::Surroundings{shelf, [this] { return now(); },
                                      [weak] {
                                          if (const auto self = weak.lock()) self->settle();
                                      },
                                      [this](const auto& peer, const auto& why) { complain(peer, why); },
                                      options.patience}));
    connections.back()->start();
}

void UsbipServer::State::settle() {
    if (stopped) return;
    shelf.advance(now());
    for (const auto& connection : connections) connection->close_if_device_gone();
    const auto next = shelf.next_event();
    if (!next) return;
    timer.expires_at(begin + std::chrono::ceil<Steady::duration>(*next));
    timer.async_wait([weak = weak_from_this()](error_code error) {
        const auto self = weak.lock();
        if (self && !error) self->settle();
    });
}

void UsbipServer::State::stop() {
    if (std::exchange(stopped, true)) return;
    error_code ignored;
    acceptor.close(ignored);
    timer.cancel();
    for (const auto& connection : connections) connection->close();
}

UsbipServer::UsbipServer(asio::io_context& io, Devices devices, UsbipOptions options)
    : state_(std::make_shared<State>(io, std::move(devices), std::move(options))) {
    state_->listen();
}

UsbipServer::~UsbipServer() {
    state_->stop();
}

std::uint16_t UsbipServer::port() const {
    return state_->acceptor.local_endpoint().port();
}

void UsbipServer::stop() {
    state_->stop();
}

void UsbipServer::inspect(const std::function<void(std::size_t, const virtual_instrument::UsbDevice&)>& look) {
    state_->shelf.advance(state_->now());
    state_->shelf.inspect(look);
}

core::Result<void> serve_usbip(
    UsbipServer::Devices devices, const UsbipOptions& options, const std::function<void(std::uint16_t)>& listening,
    const std::function<void(std::size_t, const virtual_instrument::UsbDevice&)>& afterwards) {
    try {
        asio::io_context io(1);
        UsbipServer server(io, std::move(devices), options);
        asio::signal_set signals(io, SIGINT, SIGTERM);
        signals.async_wait([&server](error_code error, int) {
            if (!error) server.stop();
        });
        listening(server.port());
        io.run();
        server.inspect(afterwards);
        return {};
    } catch (const core::Failure& failure) {
        return tl::unexpected(failure.error());
    }
}

}  // namespace singel::firmware_bridge::carriers
