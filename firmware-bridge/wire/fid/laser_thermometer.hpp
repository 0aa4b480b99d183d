#pragma once

#include <cstdint>
#include <optional>

#include "firmware-bridge/wire/fid/operation.hpp"

// What the selected ADC says of the laser's temperature (section 7): a thermistor behind a divider on FX2, a
// polynomial on ARM. None for readings that a thermistor cannot give.
namespace singel::firmware_bridge::wire::fid {

std::optional<double> laser_celsius(Board board, std::uint16_t raw);

}  // namespace singel::firmware_bridge::wire::fid
