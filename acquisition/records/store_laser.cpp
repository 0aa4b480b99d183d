#include "acquisition/record_json.hpp"
#include "acquisition/records/store.hpp"

// The technician's and the laser's side of the store: rows that are only ever added.
namespace singel::acquisition::records {

namespace core = spectra::core;

namespace {

void require_laser_tables(Database& database) {
    Query version = database.query("PRAGMA user_version");
    if (version.step() && version.integer(0) >= 2) return;
    throw core::Failure(core::Fault::not_found, "there are no records of lasers yet", database.file().string());
}

}  // namespace

void Store::add_interlock(const InterlockRecord& record) {
    if (record.serial.empty() || record.model.empty())
        throw core::Failure(core::Fault::invalid_argument,
                            "an interlock is recorded for one instrument: model and serial number are needed");
    Query insert = database_.query(
        "INSERT INTO interlocks(id, model, serial, day, reason, role, staff) "
        "VALUES(?,?,?,?,?,'technician',?)");
    insert.bind(1, std::string_view(record.id)).bind(2, std::string_view(record.model));
    insert.bind(3, std::string_view(record.serial)).bind(4, std::string_view(day_text(record.day)));
    insert.bind(5, name(record.reason)).bind(6, std::string_view(record.staff));
    insert.run();
}

std::vector<InterlockRecord> Store::interlocks() {
    require_laser_tables(database_);
    Query select = database_.query("SELECT id, model, serial, day, reason, staff FROM interlocks ORDER BY position");
    std::vector<InterlockRecord> all;
    while (select.step()) {
        const auto reason = interlock_reason(select.text(4));
        if (!reason)
            throw core::Failure(core::Fault::wrong_format, "\"" + select.text(4) + "\" is no reason of an interlock",
                                database_.file().string());
        all.push_back({select.text(0), select.text(1), select.text(2),
                       core::value_or_throw(day_from_text(select.text(3))), *reason, select.text(5)});
    }
    return all;
}

void Store::add_laser_events(const std::vector<LaserEvent>& events) {
    Transaction transaction(database_);
    Query insert = database_.query(
        "INSERT INTO laser_events(at, model, serial, requested, enabled, can_fire, firing) "
        "VALUES(?,?,?,?,?,?,?)");
    for (const LaserEvent& event : events) {
        insert.bind(1, std::int64_t{event.at.time_since_epoch().count()}).bind(2, std::string_view(event.model));
        insert.bind(3, std::string_view(event.serial)).bind(4, std::int64_t{event.requested});
        insert.bind(5, std::string_view(event.enabled)).bind(6, std::string_view(event.can_fire));
        insert.bind(7, std::string_view(event.firing));
        insert.run();
    }
    transaction.commit();
}

std::vector<LaserEvent> Store::laser_events() {
    require_laser_tables(database_);
    Query select = database_.query(
        "SELECT at, model, serial, requested, enabled, can_fire, firing FROM laser_events ORDER BY position");
    std::vector<LaserEvent> all;
    while (select.step()) {
        LaserEvent event;
        event.at = std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(select.integer(0)));
        event.model = select.text(1);
        event.serial = select.text(2);
        event.requested = select.integer(3) != 0;
        event.enabled = select.text(4);
        event.can_fire = select.text(5);
        event.firing = select.text(6);
        all.push_back(std::move(event));
    }
    return all;
}

}  // namespace singel::acquisition::records
