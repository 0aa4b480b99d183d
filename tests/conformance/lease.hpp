#pragma once

#include "instrument/laser.hpp"

namespace singel::conformance {

// So much light in a closed compartment. Of a unit that cannot tell whether its interlock is closed a technician has
// recorded a physical one.
inline instrument::LaserLease lease_of(const instrument::Laser& laser,
                                       std::chrono::milliseconds of_light = std::chrono::seconds(3),
                                       double power = 1.0) {
    instrument::LaserLease lease;
    lease.duration = laser.warm_up() + of_light;
    lease.power = power;
    lease.beam = instrument::Beam::closed;
    lease.physical_interlock = laser.last_known().can_fire == instrument::Tristate::unknown;
    return lease;
}

}  // namespace singel::conformance
