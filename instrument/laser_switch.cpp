#include "instrument/laser_switch.hpp"

#include <utility>

#include "spectra/core/result.hpp"

namespace singel::instrument {

namespace asio = boost::asio;
using spectra::core::Error;
using spectra::core::Failure;
using spectra::core::Fault;
using namespace std::chrono_literals;

namespace {

constexpr auto between_tries = 10ms;

// A step that fails is not the end of its rung: disable is sent all the same, and one that nobody acknowledged may
// have been heard. What the unit then says about its laser is what counts.
asio::awaitable<void> attempt(asio::awaitable<void> step) {
    try {
        co_await std::move(step);
    } catch (const Failure& failure) {
        if (failure.error().fault == Fault::disconnected) throw;
    }
}

// One step; says whether the unit reports off afterwards.
asio::awaitable<bool> off_after(LaserSwitch& laser, std::size_t rung, LaserOff& result, Error& problem) {
    try {
        co_await attempt(laser.climb(rung));
        co_await attempt(laser.disable());
        result.settings_lost = result.settings_lost || laser.loses_settings(rung);
        result.state = co_await laser.read();
    } catch (const Failure& failure) {
        problem = failure.error();
        co_return false;
    }
    problem = {Fault::laser_unverified, "the instrument reports that its laser is still on", "", ""};
    co_return !result.state.may_be_on();
}

}  // namespace

asio::awaitable<LaserOff> laser_off(LaserSwitch& laser) {
    LaserOff result;
    Error problem;
    for (std::size_t rung = 0; rung < laser.rungs(); ++rung) {
        const bool off = co_await off_after(laser, rung, result, problem);
        if (off) co_return result;
        if (problem.fault == Fault::disconnected) break;
        co_await laser.link().wait(between_tries);
    }
    throw Failure(Fault::laser_unverified, "the laser could not be shown to be off: " + problem.what,
                  laser.link().address(), "Treat it as ON: turn its key or cut its power now.");
}

}  // namespace singel::instrument
