#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spectra/io/measurement.hpp"

namespace singel::spectra::io {

// Text of "key, value" lines, one line of column names that begins with "Pixel", and rows of numbers. The makers'
// programs write it: ENLIGHTEN with commas, BWSpec with semicolons.
struct ColumnTable {
    struct Column {
        std::string name;            // lower case
        std::vector<double> values;  // NaN where nothing was measured
    };
    std::vector<std::pair<std::string, std::string>> keys;  // lower case, value as written
    std::vector<Column> columns;

    std::string_view text(std::string_view key) const;               // empty when there is none
    std::optional<double> value(std::string_view key) const;         // none when it is no number
    const std::vector<double>* column(std::string_view name) const;  // none when it is not there
};

// What the columns of such a table mean.
struct TableMeaning {
    std::string_view shift, wavelength;        // names of the axis columns, either may be missing
    std::string_view raw, dark, processed;     // names of the value columns, any may be missing
    std::optional<core::DeviceNm> excitation;  // none or positive
    core::RamanShift offset{};                 // added to shifts that are computed from wavelengths
    std::optional<std::chrono::microseconds> integration_time;
    core::InstrumentIdentity instrument;
};

// Rows without axis value at both ends are left out; one between others is an error.
core::Result<Measurement> measurement_of(const ColumnTable& table, const TableMeaning& meaning,
                                         std::string_view source, std::size_t index);

// Only these keys are kept: the others may name persons, places and times.
struct TableDialect {
    char separator = ',';
    std::vector<std::string_view> keys;
};

core::Result<ColumnTable> read_column_table(std::string_view text, std::string_view source,
                                            const TableDialect& dialect, const ReadLimits& limits);

}  // namespace singel::spectra::io
