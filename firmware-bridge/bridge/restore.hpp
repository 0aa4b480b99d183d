#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "firmware-bridge/bridge/backup.hpp"
#include "firmware-bridge/bridge/service_link.hpp"

namespace singel::firmware_bridge::bridge {

// The whole memory as it is now.
boost::asio::awaitable<Backup> take_backup(ServiceLink service);

// Why this backup must not be written to this memory: another family, other pages, contents that decode to nonsense
// or do not say what the file says of itself; another model or serial unless other_unit.
spectra::core::Result<void> may_restore(const instrument::MemoryService& memory, instrument::KnownModel model,
                                        const Backup& wanted, const Backup& now, bool other_unit);

// Writes what differs, reads back each page, then verifies all of it. Throws where anything is not as it should be,
// naming the page. The laser must be off and now must be safe on a disk.
boost::asio::awaitable<void> write_pages(ServiceLink service, Backup wanted, Backup now);

}  // namespace singel::firmware_bridge::bridge
