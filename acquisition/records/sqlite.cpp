#include "acquisition/records/sqlite.hpp"

#include <sqlite3.h>

#include "spectra/core/result.hpp"

namespace singel::acquisition::records {

namespace core = spectra::core;

namespace {

core::Failure failure(int code, const std::string& message, const std::filesystem::path& file) {
    using core::Fault;
    switch (code & 0xff) {
        case SQLITE_FULL:
            return {Fault::disk_full, "the disk is full: nothing more can be recorded", file.string(),
                    "Free some space, then measure again."};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {Fault::busy, "another program holds the records", file.string(),
                    "Close the other program, or choose another folder with --store."};
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return {Fault::permission_denied, "the records cannot be written", file.string(),
                    "Make the folder writable, or choose another with --store."};
        case SQLITE_CANTOPEN:
            return {Fault::permission_denied, "the records cannot be opened: " + message, file.string(),
                    "Check that the folder exists and may be written, or choose another with --store."};
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
            return {Fault::wrong_format, "this is not a whole file of records: " + message, file.string(),
                    "Keep the file for rescue and choose another folder with --store."};
        default: return {Fault::input_output, "the records could not be used: " + message, file.string()};
    }
}

}  // namespace

void Query::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

void Database::Close::operator()(sqlite3* connection) const {
    sqlite3_close_v2(connection);
}

Database::Database(const std::filesystem::path& file, Mode mode) : file_(file) {
    sqlite3* connection = nullptr;
    const int flags = (mode == Mode::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) |
                      SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int code = sqlite3_open_v2(file.c_str(), &connection, flags, nullptr);
    connection_.reset(connection);
    if (code != SQLITE_OK) throw failure(code, connection ? sqlite3_errmsg(connection) : "no memory", file_);
}

void Database::fail() const {
    throw failure(sqlite3_extended_errcode(connection_.get()), sqlite3_errmsg(connection_.get()), file_);
}

void Database::execute(const std::string& sql) {
    if (sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail();
}

void Database::wait_when_busy(int milliseconds) {
    if (sqlite3_busy_timeout(connection_.get(), milliseconds) != SQLITE_OK) fail();
}

Query::Query(Database& database, std::string_view sql) : database_(&database) {
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v2(database.connection_.get(), sql.data(), static_cast<int>(sql.size()), &statement,
                             nullptr));
    statement_.reset(statement);
}

void Query::check(int code) const {
    if (code != SQLITE_OK) database_->fail();
}

Query& Query::bind(int parameter, std::string_view text) {
    check(sqlite3_bind_text64(statement_.get(), parameter, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Query& Query::bind(int parameter, std::int64_t number) {
    check(sqlite3_bind_int64(statement_.get(), parameter, number));
    return *this;
}

Query& Query::bind(int parameter, double number) {
    check(sqlite3_bind_double(statement_.get(), parameter, number));
    return *this;
}

Query& Query::bind(int parameter, std::span<const std::uint8_t> bytes) {
    // A null pointer would store NULL; an empty blob is an empty blob.
    const void* data = bytes.empty() ? static_cast<const void*>("") : bytes.data();
    check(sqlite3_bind_blob64(statement_.get(), parameter, data, bytes.size(), SQLITE_TRANSIENT));
    return *this;
}

Query& Query::bind_null(int parameter) {
    check(sqlite3_bind_null(statement_.get(), parameter));
    return *this;
}

bool Query::step() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) database_->fail();
    return false;
}

void Query::run() {
    while (step()) {
    }
    check(sqlite3_reset(statement_.get()));
}

std::string Query::text(int column) const {
    const auto* data = sqlite3_column_text(statement_.get(), column);
    return data ? std::string(reinterpret_cast<const char*>(data), sqlite3_column_bytes(statement_.get(), column))
                : std::string();
}

std::int64_t Query::integer(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

double Query::real(int column) const {
    return sqlite3_column_double(statement_.get(), column);
}

std::vector<std::uint8_t> Query::bytes(int column) const {
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
    const int size = sqlite3_column_bytes(statement_.get(), column);
    return data ? std::vector<std::uint8_t>(data, data + size) : std::vector<std::uint8_t>();
}

bool Query::is_null(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

Transaction::Transaction(Database& database) : database_(database) {
    database_.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
    if (!open_) return;
    try {
        database_.execute("ROLLBACK");
    } catch (const core::Failure&) {
        // SQLite rolls back by itself after some errors; what remains is undone when the connection closes.
    }
}

void Transaction::commit() {
    database_.execute("COMMIT");
    open_ = false;
}

}  // namespace singel::acquisition::records
