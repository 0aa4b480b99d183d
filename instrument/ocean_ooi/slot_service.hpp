#pragma once

#include "instrument/memory_service.hpp"

// The slots of an OOI instrument, see MemoryService. A page is the 15 data bytes of a slot (OOI notes, section 5.1).
namespace singel::instrument::ocean_ooi {

boost::asio::awaitable<std::vector<MemoryPage>> read_slots(TransportPtr link, KnownModel model);
boost::asio::awaitable<MemoryPage> read_slot_page(TransportPtr link, KnownModel model, unsigned number);
boost::asio::awaitable<void> write_slot_page(TransportPtr link, KnownModel model, MemoryPage page);
MemoryIdentity identify_slots(KnownModel model, std::span<const MemoryPage> pages);
boost::asio::awaitable<std::vector<Version>> read_versions(TransportPtr link, KnownModel model);

}  // namespace singel::instrument::ocean_ooi
