#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "firmware-bridge/virtual/instruments.hpp"
#include "instrument/families.hpp"
#include "instrument/spectrometer.hpp"
#include "instrument/transport.hpp"

namespace singel::instrument {

enum class Access {
    usable,
    no_permission,
    busy,
    no_firmware  // a bare chip that may have been an instrument; seen by survey() alone
};

// An instrument that can be opened, or that cannot and why.
struct Found {
    std::string id;      // stable while plugged in: "usb:24aa:1000:1-7", "virtual:WP-785"
    std::string family;  // "ocean_ooi", "wasatch"
    std::string model;   // from the descriptor table; the memory may say more once it is open
    std::string serial;  // empty until it is opened
    BusSpeed speed = BusSpeed::unknown;
    Access access = Access::usable;
    spectra::core::Link link = spectra::core::Link::usb;
    bool simulated = false;
    Verified verified = Verified::documents;  // how far the driver was shown to work with this model
    std::string remedy;                       // what to do when access is not usable
};

// What the bus reports and our families know, then (if asked) the virtual models of the in-process link.
boost::asio::awaitable<std::vector<Found>> discover(bool with_virtual = true);

std::vector<Found> virtual_instruments();  // those of the in-process link alone

// Opens by id; an empty id is the one attached real (or emulated-bus) instrument. Throws not_found with what to do
// when there is none, invalid_argument when there are several.
boost::asio::awaitable<SpectrometerPtr> open(std::string id);

// The in-process link. In virtual time, waiting costs nothing; otherwise the instrument keeps wall-clock time.
struct VirtualOptions {
    std::string model;
    firmware_bridge::virtual_instrument::Scene scene;
    firmware_bridge::virtual_instrument::Faults faults;
    bool virtual_time = false;
};
boost::asio::awaitable<SpectrometerPtr> open_virtual(VirtualOptions options);

}  // namespace singel::instrument
