#pragma once

#include <filesystem>

#include "acquisition/records/record.hpp"
#include "spectra/identify/identify.hpp"
#include "tests/unit/spectra-identify/synthetic.hpp"

// A store of scans of made-up mixtures, as an earlier library answered them.
namespace singel::acquisition::testing {

// Substances 0 to 9; the newcomer is what was not in the library when the scans were made.
inline constexpr std::size_t newcomer = 9;

const std::vector<tests::Drawn>& made_up_substances();
spectra::identify::LibraryPtr library_before();  // without the newcomer
spectra::identify::LibraryPtr library_after();   // with it

// Scan number i. Every third holds the newcomer as 40 % of its signal.
bool holds_newcomer(std::size_t i);
records::Record made_up_record(std::size_t i, bool simulated = false);

// count of them, on days that rise with i: four a day from 2026-10-01.
void fill_store(const std::filesystem::path& folder, std::size_t count, bool simulated = false);

}  // namespace singel::acquisition::testing
