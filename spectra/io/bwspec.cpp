#include <cmath>
#include <fmt/format.h>

#include "spectra/io/column_table.hpp"
#include "spectra/io/formats.hpp"
#include "spectra/io/text.hpp"

// B&W Tek's BWSpec and BWRam text: "key;value" lines (one key is misspelt), column names, one row a pixel, decimal
// point or comma, blank cells outside the calibrated range. Operator, date and port stay in the file.
namespace singel::spectra::io {

bool looks_like_bwspec(std::string_view text) {
    return lower_case(text.substr(0, 64)).starts_with("file version;bw");
}

Measurements read_bwspec(std::string_view text, std::string_view source, const ReadLimits& limits) {
    const TableDialect dialect{';', {"model", "laser_wavelength", "intigration times(ms)", "pixel_num"}};
    auto table = read_column_table(text, source, dialect, limits);
    if (!table) return tl::unexpected(std::move(table.error()));

    TableMeaning meaning;
    meaning.shift = "raman shift";
    meaning.wavelength = "wavelength";
    meaning.dark = "dark";
    if (const auto nm = table->value("laser_wavelength"); nm && *nm > 0.0) meaning.excitation = core::DeviceNm{*nm};
    if (const auto ms = table->value("intigration times(ms)"); ms && *ms >= 0.0 && *ms < 1e9)
        meaning.integration_time = std::chrono::microseconds(std::llround(*ms * 1000.0));
    meaning.instrument.model = table->text("model");

    std::vector<Measurement> measurements;
    for (const ColumnTable::Column& column : table->columns) {
        constexpr std::string_view raw = "raw data #";
        if (!column.name.starts_with(raw)) continue;
        const std::string processed = "dark subtracted #" + column.name.substr(raw.size());
        meaning.raw = column.name;
        meaning.processed = processed;
        auto measurement = measurement_of(*table, meaning, source, measurements.size());
        if (!measurement) return tl::unexpected(std::move(measurement.error()));
        measurements.push_back(std::move(*measurement));
    }
    if (measurements.empty())
        return core::failure(core::Fault::wrong_format, "no column 'Raw data #1'", std::string(source));
    return measurements;
}

}  // namespace singel::spectra::io
