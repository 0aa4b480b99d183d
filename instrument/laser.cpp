#include "instrument/laser.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>
#include <ctime>
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

constexpr auto hold_interval = 100ms;

// Shorter than this is not sleep: two clocks are read one after the other, and a busy machine may pause in between.
constexpr auto shortest_sleep = 1000ms;

// An instrument's own clock may run behind ours.
constexpr auto light_comes_late = 1000ms;

using Body = std::function<asio::awaitable<void>()>;

// Four lines of coroutines run while the laser is on: the body, the end of the lease, the watch, the hold. Whichever
// ends first ends the emission.
struct Emission {
    Emission(asio::any_io_executor executor, LaserWitness to)
        : first(executor), last(executor), witness(std::move(to)) {}
    static constexpr int lines = 4;
    asio::cancellation_signal stop[lines];
    Signal first, last;
    int running = lines;
    std::exception_ptr problem;  // of the one that ended it; none when the body simply returned
    LaserWitness witness;
    std::optional<LaserState> told;

    void tell(const LaserState& state) {
        if (!witness || told == state) return;
        told = state;
        witness(state);
    }
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

asio::awaitable<void> watch(std::shared_ptr<Emission> emission, Laser& laser, LaserLease lease) {
    auto watched = 0ms;
    const auto slept_before = laser.slept();
    for (;;) {
        co_await laser.wait(watch_interval);
        watched += watch_interval;
        if (laser.slept() - slept_before >= shortest_sleep)
            throw Failure(Fault::cancelled, "the computer slept while the laser was on", "laser", "Measure again.");
        const LaserState state = co_await laser.read_state();
        emission->tell(state);
        if (state.can_fire == Tristate::no || (state.can_fire == Tristate::unknown && !lease.physical_interlock))
            throw Failure(Fault::interlock_open, "the laser's interlock opened", "laser",
                          "Close the cover and measure again.");
        if (!state.requested) throw Failure(Fault::cancelled, "the laser was switched off", "laser");
        const bool should_fire = watched > laser.warm_up() + light_comes_late;
        if (state.enabled == Tristate::no || (should_fire && state.firing == Tristate::no))
            throw Failure(Fault::protocol, "the laser went off by itself", "laser", "Measure again.");
    }
}

// An open beam: beyond the first seconds of light somebody must hold the key, and be seen to.
asio::awaitable<void> require_hold(Laser& laser, LaserLease lease) {
    auto lit = 0ms, silent = 0ms;
    std::uint64_t renewals = lease.hold ? lease.hold->renewals() : 0;
    for (;;) {
        co_await laser.wait(hold_interval);
        const LaserState state = laser.last_known();
        if (state.enabled != Tristate::no && state.firing != Tristate::no) lit += hold_interval;
        silent += hold_interval;
        if (lease.hold && lease.hold->renewals() != renewals) {
            renewals = lease.hold->renewals();
            silent = 0ms;
        }
        if (lit < open_beam_unheld || (lease.hold && silent < hold_lasts)) continue;
        if (lease.hold) throw Failure(Fault::cancelled, "the key that holds the laser on was let go", "laser");
        throw Failure(Fault::interlock_open, "the beam is open and nobody holds the key: the laser stops after 5 s",
                      "laser", "Hold the key, or let a technician record a closed compartment for this instrument.");
    }
}

asio::awaitable<void> guard_the_beam(Laser& laser, LaserLease lease) {
    if (lease.beam == Beam::open) return require_hold(laser, std::move(lease));
    return laser.wait(laser_lease_cap + light_comes_late);  // ended by the others
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

// CLOCK_MONOTONIC stands still while the machine sleeps, CLOCK_BOOTTIME does not.
std::chrono::nanoseconds Laser::slept() const {
    const auto read = [](clockid_t clock) {
        timespec now{};
        clock_gettime(clock, &now);
        return std::chrono::nanoseconds(std::chrono::seconds(now.tv_sec)) + std::chrono::nanoseconds(now.tv_nsec);
    };
    return read(CLOCK_BOOTTIME) - read(CLOCK_MONOTONIC);
}

asio::awaitable<void> with_laser(Laser& laser, LaserLease lease, Body body) {
    require_sensible(laser, lease);
    const auto executor = co_await asio::this_coro::executor;
    const auto emission = std::make_shared<Emission>(executor, lease.witness);
    std::exception_ptr problem = co_await switch_on(laser, lease);
    emission->tell(laser.last_known());
    Woken woken = Woken::set;
    if (!problem) {
        start<0>(emission, executor, warm_up_and_run(laser, body));
        start<1>(emission, executor, run_out(laser, lease));
        start<2>(emission, executor, watch(emission, laser, lease));
        start<3>(emission, executor, guard_the_beam(laser, lease));
        woken = co_await emission->first.wait();
    }
    const bool started = !problem;
    const bool asked_for_light = laser.last_known().requested;
    co_await ignore_cancellation();
    // Off before anything else, even before the body knows: its frames may take a while to give up.
    emission->stop_all();
    const std::exception_ptr off_problem = co_await switch_off(laser);
    emission->tell(laser.last_known());
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
