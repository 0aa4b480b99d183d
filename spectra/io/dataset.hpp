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

// HDF5, packed layout (FORMATS.md): /spectra/{raw,dark,scan} with dimension scales, one 1-D column a field,
// dictionaries for coded text. Byte-reproducible; temporary file, verify, rename.
core::Result<void> write_dataset(const std::filesystem::path& file, std::vector<DatasetRow> rows);

}  // namespace singel::spectra::io
