#pragma once

#include <boost/asio/awaitable.hpp>

#include "instrument/laser.hpp"
#include "instrument/wasatch/exchange.hpp"

namespace singel::instrument::wasatch {

// What this unit can tell about its laser. An FX2 board says it in its memory and firmware version; an ARM board
// always can.
struct LaserSenses {
    bool interlock = false;  // EF
    bool firing = false;     // FF/0D
};
LaserSenses senses_before_memory(fid::Board board);

boost::asio::awaitable<LaserState> read_laser_state(Unit unit, LaserSenses senses);

}  // namespace singel::instrument::wasatch
