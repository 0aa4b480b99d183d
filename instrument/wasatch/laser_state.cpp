#include "instrument/wasatch/laser_state.hpp"

namespace singel::instrument::wasatch {

namespace asio = boost::asio;
namespace operation = fid::operation;

namespace {

Tristate tristate(std::uint64_t value) {
    return value == 0 ? Tristate::no : Tristate::yes;
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

}  // namespace singel::instrument::wasatch
