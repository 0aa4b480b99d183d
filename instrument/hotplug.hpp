#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "instrument/bus.hpp"

namespace singel::instrument {

struct PlugEvent {
    enum class What { arrived, left };
    What what = What::arrived;
    Plugged instrument;
    friend bool operator==(const PlugEvent&, const PlugEvent&) = default;
};

// What comes and goes, once the bus has been at rest for 300 ms (udev sets the permissions, firmware shows itself
// anew), or after two seconds when it does not come to rest. What is there at the beginning has arrived.
class PlugWatch {
public:
    explicit PlugWatch(BusPtr bus) : bus_(std::move(bus)) {}

    // The next events, at least one, those that left first. Cancellable.
    boost::asio::awaitable<std::vector<PlugEvent>> next();

private:
    boost::asio::awaitable<void> settle();
    boost::asio::awaitable<void> something_else();

    BusPtr bus_;
    std::vector<Plugged> there_;
    bool started_ = false;
};

}  // namespace singel::instrument
