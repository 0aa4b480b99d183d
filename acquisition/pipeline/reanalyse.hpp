#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>

#include "acquisition/change.hpp"
#include "acquisition/records/store.hpp"
#include "acquisition/runtime/compute_pool.hpp"
#include "spectra/identify/identify.hpp"

// Asks stored scans again: what would this library and this algorithm have said?
namespace singel::acquisition::pipeline {

struct ReanalyseOptions {
    std::filesystem::path store_folder;
    std::optional<std::chrono::year_month_day> since;
    bool simulated = false;  // simulated samples too, marked as such
    bool keep = false;       // add each answer to the store, beside the original one
};

// What became of one stored scan. before is the original result: what the person was told.
struct Again {
    records::SampleKey key;
    bool simulated = false;
    records::RecordPtr before, after;           // without frames; none when there is an error
    std::optional<spectra::core::Error> error;  // the scan could not be read or not be asked
    Change change;
    std::optional<int> kept_version;
};

struct Tally {
    std::size_t stored = 0;  // scans in question
    std::size_t asked = 0;
    std::size_t changed = 0;
    std::size_t with_new_names = 0;
    std::size_t now_dangerous = 0;    // the sign became dangerous
    std::size_t failed = 0;           // could not be read or not be asked
    std::size_t other_technique = 0;  // of a technique that is not the library's: left out
    bool interrupted = false;
};

// Scans are in memory for a moment only: this many for each worker of the pool.
inline constexpr std::size_t scans_in_flight_per_worker = 4;

// each is called on the caller's thread, by day and then id, for every scan that was asked or that failed. Once stop
// is set, what is already known is still told. The same for any number of workers. Throws core::Failure when there is
// no store and when an answer cannot be kept.
Tally reanalyse(const spectra::identify::Library& library, ComputePool& pool, const ReanalyseOptions& options,
                const std::atomic<bool>& stop, const std::function<void(const Again&)>& each);

}  // namespace singel::acquisition::pipeline
