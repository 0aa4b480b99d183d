#include "firmware-bridge/carriers/usbip_connection.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>
#include <utility>

namespace singel::firmware_bridge::carriers {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr std::size_t much_unwritten = 1 << 20;  // a peer that takes nothing is not listened to either

std::string name_of(const tcp::socket& socket) {
    error_code error;
    const tcp::endpoint end = socket.remote_endpoint(error);
    return error ? std::string("an unknown peer") : fmt::format("{}:{}", end.address().to_string(), end.port());
}

}  // namespace

UsbipConnection::UsbipConnection(tcp::socket socket, Surroundings surroundings)
    : socket_(std::move(socket)),
      name_(name_of(socket_)),
      around_(std::move(surroundings)),
      peer_(around_.shelf, [this](wire::Bytes bytes) { say(std::move(bytes)); }),
      rest_of_message_(socket_.get_executor()),
      taking_(socket_.get_executor()) {}

void UsbipConnection::start() {
    error_code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    expect(rest_of_message_, awaiting_message_ = true, "did not finish its message");
    read();
}

void UsbipConnection::close() {
    if (!open()) return;
    peer_.leave(around_.now());
    rest_of_message_.cancel();
    taking_.cancel();
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_both, ignored);
    socket_.close(ignored);
}

void UsbipConnection::drop(const std::string& why) {
    if (!open()) return;
    around_.dropped(name_, why);
    close();
}

void UsbipConnection::close_if_device_gone() {
    if (peer_.device_gone()) close();
}

// Waiting begins when it was not waiting before; a peer that sends a byte now and then gains no time.
void UsbipConnection::expect(asio::steady_timer& timer, bool waiting, const char* complaint) {
    if (!waiting) {
        timer.cancel();
        return;
    }
    timer.expires_after(around_.patience);
    timer.async_wait([self = shared_from_this(), &timer, complaint](error_code error) {
        if (error) return;
        // While nobody listens to it a peer cannot finish its message.
        if (&timer == &self->rest_of_message_ && !self->reading_) return self->expect(timer, true, complaint);
        self->drop(complaint);
    });
}

void UsbipConnection::read() {
    if (reading_ || hanging_up_ || !open() || unwritten_bytes_ > much_unwritten) return;
    reading_ = true;
    socket_.async_read_some(asio::buffer(buffer_), [self = shared_from_this()](error_code error, std::size_t count) {
        self->reading_ = false;
        if (error) return self->close();
        self->heard(count);
    });
}

void UsbipConnection::heard(std::size_t count) {
    const auto wish = peer_.hear({buffer_.data(), count}, around_.now());
    around_.settle();
    if (!wish) return drop(wish.error().what);
    if (!open()) return;
    hanging_up_ = *wish == UsbipPeer::Wish::hang_up;
    const bool owed = !hanging_up_ && peer_.owes_bytes();
    if (owed != std::exchange(awaiting_message_, owed)) {
        expect(rest_of_message_, owed, "did not finish its message");
    }
    if (hanging_up_ && unwritten_.empty()) return close();
    read();
}

void UsbipConnection::say(wire::Bytes bytes) {
    unwritten_bytes_ += bytes.size();
    unwritten_.push_back(std::move(bytes));
    write();
}

void UsbipConnection::write() {
    if (writing_ || unwritten_.empty() || !open()) return;
    writing_ = true;
    expect(taking_, true, "does not take its answers");
    asio::async_write(socket_, asio::buffer(unwritten_.front()),
                      [self = shared_from_this()](error_code error, std::size_t count) {
                          self->writing_ = false;
                          self->expect(self->taking_, false, "");
                          if (error) return self->close();
                          self->unwritten_bytes_ -= count;
                          self->unwritten_.pop_front();
                          if (self->hanging_up_ && self->unwritten_.empty()) return self->close();
                          self->write();
                          self->read();
                      });
}

}  // namespace singel::firmware_bridge::carriers
