#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "instrument/memory_service.hpp"
#include "spectra/core/result.hpp"

// An instrument's memory as a file. The format is documented in firmware-bridge/SERVICE.md, version 1.
namespace singel::firmware_bridge::bridge {

inline constexpr unsigned backup_version = 1;

struct Backup {
    std::string family, model, serial;  // model and serial as the memory spells them
    std::string page_word;
    bool simulated = false;
    std::vector<instrument::MemoryPage> pages;
};

std::string backup_text(const Backup& backup);
// Refuses (wrong_format) another version, pages that are not in order, and a checksum that does not fit the pages.
spectra::core::Result<Backup> parse_backup(std::string_view text, const std::string& name);

// A new file, on the disk when this returns. Never overwrites.
spectra::core::Result<void> write_backup(const Backup& backup, const std::string& path);
spectra::core::Result<Backup> read_backup(const std::string& path);

struct PageChange {
    unsigned number = 0;
    std::vector<std::uint8_t> before, after;  // empty: there is no such page
};
std::vector<PageChange> difference(const std::vector<instrument::MemoryPage>& before,
                                   const std::vector<instrument::MemoryPage>& after);
// One block a changed page: what it is, and the lines of 16 bytes that differ, in hex and as text.
std::string diff_text(const std::vector<PageChange>& changes, std::string_view page_word);

}  // namespace singel::firmware_bridge::bridge
