#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>

#include "instrument/laser.hpp"
#include "instrument/transport.hpp"

namespace singel::instrument {

// What a family knows of its laser: single exchanges, each with a deadline of its own, nothing remembered. Whoever
// holds one (a driver's GuardedLaser, the laser guard) decides when.
class LaserSwitch {
public:
    virtual ~LaserSwitch() = default;
    virtual Transport& link() const = 0;

    // What the unit says about its laser; whether light was requested is not its business.
    virtual boost::asio::awaitable<LaserState> read() = 0;
    // Power, watchdog: all that comes before enable, read back.
    virtual boost::asio::awaitable<void> prepare(const LaserLease& lease) = 0;
    virtual boost::asio::awaitable<void> enable() = 0;
    virtual boost::asio::awaitable<void> disable() = 0;

    // The ladder of FID notes, section 9.5 (4): each rung is climbed, then comes disable. The first ones do nothing.
    virtual std::size_t rungs() const = 0;
    virtual boost::asio::awaitable<void> climb(std::size_t rung) = 0;
    virtual bool loses_settings(std::size_t rung) const = 0;  // everything has to be sent again after it
};

struct LaserOff {
    LaserState state;            // verified off
    bool settings_lost = false;  // a rung on the way lost them
};

// Rung after rung, reading back after each, until the unit says off. Throws laser_unverified when it never does, or
// is gone: then the laser counts as on.
boost::asio::awaitable<LaserOff> laser_off(LaserSwitch& laser);

}  // namespace singel::instrument
