#pragma once

#include <chrono>
#include <filesystem>
#include <optional>

#include "acquisition/records/record.hpp"
#include "spectra/io/dataset.hpp"

namespace singel::acquisition::records {

struct ExportOptions {
    std::optional<std::chrono::year_month_day> from, to;  // days, inclusive
    bool simulated = false;                               // simulated samples too, marked as such
};

// A pure function of the record.
spectra::io::DatasetRow dataset_row(const Record& record);

// The researchers' dataset of a store. Returns the number of samples written; 0: there were none, and no file was
// made. Throws core::Failure.
std::size_t export_dataset(const std::filesystem::path& store_folder, const std::filesystem::path& file,
                           const ExportOptions& options);

}  // namespace singel::acquisition::records
