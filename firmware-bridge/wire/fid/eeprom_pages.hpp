#pragma once

#include <span>

#include "firmware-bridge/wire/fid/eeprom.hpp"

// The pages that are no rows of the table of fields: 4 (text), 5 (bad pixels), 6 and 7 (what the subformat says).
// Both directions; used by eeprom.cpp.
namespace singel::firmware_bridge::wire::fid {

void read_lists(std::span<const Page> pages, Eeprom& eeprom);
Decoded<void> write_lists(const Eeprom& eeprom, std::span<Page> pages);

}  // namespace singel::firmware_bridge::wire::fid
