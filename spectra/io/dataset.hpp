#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "spectra/core/frame.hpp"
#include "spectra/core/result.hpp"
#include "spectra/core/spectrum.hpp"

namespace singel::spectra::io {

inline constexpr int dataset_format_version = 1;

// One sample as a row of the researchers' dataset: plain data, no person, no time of day.
struct DatasetRow {
    std::string id;  // random
    std::chrono::year_month_day day{};
    bool simulated = false;
    std::string sold_as;              // coded
    std::vector<core::Frame> frames;  // raw, as measured
    std::vector<core::Frame> dark;
    core::Spectrum scan;  // averaged, dark-corrected, on its axis
    std::string library_id, algorithm, software;
    std::string identification_json;  // the whole result, so that it can be compared with a recomputation
    struct Component {
        std::string name, certainty;
        double share = 0.0, share_low = 0.0, share_high = 0.0;  // NaN when there is none
    };
    std::vector<Component> components;
};

// Under which terms the service gives the data away; stated in the file itself.
struct DatasetTerms {
    std::string licence = "not stated";
    std::string citation = "not stated";
};

// HDF5, packed layout (FORMATS.md): one column a field, dictionaries for coded text, and for each axis a group with
// raw, dark and scan. Rows are in order of their ids, so that their order tells nothing of the day's. The same rows
// give the same bytes. Temporary file, read back, rename: an existing file stays whole on any error. Refuses no
// rows, ids that are missing or double, rows without a scan or a day, frames of unequal length in one row.
core::Result<void> write_dataset(const std::filesystem::path& file, std::vector<DatasetRow> rows,
                                 const DatasetTerms& terms = {});

}  // namespace singel::spectra::io
