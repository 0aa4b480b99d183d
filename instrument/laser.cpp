#include "instrument/laser.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>
#include <exception>
#include <memory>

#include "instrument/signal.hpp"
#include "spectra/core/result.hpp"

namespace singel::instrument {

namespace asio = boost::asio;
using spectra::core::Error;
using spectra::core::Failure;
using spectra::core::Fault;
using namespace std::chrono_literals;

namespace {

constexpr auto watch_interval = 200ms;  // 5 Hz, Wasatch FID notes 9.5 (6)

// An instrument's own clock may run behind ours.
constexpr auto light_comes_late = 1000ms;

using Body = std::function<asio::awaitable<void>()>;

// Three lines of coroutines run while the laser is on: the body, the end of the lease, the watch. Whichever ends
// first ends the emission.
struct Emission {
    explicit Emission(asio::any_io_executor executor) : first(executor), last(executor) {}
    static constexpr int lines = 3;
    asio::cancellation_signal stop[lines];
    Signal first, last;
    int running = lines;
    std::exception_ptr problem;  // of the one that ended it; none when the body simply returned

    void stop_all() {
        for (auto& signal : stop) signal.emit(asio::cancellation_type::terminal);
    }
};

asio::awaitable<void> line(std::shared_ptr<Emission> emission, asio::awaitable<void> work) {
    std::exception_ptr problem;
    try {
        co_await std::move(work);
    } catch (...) {
        problem = std::current_exception();
    }
    if (!emission->first.is_set()) emission->problem = problem;
    emission->first.set();
    if (--emission->running == 0) emission->last.set();
}

asio::awaitable<void> run_out(Laser& laser, LaserLease lease) {
    co_await laser.wait(lease.duration);
    throw Failure(Fault::timed_out, "the laser's time ran out", "laser", "Measure again with a longer lease.");
}

asio::awaitable<void> watch(Laser& laser, LaserLease lease) {
    auto watched = 0ms;
    for (;;) {
        co_await laser.wait(watch_interval);
        watched += watch_interval;
        const LaserState state = co_await laser.read_state();
        if (state.can_fire == Tristate::no || (state.can_fire == Tristate::unknown && !lease.physical_interlock))
            throw Failure(Fault::interlock_open, "the laser's interlock opened", "laser",
                          "Close the cover and measure again.");
        if (!state.requested) throw Failure(Fault::cancelled, "the laser was switched off", "laser");
        const bool should_fire = watched > laser.warm_up() + light_comes_late;
        if (state.enabled == Tristate::no || (should_fire && state.firing == Tristate::no))
            throw Failure(Fault::protocol, "the laser went off by itself", "laser", "Measure again.");
    }
}

asio::awaitable<void> warm_up_and_run(Laser& laser, const Body& body) {
    co_await laser.wait(laser.warm_up());
    co_await body();
}

template <std::size_t Number>
void start(const std::shared_ptr<Emission>& emission, asio::any_io_executor executor, asio::awaitable<void> work) {
    static_assert(Number < Emission::lines);
    asio::co_spawn(executor, line(emission, std::move(work)),
                   asio::bind_cancellation_slot(emission->stop[Number].slot(), asio::detached));
}

void require_sensible(const Laser& laser, const LaserLease& lease) {
    if (!(lease.power > 0.0 && lease.power <= 1.0))
        throw Failure(Fault::invalid_argument, "laser power goes from just above 0 to 1");
    if (lease.duration <= laser.warm_up() || lease.duration > laser_lease_cap)
        throw Failure(Fault::invalid_argument, "the laser may be on for " + std::to_string(laser.warm_up().count()) +
                                                   " ms (warm-up) to " + std::to_string(laser_lease_cap.count()) +
                                                   " s");
}

asio::awaitable<std::exception_ptr> switch_on(Laser& laser, const LaserLease& lease) {
    try {
        co_await laser.switch_on(lease);
    } catch (...) {
        co_return std::current_exception();
    }
    co_return nullptr;
}

asio::awaitable<std::exception_ptr> switch_off(Laser& laser) {
    try {
        co_await laser.switch_off();
    } catch (...) {
        co_return std::current_exception();
    }
    co_return nullptr;
}

[[noreturn]] void rethrow(const std::exception_ptr& problem) {
    try {
        std::rethrow_exception(problem);
    } catch (...) {
        rethrow_as_failure();
    }
}

}  // namespace

asio::awaitable<void> with_laser(Laser& laser, LaserLease lease, Body body) {
    require_sensible(laser, lease);
    const auto executor = co_await asio::this_coro::executor;
    const auto emission = std::make_shared<Emission>(executor);
    std::exception_ptr problem = co_await switch_on(laser, lease);
    Woken woken = Woken::set;
    if (!problem) {
        start<0>(emission, executor, warm_up_and_run(laser, body));
        start<1>(emission, executor, run_out(laser, lease));
        start<2>(emission, executor, watch(laser, lease));
        woken = co_await emission->first.wait();
    }
    const bool started = !problem;
    const bool asked_for_light = laser.last_known().requested;
    co_await ignore_cancellation();
    // Off before anything else, even before the body knows: its frames may take a while to give up.
    emission->stop_all();
    const std::exception_ptr off_problem = co_await switch_off(laser);
    co_await ignore_cancellation();
    if (started) co_await emission->last.wait();
    co_await heed_cancellation();

    if (off_problem && asked_for_light) rethrow(off_problem);
    if (problem) rethrow(problem);
    if (off_problem) rethrow(off_problem);
    if (woken == Woken::cancelled) throw Failure(Fault::cancelled, "cancelled", "laser");
    if (emission->problem) rethrow(emission->problem);
}

}  // namespace singel::instrument
