#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "acquisition/records/record.hpp"
#include "spectra/core/result.hpp"
#include "spectra/identify/identification.hpp"

// The JSON of the command line (a contract: a change of keys is a line in CHANGELOG.md) and of singel-card.
namespace singel::acquisition {

std::string software_version();                         // "singel 0.1.0"
std::string day_text(std::chrono::year_month_day day);  // "2026-11-24"
// Refuses what is not a day of the calendar in exactly this form.
spectra::core::Result<std::chrono::year_month_day> day_from_text(std::string_view text);

// What `singel identify --json` prints for one spectrum. indent < 0: one line. Components that have an account have
// the key "evidence"; with their fit curves at hand there is the key "curves" too.
std::string identification_json(const spectra::identify::Identification& identification, int indent = 2);

// The same object with "sample" {id, day, sold_as, claim_code, simulated}, "strips" [{kind, control_line, test_line,
// meaning}] and "verdict" {sign, finished, headline, found, strips, hidden, unrecognisable, unexplained, advice,
// limits}, each a list of {code, substance, share, share_low, share_high, limit, strip, bands_cm1}.
std::string record_json(const records::Record& record, int indent = 2);

// What a card needs comes back: sample, strips, identification without curves, verdict. No frames.
spectra::core::Result<records::Record> record_from_json(std::string_view text);

}  // namespace singel::acquisition
