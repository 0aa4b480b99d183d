#include "instrument/laser_switch.hpp"

#include "spectra/core/result.hpp"

namespace singel::instrument {

namespace asio = boost::asio;
using spectra::core::Error;
using spectra::core::Failure;
using spectra::core::Fault;
using namespace std::chrono_literals;

namespace {

constexpr auto between_tries = 10ms;

// A rung that fails is not the end of its step: disable is sent all the same.
asio::awaitable<void> try_rung(LaserSwitch& laser, std::size_t rung) {
    try {
        co_await laser.climb(rung);
    } catch (const Failure& failure) {
        if (failure.error().fault == Fault::disconnected) throw;
    }
}

// One step; says whether the unit reports off afterwards.
asio::awaitable<bool> off_after(LaserSwitch& laser, std::size_t rung, LaserOff& result, Error& problem) {
    try {
        co_await try_rung(laser, rung);
        result.settings_lost = result.settings_lost || laser.loses_settings(rung);
        co_await laser.disable();
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
