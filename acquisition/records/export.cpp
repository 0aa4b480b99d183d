#include "acquisition/records/export.hpp"

#include <limits>

#include "acquisition/record_json.hpp"
#include "acquisition/records/store.hpp"

namespace singel::acquisition::records {

namespace core = spectra::core;

namespace {

void collect(const std::filesystem::path& folder, bool simulated, const ExportOptions& options,
             std::vector<spectra::io::DatasetRow>& rows) {
    if (!std::filesystem::exists(store_file(folder, simulated))) return;
    Store store(folder, simulated, Store::Use::read);
    for (const std::string& id : store.ids(options.from, options.to))
        if (const auto record = store.read(id)) rows.push_back(dataset_row(*record));
}

}  // namespace

spectra::io::DatasetRow dataset_row(const Record& record) {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    spectra::io::DatasetRow row;
    row.id = record.id;
    row.day = record.day;
    row.simulated = record.simulated;
    row.sold_as = record.sold_as;
    row.frames = record.frames;
    row.dark = record.dark;
    row.scan = record.scan;
    row.library_id = record.identification.library_id;
    row.algorithm = record.identification.algorithm;
    row.software = record.software;
    row.identification_json = identification_json(record.identification, -1);
    for (const auto& component : record.identification.components) {
        const auto& interval = component.share_interval;
        row.components.push_back({component.name, std::string(spectra::identify::name(component.certainty)),
                                  component.share.value_or(none), interval ? interval->low : none,
                                  interval ? interval->high : none});
    }
    return row;
}

std::size_t export_dataset(const std::filesystem::path& store_folder, const std::filesystem::path& file,
                           const ExportOptions& options) {
    std::vector<spectra::io::DatasetRow> rows;
    collect(store_folder, false, options, rows);
    if (options.simulated) collect(store_folder, true, options, rows);
    const std::size_t count = rows.size();
    if (count > 0) core::value_or_throw(spectra::io::write_dataset(file, std::move(rows)));
    return count;
}

}  // namespace singel::acquisition::records
