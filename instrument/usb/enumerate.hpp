#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "instrument/usb/usb_transport.hpp"

namespace singel::instrument::usb {

struct Attached {
    Address address;
    std::uint16_t vendor_id = 0, product_id = 0;
    BusSpeed speed = BusSpeed::unknown;
    std::string port{};  // "1-4.2", bus and ports: stays the same when the device comes back; empty when not known
};

struct Openable {
    bool yes = true;
    spectra::core::Error why;  // when not
};

// "usb:24aa:1000:1-7", and back.
std::string id_of(const Attached& device);
std::optional<Attached> parse_id(std::string_view id);

// The bus that singel-bridge makes: every device on it is a virtual one.
bool on_emulated_bus();

// Everything on the bus, ours or not. Opens nothing.
boost::asio::awaitable<std::vector<Attached>> enumerate();
// Whether it could be opened and claimed now. Sends the device nothing, takes it from no other program and from no
// kernel driver, waits for nobody.
boost::asio::awaitable<Openable> try_open(Attached device);

}  // namespace singel::instrument::usb
