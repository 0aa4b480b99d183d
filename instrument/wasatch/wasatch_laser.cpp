#include "instrument/wasatch/wasatch_laser.hpp"

#include <cmath>
#include <exception>

#include "instrument/decoded.hpp"
#include "instrument/signal.hpp"

namespace singel::instrument::wasatch {

namespace asio = boost::asio;
namespace operation = fid::operation;
using core::Failure;
using core::Fault;
using namespace std::chrono_literals;

namespace {

// Section 9.1: the power calibration holds for this period only; 0.1 % steps.
constexpr std::uint64_t modulation_period_us = 1000;
// While the laser is on an answer must come before the next look at the interlock.
constexpr auto exchange_deadline = 300ms;

std::uint64_t width_us(double fraction) {
    const auto width = std::llround(fraction * static_cast<double>(modulation_period_us));
    return static_cast<std::uint64_t>(std::max(1LL, width));
}

}  // namespace

WasatchLaser::WasatchLaser(Unit unit, LaserSenses senses, FrameBook& book, std::chrono::milliseconds warm_up,
                           unsigned stale)
    : unit_(std::move(unit)), senses_(senses), book_(book), warm_up_(warm_up), stale_(stale) {
    unit_.deadline = exchange_deadline;
}

asio::awaitable<void> WasatchLaser::wait(std::chrono::milliseconds duration) {
    return unit_.link->wait(duration);
}

asio::awaitable<LaserState> WasatchLaser::read_state() {
    if (guard_) guard_->beat();
    const bool requested = state_.requested;
    state_ = LaserState{.requested = requested};  // until the answers are here nothing is known
    const LaserState answered = co_await read_laser_state(unit_, senses_);
    state_ = answered;
    state_.requested = requested;
    co_return state_;
}

// All of it before enable: an ARM board wants its power first.
asio::awaitable<void> WasatchLaser::set_power(double fraction) {
    const bool modulated = fraction < 1.0;
    co_await set(unit_, operation::modulation_period, modulation_period_us);
    co_await set(unit_, operation::modulation_width, width_us(fraction));
    co_await set(unit_, operation::modulation_enable, modulated ? 1 : 0);
    const std::uint64_t period = co_await get_number(unit_, operation::modulation_period);
    const std::uint64_t width = co_await get_number(unit_, operation::modulation_width);
    const std::uint64_t enabled = co_await get_number(unit_, operation::modulation_enable);
    if (period != modulation_period_us || width != width_us(fraction) || (enabled != 0) != modulated)
        throw Failure(Fault::protocol, "the laser power was not taken over", "laser");
}

// Section 9.4: two byte orders are in the world. A reading that fits neither is no watchdog at all.
asio::awaitable<void> WasatchLaser::set_watchdog(std::chrono::milliseconds lease) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(lease) + 1s;
    co_await set(unit_, operation::laser_watchdog, static_cast<std::uint64_t>(seconds.count()));
    const auto reply = co_await get(unit_, operation::laser_watchdog);
    const auto read = require(fid::watchdog_readings(reply), "read the laser watchdog");
    if (read.little != seconds && read.big != seconds)
        throw Failure(Fault::protocol,
                      "the laser watchdog is " + std::to_string(read.little.count()) + " s instead of " +
                          std::to_string(seconds.count()) + " s",
                      "laser");
}

asio::awaitable<void> WasatchLaser::require_interlock(bool physical_interlock) {
    const LaserState state = co_await read_state();
    if (state.can_fire == Tristate::yes) co_return;
    if (state.can_fire == Tristate::no)
        throw Failure(Fault::interlock_open, "the laser's interlock is open", "laser",
                      "Close the cover, turn the key, then measure again.");
    if (!physical_interlock)
        throw Failure(Fault::interlock_open, "this instrument cannot say whether its interlock is closed", "laser",
                      "A technician must record a physical interlock for this serial number first.");
}

asio::awaitable<void> WasatchLaser::enable(double power) {
    state_.requested = true;
    note(true, power);
    co_await set(unit_, operation::laser_enable, 1);
    const LaserState state = co_await read_state();
    if (state.enabled != Tristate::yes)
        throw Failure(Fault::protocol, "the instrument did not switch its laser on", "laser");
}

asio::awaitable<void> WasatchLaser::switch_on(const LaserLease& lease) {
    // The in-process link has no other process to die: it ends with this one, and its laser is not real.
    if (unit_.link->link() != core::Link::in_process) guard_ = co_await LaserGuard::start(unit_.link->address());
    co_await set_power(lease.power);
    co_await set_watchdog(lease.duration);
    co_await require_interlock(lease.physical_interlock);
    co_await enable(lease.power);
}

asio::awaitable<void> WasatchLaser::switch_off() {
    co_await ignore_cancellation();
    std::exception_ptr problem;
    LaserOff off;
    const bool requested = state_.requested;
    try {
        off = co_await laser_off(unit_, senses_);
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
}

void WasatchLaser::note(bool on, double power) {
    core::FrameSettings in_force = book_.settings;
    in_force.laser_on = on;
    in_force.laser_power = power;
    book_.changed(in_force, stale_);
}

}  // namespace singel::instrument::wasatch
