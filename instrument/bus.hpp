#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "instrument/spectrometer.hpp"
#include "instrument/usb/changes.hpp"

namespace singel::instrument {

// An instrument of ours on a bus. Nothing of it was opened: two units of one model look the same.
struct Plugged {
    std::string id;  // as in discovery: another one after each plug
    std::string family, model;
    friend bool operator==(const Plugged&, const Plugged&) = default;
};

// What watching and coming back ask of a bus. One user a bus object, from its executor; operations throw
// core::Failure and honour cancellation. Tests bring their own bus, in their own time.
class Bus {
public:
    using Duration = std::chrono::milliseconds;
    virtual ~Bus() = default;
    virtual boost::asio::awaitable<std::vector<Plugged>> list() = 0;
    virtual boost::asio::awaitable<SpectrometerPtr> open(std::string id) = 0;
    // True: something may have come or gone since the last call. False: so much time passed without.
    virtual boost::asio::awaitable<bool> change(Duration at_most) = 0;
    virtual std::chrono::nanoseconds now() const = 0;
};
using BusPtr = std::shared_ptr<Bus>;

BusPtr usb_bus(boost::asio::any_io_executor executor, usb::Noticing noticing = usb::Noticing::events);

}  // namespace singel::instrument
