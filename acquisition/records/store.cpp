#include "acquisition/records/store.hpp"

#include <cstdlib>
#include <system_error>

#include "acquisition/record_json.hpp"
#include "acquisition/records/blob.hpp"
#include "acquisition/records/claim_code.hpp"

namespace singel::acquisition::records {

namespace core = spectra::core;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t application_id = 0x534E474C;  // "SNGL"
constexpr int probe_wait_ms = 300;
constexpr int write_wait_ms = 5000;

// Keyed by random ids and WITHOUT ROWID, so that no number tells in which order people came.
constexpr const char* schema_1 = R"(
CREATE TABLE samples(
  id TEXT PRIMARY KEY, day TEXT NOT NULL, claim_hash BLOB UNIQUE, sold_as TEXT NOT NULL,
  library_id TEXT NOT NULL, algorithm TEXT NOT NULL, calibration_id TEXT NOT NULL, software TEXT NOT NULL,
  result TEXT NOT NULL,
  axis_kind TEXT NOT NULL, axis BLOB NOT NULL,
  scan_axis_kind TEXT NOT NULL, scan_axis BLOB NOT NULL, scan BLOB NOT NULL, scan_sigma BLOB NOT NULL,
  scan_ordinate TEXT NOT NULL, scan_noise TEXT NOT NULL, scan_saturated_fraction REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE frames(
  sample TEXT NOT NULL REFERENCES samples(id), role TEXT NOT NULL CHECK(role IN ('light', 'dark')),
  position INTEGER NOT NULL, number INTEGER NOT NULL, integration_time_us INTEGER NOT NULL,
  laser_on INTEGER NOT NULL, laser_power REAL NOT NULL, generation INTEGER NOT NULL,
  detector_celsius REAL, stale_discarded INTEGER NOT NULL, full_scale INTEGER NOT NULL, counts BLOB NOT NULL,
  PRIMARY KEY(sample, role, position)
) WITHOUT ROWID;
CREATE INDEX samples_by_day ON samples(day, id);
)";

// Rows that nobody changes or takes away, not even a program with a bug.
constexpr const char* schema_2 = R"(
CREATE TABLE interlocks(
  position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, model TEXT NOT NULL, serial TEXT NOT NULL,
  day TEXT NOT NULL, reason TEXT NOT NULL, role TEXT NOT NULL, staff TEXT NOT NULL
);
CREATE TABLE laser_events(
  position INTEGER PRIMARY KEY, at INTEGER NOT NULL, model TEXT NOT NULL, serial TEXT NOT NULL,
  requested INTEGER NOT NULL, enabled TEXT NOT NULL, can_fire TEXT NOT NULL, firing TEXT NOT NULL
);
CREATE TRIGGER interlocks_stay BEFORE UPDATE ON interlocks BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER interlocks_remain BEFORE DELETE ON interlocks BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER laser_events_stay BEFORE UPDATE ON laser_events BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER laser_events_remain BEFORE DELETE ON laser_events BEGIN SELECT RAISE(ABORT, 'append-only'); END;
)";

fs::path key_file(const fs::path& folder) {
    return folder / "claim-codes.key";
}

// Later answers lie beside the original ones, which nobody overwrites.
constexpr const char* schema_3 = R"(
CREATE TABLE results(
  sample TEXT NOT NULL REFERENCES samples(id), version INTEGER NOT NULL CHECK(version > 0), day TEXT NOT NULL,
  library_id TEXT NOT NULL, algorithm TEXT NOT NULL, learned TEXT NOT NULL, software TEXT NOT NULL,
  result TEXT NOT NULL,
  PRIMARY KEY(sample, version)
) WITHOUT ROWID;
CREATE TRIGGER results_stay BEFORE UPDATE ON results BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER samples_result_stays BEFORE UPDATE OF result ON samples
  BEGIN SELECT RAISE(ABORT, 'the original result stays'); END;
)";

void make_folder(const fs::path& folder) {
    std::error_code error;
    const bool made = fs::create_directories(folder, error);
    if (error)
        throw core::Failure(
            error == std::errc::no_space_on_device ? core::Fault::disk_full : core::Fault::permission_denied,
            "the folder of the records cannot be made: " + error.message(), folder.string(),
            "Choose another folder with --store.");
    // Only who runs the checks may read what was found. A folder that was there keeps what its owner decided.
    if (made) fs::permissions(folder, fs::perms::owner_all, error);
}

std::int64_t pragma(Database& database, const std::string& name) {
    Query query = database.query("PRAGMA " + name);
    return query.step() ? query.integer(0) : 0;
}

}  // namespace

fs::path store_folder(const fs::path& chosen) {
    if (!chosen.empty()) return chosen;
    // The two variables of the XDG base directory specification; relative paths in them are to be ignored.
    const char* data = std::getenv("XDG_DATA_HOME");
    if (data && fs::path(data).is_absolute()) return fs::path(data) / "singel";
    const char* home = std::getenv("HOME");
    if (home && fs::path(home).is_absolute()) return fs::path(home) / ".local/share/singel";
    throw core::Failure(core::Fault::not_found, "there is no home folder to keep records in", {},
                        "Choose a folder with --store.");
}

fs::path store_file(const fs::path& folder, bool simulated) {
    return folder / (simulated ? "simulated.sqlite" : "samples.sqlite");
}

Store::Store(const fs::path& folder, bool simulated, Use use)
    : folder_(folder), simulated_(simulated), database_([&] {
          const fs::path file = store_file(folder, simulated);
          if (use == Use::write) {
              make_folder(folder);
          } else if (!fs::exists(file)) {
              throw core::Failure(core::Fault::not_found, "there are no records yet", file.string());
          }
          return Database(file, use == Use::write ? Database::Mode::read_write : Database::Mode::read_only);
      }()) {
    database_.wait_when_busy(use == Use::write ? probe_wait_ms : write_wait_ms);
    if (use == Use::write) {
        database_.execute("PRAGMA journal_mode = WAL");
        database_.execute("PRAGMA synchronous = FULL");
        database_.execute("PRAGMA foreign_keys = ON");
        migrate();
        if (!simulated) claim_key(key_file(folder), true);
        database_.wait_when_busy(write_wait_ms);
    }
    if (pragma(database_, "application_id") != application_id || pragma(database_, "user_version") < 1)
        throw core::Failure(core::Fault::wrong_format, "this is not a file of Singel's records",
                            database_.file().string(), "Choose another folder with --store.");
    if (pragma(database_, "user_version") > store_schema_version)
        throw core::Failure(core::Fault::wrong_format, "the records were written by a newer version of Singel",
                            database_.file().string(), "Update this program, or choose another folder with --store.");
}

// Takes the write lock, so that a locked or read-only store is known before anything is measured.
void Store::migrate() {
    Transaction transaction(database_);
    Query tables = database_.query("SELECT count(*) FROM sqlite_master");
    tables.step();
    const bool fresh = tables.integer(0) == 0;
    std::int64_t version = fresh ? 0 : pragma(database_, "user_version");
    const bool ours = fresh || pragma(database_, "application_id") == application_id;
    if (fresh) {
        database_.execute(schema_1);
        database_.execute("PRAGMA application_id = " + std::to_string(application_id));
        version = 1;
    }
    if (ours && version == 1) {
        database_.execute(schema_2);
        version = 2;
    }
    if (ours && version == 2) {
        database_.execute(schema_3);
        version = 3;
    }
    // Written even when nothing changes: a lock that is taken and given back proves nothing about a read-only file.
    database_.execute("PRAGMA user_version = " + std::to_string(version));
    transaction.commit();
}

namespace {

void add_frames(Database& database, const Record& record, std::string_view role,
                const std::vector<core::Frame>& frames) {
    Query insert = database.query("INSERT INTO frames VALUES(?,?,?,?,?,?,?,?,?,?,?,?)");
    std::int64_t position = 0;
    for (const core::Frame& frame : frames) {
        const core::FrameSettings& settings = frame.settings;
        insert.bind(1, std::string_view(record.id)).bind(2, role).bind(3, position++);
        insert.bind(4, static_cast<std::int64_t>(frame.number));
        insert.bind(5, static_cast<std::int64_t>(settings.integration_time.count()));
        insert.bind(6, std::int64_t{settings.laser_on}).bind(7, settings.laser_power);
        insert.bind(8, static_cast<std::int64_t>(settings.generation));
        if (frame.detector_temperature) {
            insert.bind(9, frame.detector_temperature->value);
        } else {
            insert.bind_null(9);
        }
        insert.bind(10, std::int64_t{frame.stale_discarded}).bind(11, std::int64_t{frame.full_scale});
        insert.bind(12, to_blob(frame.counts));
        insert.run();
    }
}

void add_sample(Database& database, const Record& record, const fs::path& folder) {
    Query insert = database.query("INSERT INTO samples VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    const auto& identification = record.identification;
    // The code itself is on the person's card and nowhere else.
    Record without_code = record;
    without_code.claim_code.clear();
    insert.bind(1, std::string_view(record.id)).bind(2, std::string_view(day_text(record.day)));
    if (record.claim_code.empty()) {
        insert.bind_null(3);
    } else {
        insert.bind(3, claim_hash(record.claim_code, claim_key(key_file(folder), false)));
    }
    insert.bind(4, std::string_view(record.sold_as)).bind(5, std::string_view(identification.library_id));
    insert.bind(6, std::string_view(identification.algorithm));
    insert.bind(7, std::string_view(identification.provenance.calibration_id));
    insert.bind(8, std::string_view(record.software)).bind(9, std::string_view(record_json(without_code, -1)));
    insert.bind(10, core::name(record.axis.kind())).bind(11, to_blob(record.axis.values()));
    insert.bind(12, core::name(record.scan.axis.kind())).bind(13, to_blob(record.scan.axis.values()));
    insert.bind(14, to_blob(record.scan.values)).bind(15, to_blob(record.scan.sigma));
    insert.bind(16, core::name(record.scan.ordinate)).bind(17, core::name(record.scan.noise));
    insert.bind(18, record.scan.saturated_fraction);
    insert.run();
}

}  // namespace

void Store::add(const Record& record, const std::atomic<bool>* cancelled) {
    if (record.simulated != simulated_ || (record.simulated && !record.claim_code.empty()))
        throw core::Failure(core::Fault::invalid_argument, "simulated and real samples are never kept together");
    Transaction transaction(database_);
    add_sample(database_, record, folder_);
    add_frames(database_, record, "light", record.frames);
    add_frames(database_, record, "dark", record.dark);
    if (cancelled && *cancelled) throw core::Failure(core::Fault::cancelled, "the check was cancelled");
    transaction.commit();
}

std::size_t Store::size() {
    Query count = database_.query("SELECT count(*) FROM samples");
    count.step();
    return static_cast<std::size_t>(count.integer(0));
}

std::vector<std::string> Store::ids(std::optional<std::chrono::year_month_day> from,
                                    std::optional<std::chrono::year_month_day> to) {
    Query select = database_.query("SELECT id FROM samples WHERE day >= ? AND day <= ? ORDER BY day, id");
    const std::string first = from ? day_text(*from) : "", last = to ? day_text(*to) : "9999-99-99";
    select.bind(1, std::string_view(first)).bind(2, std::string_view(last));
    std::vector<std::string> ids;
    while (select.step()) ids.push_back(select.text(0));
    return ids;
}

}  // namespace singel::acquisition::records
