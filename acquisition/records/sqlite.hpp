#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

// Ownership, errors and types for SQLite, nothing more: the SQL stays visible where it is used. Everything throws
// core::Failure; where names the database file. One connection belongs to one thread at a time.
namespace singel::acquisition::records {

class Database;

// A prepared statement. Parameters and columns count as in SQL: parameters from 1, columns from 0.
class Query {
public:
    Query& bind(int parameter, std::string_view text);
    Query& bind(int parameter, std::int64_t number);
    Query& bind(int parameter, double number);
    Query& bind(int parameter, std::span<const std::uint8_t> bytes);
    Query& bind_null(int parameter);

    bool step();  // true: a row is there
    void run();   // to the end, then ready to be bound again

    std::string text(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    std::vector<std::uint8_t> bytes(int column) const;
    bool is_null(int column) const;

private:
    friend class Database;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    Query(Database& database, std::string_view sql);
    void check(int code) const;
    Database* database_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class Database {
public:
    enum class Mode { read_only, read_write };
    Database(const std::filesystem::path& file, Mode mode);

    void execute(const std::string& sql);
    Query query(std::string_view sql) { return {*this, sql}; }
    void wait_when_busy(int milliseconds);
    [[noreturn]] void fail() const;  // the connection's last error as a Failure
    const std::filesystem::path& file() const { return file_; }

private:
    friend class Query;
    struct Close {
        void operator()(sqlite3* connection) const;
    };
    std::filesystem::path file_;
    std::unique_ptr<sqlite3, Close> connection_;
};

// Rolled back when it goes out of scope without commit.
class Transaction {
public:
    explicit Transaction(Database& database);  // takes the write lock at once
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

private:
    Database& database_;
    bool open_ = true;
};

}  // namespace singel::acquisition::records
