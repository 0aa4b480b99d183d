#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>

#include "firmware-bridge/wire/fid/eeprom.hpp"
#include "firmware-bridge/wire/fid/eeprom_check.hpp"
#include "instrument/description.hpp"
#include "instrument/wasatch/exchange.hpp"
#include "instrument/wasatch/laser_off.hpp"
#include "instrument/wasatch/models.hpp"

namespace singel::instrument::wasatch {

// What the unit's memory says, and what of it can be trusted.
struct Memory {
    std::optional<fid::Eeprom> eeprom;  // none: blank
    fid::Verdict verdict;
    std::string unreadable;  // why there is no eeprom
};
boost::asio::awaitable<Memory> read_memory(Unit unit);

// Pure: an unusable field becomes a warning and an empty field. Axis, intensity, region and bad pixels are given in
// read-out order, also for a unit whose detector is mounted the other way round (feature bit 0).
Description describe(const Memory& memory, const Model& model);

// Interlock and firing can be read on FX2 from firmware 10.0.0.11 on, if feature bit 6 is set; on ARM always.
LaserSenses senses(const Memory& memory, fid::Board board, fid::FirmwareVersion firmware);

}  // namespace singel::instrument::wasatch
