#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <chrono>
#include <exception>

#include "spectra/core/result.hpp"

// Small things that every coroutine of this layer leans on.
namespace singel::instrument {

enum class Woken { set, deadline, cancelled };

// An event that happens once. Everything, set() too, is called from the executor; one waiter at a time.
class Signal {
public:
    using Clock = std::chrono::steady_clock;
    explicit Signal(boost::asio::any_io_executor executor) : timer_(std::move(executor)) {}

    void set();
    bool is_set() const { return set_; }
    boost::asio::awaitable<Woken> wait(Clock::time_point deadline = Clock::time_point::max());

private:
    boost::asio::steady_timer timer_;
    bool set_ = false;
};

// co_await ignore_cancellation(): from here on this line of coroutines is not cancelled, and what was asked before is
// forgotten. For cleanup only. Not a coroutine itself: awaiting one throws in a line that is already cancelled.
inline auto ignore_cancellation() {
    return boost::asio::this_coro::reset_cancellation_state(boost::asio::disable_cancellation());
}
// The same for cleanup after which work would go on: remembers in asked that somebody asked meanwhile. asked must
// live until heed_cancellation().
inline auto put_off_cancellation(bool& asked) {
    using boost::asio::cancellation_type;
    const auto remember = [into = &asked](cancellation_type type) {
        *into = *into || type != cancellation_type::none;
        return cancellation_type::none;
    };
    return boost::asio::this_coro::reset_cancellation_state(remember, boost::asio::disable_cancellation());
}
// Back to what every coroutine starts with.
inline auto heed_cancellation() {
    return boost::asio::this_coro::reset_cancellation_state();
}

// Turns Asio's own "operation aborted", which any co_await of a cancelled coroutine may throw, into a Failure.
// Called inside a catch block: rethrows what is in flight.
[[noreturn]] void rethrow_as_failure();

// What a coroutine threw, as the Error that it is. Anything that is no Failure and no cancellation is thrown on.
spectra::core::Error error_of(const std::exception_ptr& problem);

}  // namespace singel::instrument
