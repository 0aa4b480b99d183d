#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>

#include "acquisition/records/interlock.hpp"
#include "instrument/spectrometer.hpp"

namespace singel::acquisition::pipeline {

namespace core = spectra::core;

// What the audit log keeps of one transition, stamped now.
records::LaserEvent laser_event(const core::InstrumentIdentity& instrument, const instrument::LaserState& state);

// Today's record of a technician for this instrument, in the store of its kind. None without a store. Throws what
// opening a store throws. Blocking.
std::optional<records::InterlockRecord> recorded_interlock(const std::string& store_path,
                                                           const core::InstrumentIdentity& instrument);

// Under which terms this laser may shine: beam and interlock. Asks the instrument for its interlock. Throws
// interlock_open when neither the instrument nor a technician tells, with how to record it.
boost::asio::awaitable<instrument::LaserLease> laser_terms(instrument::Spectrometer& spectrometer,
                                                           std::optional<records::InterlockRecord> recorded);

// An open beam without a key to hold: refused unless the exposure is fixed and all light together is short.
void require_short_unheld_light(const instrument::LaserLease& terms,
                                std::optional<std::chrono::microseconds> exposure, unsigned frames, bool ramped);

}  // namespace singel::acquisition::pipeline
