#include "acquisition/record_json.hpp"
#include "acquisition/records/blob.hpp"
#include "acquisition/records/claim_code.hpp"
#include "acquisition/records/store.hpp"

namespace singel::acquisition::records {

namespace core = spectra::core;

namespace {

[[noreturn]] void damaged(const std::string& what, const Database& database) {
    throw core::Failure(core::Fault::wrong_format, "a stored sample is damaged: " + what, database.file().string(),
                        "Keep the file for rescue and choose another folder with --store.");
}

template <class Enumeration>
Enumeration named(const std::string& text, Enumeration last, const Database& database) {
    for (int i = 0; i <= static_cast<int>(last); ++i)
        if (core::name(static_cast<Enumeration>(i)) == text) return static_cast<Enumeration>(i);
    damaged("unknown word \"" + text + "\"", database);
}

template <class T>
T whole(core::Result<T> result, const Database& database) {
    if (!result) damaged(result.error().sentence(), database);
    return std::move(*result);
}

core::Axis axis(const Query& query, int kind, int values, const Database& database) {
    const auto numbers = whole(reals_from_blob(query.bytes(values)), database);
    if (numbers.empty()) return {};
    const auto axis_kind = named(query.text(kind), core::AxisKind::wavenumber_cm1, database);
    return whole(core::Axis::make(axis_kind, numbers), database);
}

std::vector<core::Frame> frames(Database& database, std::string_view id, std::string_view role,
                                const core::InstrumentIdentity& instrument) {
    Query select = database.query(
        "SELECT number, integration_time_us, laser_on, laser_power, generation, detector_celsius, stale_discarded, "
        "full_scale, counts FROM frames WHERE sample = ? AND role = ? ORDER BY position");
    select.bind(1, id).bind(2, role);
    std::vector<core::Frame> frames;
    while (select.step()) {
        core::Frame frame;
        frame.number = static_cast<std::uint64_t>(select.integer(0));
        frame.settings = {std::chrono::microseconds(select.integer(1)), select.integer(2) != 0, select.real(3),
                          static_cast<std::uint64_t>(select.integer(4))};
        if (!select.is_null(5)) frame.detector_temperature = core::Celsius{select.real(5)};
        frame.stale_discarded = static_cast<std::uint32_t>(select.integer(6));
        frame.full_scale = static_cast<std::uint32_t>(select.integer(7));
        frame.counts = whole(counts_from_blob(select.bytes(8)), database);
        frame.instrument = instrument;
        frames.push_back(std::move(frame));
    }
    return frames;
}

}  // namespace

std::optional<Record> Store::read(std::string_view id, Part part) {
    Query select = database_.query(
        "SELECT result, axis_kind, axis, scan_axis_kind, scan_axis, scan, scan_sigma, scan_ordinate, scan_noise, "
        "scan_saturated_fraction FROM samples WHERE id = ?");
    select.bind(1, id);
    if (!select.step()) return std::nullopt;
    Record record = whole(record_from_json(select.text(0)), database_);
    record.axis = axis(select, 1, 2, database_);
    record.scan.axis = axis(select, 3, 4, database_);
    record.scan.values = whole(reals_from_blob(select.bytes(5)), database_);
    record.scan.sigma = whole(reals_from_blob(select.bytes(6)), database_);
    record.scan.ordinate = named(select.text(7), core::Ordinate::reflectance, database_);
    record.scan.noise = named(select.text(8), core::NoiseBasis::none, database_);
    record.scan.saturated_fraction = select.real(9);
    record.scan.technique = record.identification.technique;
    record.scan.provenance = record.identification.provenance;
    if (part == Part::without_frames) return record;
    record.frames = frames(database_, id, "light", record.identification.provenance.instrument);
    record.dark = frames(database_, id, "dark", record.identification.provenance.instrument);
    return record;
}

std::optional<Record> Store::read_by_claim_code(std::string_view code) {
    if (simulated_ || normal_claim_code(code).empty()) return std::nullopt;
    Query select = database_.query("SELECT id FROM samples WHERE claim_hash = ?");
    select.bind(1, claim_hash(code, claim_key(folder_ / "claim-codes.key", false)));
    if (!select.step()) return std::nullopt;
    return read(select.text(0));
}

}  // namespace singel::acquisition::records
