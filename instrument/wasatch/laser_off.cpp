#include "instrument/wasatch/laser_off.hpp"

#include <array>

#include "spectra/core/result.hpp"

namespace singel::instrument::wasatch {

namespace asio = boost::asio;
namespace operation = fid::operation;
using spectra::core::Error;
using spectra::core::Failure;
using spectra::core::Fault;
using namespace std::chrono_literals;

namespace {

constexpr auto exchange_deadline = 200ms;
constexpr auto between_tries = 10ms;
constexpr auto bus_reset_deadline = 2000ms;

enum class Rung { enable, modulation, reset_fpga, reset_bus };
constexpr std::array ladder{Rung::enable,     Rung::enable,     Rung::enable,
                            Rung::modulation, Rung::reset_fpga, Rung::reset_bus};

Tristate tristate(std::uint64_t value) {
    return value == 0 ? Tristate::no : Tristate::yes;
}

asio::awaitable<void> climb(Unit unit, Rung rung) {
    switch (rung) {
        case Rung::enable: break;
        case Rung::modulation:
            co_await set(unit, operation::modulation_enable, 0);
            co_await set(unit, operation::modulation_width, 1);
            break;
        case Rung::reset_fpga: co_await reset_fpga(unit); break;
        case Rung::reset_bus: co_await unit.link->reset(bus_reset_deadline); break;
    }
    co_await set(unit, operation::laser_enable, 0);
}

// One step; says whether the unit reports off afterwards. A step that fails is not the end of the ladder.
asio::awaitable<bool> off_after(Unit unit, LaserSenses senses, Rung rung, LaserOff& result, Error& problem) {
    try {
        co_await climb(unit, rung);
        result.settings_lost = result.settings_lost || rung == Rung::reset_fpga || rung == Rung::reset_bus;
        result.state = co_await read_laser_state(unit, senses);
    } catch (const Failure& failure) {
        problem = failure.error();
        co_return false;
    }
    problem = {Fault::laser_unverified, "the instrument reports that its laser is still on", "", ""};
    co_return !result.state.may_be_on();
}

}  // namespace

LaserSenses senses_before_memory(fid::Board board) {
    return board == fid::Board::arm ? LaserSenses{true, true} : LaserSenses{};
}

asio::awaitable<LaserState> read_laser_state(Unit unit, LaserSenses senses) {
    LaserState state;
    const std::uint64_t enabled = co_await get_number(unit, operation::laser_enable);
    state.enabled = tristate(enabled);
    if (senses.firing) {
        const std::uint64_t firing = co_await get_number(unit, operation::laser_firing);
        state.firing = tristate(firing);
    }
    if (senses.interlock) {
        const std::uint64_t can_fire = co_await get_number(unit, operation::can_laser_fire);
        state.can_fire = tristate(can_fire);
    }
    co_return state;
}

asio::awaitable<LaserOff> laser_off(Unit unit, LaserSenses senses) {
    unit.deadline = exchange_deadline;
    LaserOff result;
    Error problem;
    for (const Rung rung : ladder) {
        const bool off = co_await off_after(unit, senses, rung, result, problem);
        if (off) co_return result;
        if (problem.fault == Fault::disconnected) break;
        co_await unit.link->wait(between_tries);
    }
    throw Failure(Fault::laser_unverified, "the laser could not be shown to be off: " + problem.what,
                  unit.link->address(), "Treat it as ON: turn its key or cut its power now.");
}

}  // namespace singel::instrument::wasatch
