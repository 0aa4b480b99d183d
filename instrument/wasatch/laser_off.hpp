#pragma once

#include <boost/asio/awaitable.hpp>

#include "instrument/laser.hpp"
#include "instrument/wasatch/exchange.hpp"

// Switching the laser off until it is off (FID notes, section 9.5). Used by the driver and by the laser guard, which
// knows nothing else of the instrument.
namespace singel::instrument::wasatch {

// What this unit can tell about its laser. An FX2 board says it in its memory and firmware version; an ARM board
// always can.
struct LaserSenses {
    bool interlock = false;  // EF
    bool firing = false;     // FF/0D
};
LaserSenses senses_before_memory(fid::Board board);

boost::asio::awaitable<LaserState> read_laser_state(Unit unit, LaserSenses senses);

struct LaserOff {
    LaserState state;            // verified off
    bool settings_lost = false;  // the FPGA or the bus was reset on the way: send everything again
};

// The ladder: enable 0 three times, modulation off, FPGA reset, bus reset; after each step it reads back. Throws
// laser_unverified when the unit never says off, or is gone: then the laser counts as on.
boost::asio::awaitable<LaserOff> laser_off(Unit unit, LaserSenses senses);

}  // namespace singel::instrument::wasatch
