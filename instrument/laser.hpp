#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
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
    friend bool operator==(const LaserState&, const LaserState&) = default;
};

// Where the light goes: into the open, or into a closed compartment whose interlock works.
enum class Beam { open, closed };

// A key that a person keeps pressed while light goes into the open. May be renewed from any thread.
class Hold {
public:
    void renew() { ++renewals_; }
    std::uint64_t renewals() const { return renewals_; }

private:
    std::atomic<std::uint64_t> renewals_{0};
};
using HoldPtr = std::shared_ptr<Hold>;

// Told of every transition while a lease lives, the last one (off, or not shown to be off) included. Called from the
// executor; must not throw.
using LaserWitness = std::function<void(const LaserState&)>;

// The right to have the laser on for a while. Hard cap 60 s.
struct LaserLease {
    std::chrono::milliseconds duration{10000};
    double power = 1.0;               // fraction of full power, (0, 1]
    bool physical_interlock = false;  // a technician recorded one for this serial: unknown may count as closed
    Beam beam = Beam::open;
    HoldPtr hold = nullptr;  // of an open beam; none: light ends after open_beam_unheld
    LaserWitness witness = nullptr;
};

inline constexpr std::chrono::seconds laser_lease_cap{60};

// Wasatch FID notes, section 9.5 (8): longer light in an open beam needs a hold, and each renewal is good for so
// long.
inline constexpr std::chrono::milliseconds open_beam_unheld{5000};
inline constexpr std::chrono::milliseconds hold_lasts{500};

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
    // How long this machine has slept in all. Leases are counted in time awake: one that slept is over.
    virtual std::chrono::nanoseconds slept() const;
};

// Runs body with the laser on; switches it off with its own deadline on every way out (return, exception,
// cancellation, lease run out, hold let go, interlock opened, machine asleep) and reads back. A lease that runs out
// cancels body and throws Fault::timed_out; a hold that is let go, Fault::cancelled.
boost::asio::awaitable<void> with_laser(Laser& laser, LaserLease lease,
                                        std::function<boost::asio::awaitable<void>()> body);

}  // namespace singel::instrument
