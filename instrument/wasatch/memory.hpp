#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>

#include "firmware-bridge/wire/fid/eeprom.hpp"
#include "firmware-bridge/wire/fid/eeprom_check.hpp"
#include "firmware-bridge/wire/fid/requests.hpp"
#include "instrument/description.hpp"
#include "instrument/wasatch/detectors.hpp"
#include "instrument/wasatch/exchange.hpp"
#include "instrument/wasatch/laser_state.hpp"
#include "instrument/wasatch/models.hpp"

namespace singel::instrument::wasatch {

// What the unit's memory says, and what of it can be trusted.
struct Memory {
    std::optional<fid::Eeprom> eeprom;  // none: blank
    fid::Verdict verdict;
    std::string unreadable;  // why there is no eeprom
};
boost::asio::awaitable<Memory> read_memory(Unit unit);

// What the unit says of itself beside its memory.
struct Inside {
    fid::FirmwareVersion firmware;
    std::string fpga;
    fid::CompileOptions options;  // as if nothing special on an ARM board
};
boost::asio::awaitable<Inside> read_inside(Unit unit);

// Pure: an unusable field becomes a warning and an empty field. Axis, intensity, region and bad pixels are given in
// read-out order, also for a unit whose detector is mounted the other way round (feature bit 0).
Description describe(const Memory& memory, const Model& model, const Inside& inside = {});

// The FPGA counts integration times in this (section 10).
std::chrono::milliseconds integration_unit(const fid::CompileOptions& options);
// Frames begin with 0xFFFF: where it is elsewhere, the frame is rotated (section 6, 7c).
bool marks_first_pixel(const fid::CompileOptions& options);

// Interlock and firing can be read on FX2 from firmware 10.0.0.11 on, if feature bit 6 is set; on ARM always.
LaserSenses senses(const Memory& memory, fid::Board board, fid::FirmwareVersion firmware);

}  // namespace singel::instrument::wasatch
