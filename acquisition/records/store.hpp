#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "acquisition/records/interlock.hpp"
#include "acquisition/records/record.hpp"
#include "acquisition/records/sqlite.hpp"

// Where samples stay. One transaction a sample: after a power cut there are whole samples only. Everything here
// throws core::Failure; one Store belongs to one thread at a time; several programs may share a folder.
namespace singel::acquisition::records {

inline constexpr int store_schema_version = 3;

// The chosen folder; when it is empty $XDG_DATA_HOME/singel or ~/.local/share/singel.
std::filesystem::path store_folder(const std::filesystem::path& chosen = {});

// Real and simulated samples never share a file.
std::filesystem::path store_file(const std::filesystem::path& folder, bool simulated);

// Bytes that a sample of so many frames needs, with room for the journal.
std::uint64_t space_for(std::size_t frames, std::size_t pixels);

// Space on the disk that nobody else can take, until it is given back just before it is needed.
class Reservation {
public:
    Reservation(const std::filesystem::path& folder, std::uint64_t bytes);
    ~Reservation();
    Reservation(const Reservation&) = delete;
    Reservation& operator=(const Reservation&) = delete;
    void release();

private:
    int descriptor_ = -1;
};

// Where a walk through the samples stands: they are in order of day, then id.
struct SampleKey {
    std::string day, id;  // "2026-11-24"
};

// A later answer to a stored scan, beside the original one that stays.
struct ResultVersion {
    int version = 0;  // from 1; the original result is 0
    std::chrono::year_month_day day;
    std::string library_id, algorithm, learned, software;  // learned: digest of what was learned
    std::string result;                                    // record_json
};

class Store {
public:
    enum class Use { read, write };
    // write makes folder and file when they are not there, and shows that they can be written right now.
    Store(const std::filesystem::path& folder, bool simulated, Use use);

    // Whole or not at all. `cancelled` is looked at just before the commit.
    void add(const Record& record, const std::atomic<bool>* cancelled = nullptr);

    std::size_t size();
    std::vector<std::string> ids(std::optional<std::chrono::year_month_day> from = {},
                                 std::optional<std::chrono::year_month_day> to = {});  // by day, then id
    enum class Part { whole, without_frames };
    std::optional<Record> read(std::string_view id, Part part = Part::whole);  // without claim code and fit curves
    std::optional<Record> read_by_claim_code(std::string_view code);

    // A walk that holds no more than `most` keys at a time.
    std::vector<SampleKey> next(const SampleKey& after, std::size_t most);
    std::size_t size_from(std::chrono::year_month_day day);

    // Adds a later answer of a sample, whole or not at all, and returns its version; the latest version when that is
    // of the same library, algorithm, learned figures and software. The original result never changes.
    int add_result(const Record& again, const std::string& learned, std::chrono::year_month_day day);
    std::vector<ResultVersion> results(std::string_view id);  // oldest first; none in a store of an older version

    // Of lasers: append-only. Reading throws not_found in a store of version 1 that was never written to since.
    void add_interlock(const InterlockRecord& record);
    std::vector<InterlockRecord> interlocks();  // in the order in which they were made
    void add_laser_events(const std::vector<LaserEvent>& events);
    std::vector<LaserEvent> laser_events();

private:
    void migrate();
    std::filesystem::path folder_;
    bool simulated_;
    Database database_;
};

}  // namespace singel::acquisition::records
