#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>
#include <optional>

namespace singel::instrument {

enum class Tristate { no, yes, unknown };

// Four different truths, never merged (Wasatch FID notes, section 9.2).
struct LaserState {
    bool requested = false;                 // we asked for light
    Tristate enabled = Tristate::unknown;   // the device's register
    Tristate can_fire = Tristate::unknown;  // interlock loop closed; unknown counts as open
    Tristate firing = Tristate::unknown;    // current flows now

    // Anything but a verified "off" counts as ON.
    bool may_be_on() const { return requested || enabled != Tristate::no || firing == Tristate::yes; }
};

// The right to have the laser on for a while. Hard cap 60 s.
struct LaserLease {
    std::chrono::milliseconds duration{10000};
    double power = 1.0;               // fraction of full power, (0, 1]
    bool physical_interlock = false;  // a technician recorded one for this serial: unknown may count as closed
};

inline constexpr std::chrono::seconds laser_lease_cap{60};

// Implemented by drivers; used through with_laser, never directly.
class Laser {
public:
    virtual ~Laser() = default;
    virtual boost::asio::awaitable<LaserState> read_state() = 0;
    virtual boost::asio::awaitable<void> switch_on(const LaserLease& lease) = 0;
    // Has its own path to the device, never queues behind an acquisition, is not cancellable, and climbs the
    // ladder of section 9.5 (4) until the device reports off. Throws Fault::laser_unverified if it never does.
    virtual boost::asio::awaitable<void> switch_off() = 0;
    virtual std::chrono::milliseconds warm_up() const = 0;
    virtual LaserState last_known() const = 0;  // no I/O
    // Waits in the time of the link (see Transport::wait); cancellable.
    virtual boost::asio::awaitable<void> wait(std::chrono::milliseconds duration) = 0;
};

// Runs body with the laser on; switches it off with its own deadline on every way out (return, exception,
// cancellation, lease run out) and reads back. A lease that runs out cancels body and throws Fault::timed_out.
boost::asio::awaitable<void> with_laser(Laser& laser, LaserLease lease,
                                        std::function<boost::asio::awaitable<void>()> body);

}  // namespace singel::instrument
