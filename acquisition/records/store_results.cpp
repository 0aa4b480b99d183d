#include "acquisition/record_json.hpp"
#include "acquisition/records/store.hpp"

// A walk through the samples, and the later answers to their scans.
namespace singel::acquisition::records {

namespace core = spectra::core;

namespace {

bool keeps_results(Database& database) {
    Query version = database.query("PRAGMA user_version");
    return version.step() && version.integer(0) >= 3;
}

bool same_answerer(const ResultVersion& version, const Record& again, const std::string& learned) {
    return version.library_id == again.identification.library_id &&
           version.algorithm == again.identification.algorithm && version.learned == learned &&
           version.software == again.software;
}

}  // namespace

std::vector<SampleKey> Store::next(const SampleKey& after, std::size_t most) {
    Query select = database_.query("SELECT day, id FROM samples WHERE (day, id) > (?, ?) ORDER BY day, id LIMIT ?");
    select.bind(1, std::string_view(after.day)).bind(2, std::string_view(after.id));
    select.bind(3, static_cast<std::int64_t>(most));
    std::vector<SampleKey> keys;
    while (select.step()) keys.push_back({select.text(0), select.text(1)});
    return keys;
}

std::size_t Store::size_from(std::chrono::year_month_day day) {
    Query count = database_.query("SELECT count(*) FROM samples WHERE day >= ?");
    count.bind(1, std::string_view(day_text(day)));
    count.step();
    return static_cast<std::size_t>(count.integer(0));
}

int Store::add_result(const Record& again, const std::string& learned, std::chrono::year_month_day day) {
    if (again.simulated != simulated_)
        throw core::Failure(core::Fault::invalid_argument, "simulated and real samples are never kept together");
    Transaction transaction(database_);
    const std::vector<ResultVersion> before = results(again.id);
    if (!before.empty() && same_answerer(before.back(), again, learned)) return before.back().version;
    const int version = before.empty() ? 1 : before.back().version + 1;
    Record without_code = again;
    without_code.claim_code.clear();
    Query insert = database_.query("INSERT INTO results VALUES(?,?,?,?,?,?,?,?)");
    insert.bind(1, std::string_view(again.id)).bind(2, std::int64_t{version});
    insert.bind(3, std::string_view(day_text(day)));
    insert.bind(4, std::string_view(again.identification.library_id));
    insert.bind(5, std::string_view(again.identification.algorithm)).bind(6, std::string_view(learned));
    insert.bind(7, std::string_view(again.software)).bind(8, std::string_view(record_json(without_code, -1)));
    insert.run();
    transaction.commit();
    return version;
}

std::vector<ResultVersion> Store::results(std::string_view id) {
    std::vector<ResultVersion> versions;
    if (!keeps_results(database_)) return versions;
    Query select = database_.query(
        "SELECT version, day, library_id, algorithm, learned, software, result FROM results WHERE sample = ? "
        "ORDER BY version");
    select.bind(1, id);
    while (select.step())
        versions.push_back({static_cast<int>(select.integer(0)), core::value_or_throw(day_from_text(select.text(1))),
                            select.text(2), select.text(3), select.text(4), select.text(5), select.text(6)});
    return versions;
}

}  // namespace singel::acquisition::records
