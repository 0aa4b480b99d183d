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

inline constexpr int store_schema_version = 2;

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
    std::optional<Record> read(std::string_view id);  // without claim code and fit curves
    std::optional<Record> read_by_claim_code(std::string_view code);

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
