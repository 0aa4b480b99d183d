#include "instrument/guarded_laser.hpp"

#include <exception>
#include <optional>
#include <utility>

#include "instrument/signal.hpp"
#include "spectra/core/result.hpp"

namespace singel::instrument {

namespace asio = boost::asio;
using spectra::core::Failure;
using spectra::core::Fault;

GuardedLaser::GuardedLaser(LaserSwitch& laser, FrameBook& book, std::chrono::milliseconds warm_up, unsigned stale)
    : switch_(laser), book_(book), warm_up_(warm_up), stale_(stale) {}

asio::awaitable<void> GuardedLaser::wait(std::chrono::milliseconds duration) {
    return switch_.link().wait(duration);
}

asio::awaitable<LaserState> GuardedLaser::read_state() {
    if (guard_) guard_->beat();
    const bool requested = state_.requested;
    state_ = LaserState{.requested = requested};  // until the answers are here nothing is known
    const LaserState answered = co_await switch_.read();
    state_ = answered;
    state_.requested = requested;
    co_return state_;
}

asio::awaitable<void> GuardedLaser::require_interlock(bool physical_interlock) {
    const LaserState state = co_await read_state();
    if (state.can_fire == Tristate::yes) co_return;
    if (state.can_fire == Tristate::no)
        throw Failure(Fault::interlock_open, "the laser's interlock is open", "laser",
                      "Close the cover, turn the key, then measure again.");
    if (!physical_interlock)
        throw Failure(Fault::interlock_open, "this instrument cannot say whether its interlock is closed", "laser",
                      "A technician must record a physical interlock for this serial number first.");
}

asio::awaitable<void> GuardedLaser::enable(double power) {
    state_.requested = true;
    note(true, power);
    co_await switch_.enable();
    const LaserState state = co_await read_state();
    if (state.enabled != Tristate::yes)
        throw Failure(Fault::protocol, "the instrument did not switch its laser on", "laser");
}

asio::awaitable<void> GuardedLaser::switch_on(const LaserLease& lease) {
    const Transport& link = switch_.link();
    // The in-process link has no other process to die: it ends with this one, and its laser is not real.
    if (link.link() != spectra::core::Link::in_process) guard_ = co_await LaserGuard::start(link.address());
    co_await switch_.prepare(lease);
    co_await require_interlock(lease.physical_interlock);
    co_await enable(lease.power);
}

asio::awaitable<void> GuardedLaser::switch_off() {
    bool cancelled = false;
    co_await put_off_cancellation(cancelled);
    if (guard_) guard_->switching_off();
    std::exception_ptr problem;
    LaserOff off;
    const bool requested = state_.requested;
    try {
        off = co_await laser_off(switch_);
    } catch (...) {
        problem = std::current_exception();
    }
    std::unique_ptr<LaserGuard> guard = std::move(guard_);
    if (problem) {
        // The guard notices that its owner let go without a word and tries by itself.
        state_ = LaserState{.requested = requested};
    } else {
        state_ = off.state;
        if (guard) co_await guard->dismiss();
    }
    if (book_.settings.laser_on || off.settings_lost) note(false, 0.0);
    book_.suspect = book_.suspect || off.settings_lost;
    co_await heed_cancellation();
    if (problem) std::rethrow_exception(problem);
    if (cancelled) throw Failure(Fault::cancelled, "cancelled while the laser was switched off", "laser");
}

void GuardedLaser::note(bool on, double power) {
    spectra::core::FrameSettings in_force = book_.settings;
    in_force.laser_on = on;
    in_force.laser_power = power;
    book_.changed(in_force, stale_);
}

}  // namespace singel::instrument
