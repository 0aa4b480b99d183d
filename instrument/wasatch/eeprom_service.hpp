#pragma once

#include "instrument/memory_service.hpp"

// The EEPROM of a Wasatch unit, see MemoryService. A page has 64 bytes (FID notes, section 5); written with A2 on an
// FX2 board and FF/02 on an ARM board, never by anything but this.
namespace singel::instrument::wasatch {

boost::asio::awaitable<std::vector<MemoryPage>> read_eeprom(TransportPtr link, KnownModel model);
boost::asio::awaitable<MemoryPage> read_eeprom_page(TransportPtr link, KnownModel model, unsigned number);
boost::asio::awaitable<void> write_eeprom_page(TransportPtr link, KnownModel model, MemoryPage page);
MemoryIdentity identify_eeprom(KnownModel model, std::span<const MemoryPage> pages);
boost::asio::awaitable<std::vector<Version>> read_versions(TransportPtr link, KnownModel model);

}  // namespace singel::instrument::wasatch
