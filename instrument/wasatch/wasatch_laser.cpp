#include "instrument/wasatch/wasatch_laser.hpp"

#include <array>
#include <cmath>
#include <fmt/format.h>

#include "instrument/decoded.hpp"
#include "spectra/core/result.hpp"

namespace singel::instrument::wasatch {

namespace asio = boost::asio;
namespace operation = fid::operation;
using spectra::core::Failure;
using spectra::core::Fault;
using namespace std::chrono_literals;

namespace {

// Section 9.1: the power calibration holds for this period only; 0.1 % steps.
constexpr std::uint64_t modulation_period_us = 1000;
// While the laser is on an answer must come before the next look at the interlock.
constexpr auto exchange_deadline = 200ms;
constexpr auto bus_reset_deadline = 2000ms;

enum class Rung { disable, modulation, reset_fpga, reset_bus };
constexpr std::array ladder{Rung::disable,    Rung::disable,    Rung::disable,
                            Rung::modulation, Rung::reset_fpga, Rung::reset_bus};

// Rounded to a step, but never up from nothing: no power is asked for by leaving the laser off.
std::uint64_t width_us(double fraction) {
    const auto width = std::llround(fraction * static_cast<double>(modulation_period_us));
    if (width < 1)
        throw Failure(Fault::invalid_argument,
                      fmt::format("a laser power of {} % is less than the smallest step of 0.1 %", 100 * fraction),
                      "laser");
    return static_cast<std::uint64_t>(width);
}

}  // namespace

WasatchLaserSwitch::WasatchLaserSwitch(Unit unit, LaserSenses senses) : unit_(std::move(unit)), senses_(senses) {
    unit_.deadline = exchange_deadline;
}

// All of it before enable: an ARM board wants its power first.
asio::awaitable<void> WasatchLaserSwitch::set_power(double fraction) {
    const std::uint64_t wanted = width_us(fraction);
    const bool modulated = wanted < modulation_period_us;
    co_await set(unit_, operation::modulation_period, modulation_period_us);
    co_await set(unit_, operation::modulation_width, wanted);
    co_await set(unit_, operation::modulation_enable, modulated ? 1 : 0);
    const std::uint64_t period = co_await get_number(unit_, operation::modulation_period);
    const std::uint64_t width = co_await get_number(unit_, operation::modulation_width);
    const std::uint64_t enabled = co_await get_number(unit_, operation::modulation_enable);
    if (period != modulation_period_us || width != wanted || (enabled != 0) != modulated)
        throw Failure(Fault::protocol, "the laser power was not taken over", "laser");
}

// Section 9.4: two byte orders are in the world. A reading that fits neither is no watchdog at all.
asio::awaitable<void> WasatchLaserSwitch::set_watchdog(std::chrono::milliseconds lease) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(lease) + 1s;
    co_await set(unit_, operation::laser_watchdog, static_cast<std::uint64_t>(seconds.count()));
    const auto reply = co_await get(unit_, operation::laser_watchdog);
    const auto read = require(fid::watchdog_readings(reply), "read the laser watchdog");
    if (read.little != seconds && read.big != seconds)
        throw Failure(Fault::protocol,
                      fmt::format("the laser watchdog is {} s instead of {} s", read.little.count(), seconds.count()),
                      "laser");
}

asio::awaitable<void> WasatchLaserSwitch::prepare(const LaserLease& lease) {
    co_await set_power(lease.power);
    co_await set_watchdog(lease.duration);
}

asio::awaitable<void> WasatchLaserSwitch::enable() {
    co_await set(unit_, operation::laser_enable, 1);
}

asio::awaitable<void> WasatchLaserSwitch::disable() {
    co_await set(unit_, operation::laser_enable, 0);
}

std::size_t WasatchLaserSwitch::rungs() const {
    return ladder.size();
}

bool WasatchLaserSwitch::loses_settings(std::size_t rung) const {
    return ladder.at(rung) == Rung::reset_fpga || ladder.at(rung) == Rung::reset_bus;
}

asio::awaitable<void> WasatchLaserSwitch::climb(std::size_t rung) {
    switch (ladder.at(rung)) {
        case Rung::disable: break;
        case Rung::modulation:
            co_await set(unit_, operation::modulation_enable, 0);
            co_await set(unit_, operation::modulation_width, 1);
            break;
        case Rung::reset_fpga: co_await reset_fpga(unit_); break;
        case Rung::reset_bus: co_await unit_.link->reset(bus_reset_deadline); break;
    }
}

}  // namespace singel::instrument::wasatch
