#include <cmath>
#include <fmt/format.h>

#include "spectra/io/column_table.hpp"
#include "spectra/io/formats.hpp"
#include "spectra/io/text.hpp"

// ENLIGHTEN's column CSV: a block of "Field,value", an empty line, the column names, one row a pixel. Its authors
// keep the names stable because others read them. Label, Note, Prefix and all times stay in the file.
namespace singel::spectra::io {
namespace {

constexpr std::size_t head_bytes = 4096;  // the first field stands at the beginning of the file

TableMeaning meaning_of(const ColumnTable& table) {
    TableMeaning meaning;
    meaning.shift = "wavenumber";
    meaning.wavelength = "wavelength";
    meaning.raw = "raw";
    meaning.dark = "dark";
    meaning.processed = "processed";
    if (const auto nm = table.value("laser wavelength"); nm && *nm > 0.0) meaning.excitation = core::DeviceNm{*nm};
    meaning.offset = core::RamanShift{table.value("wavenumber correction").value_or(0.0)};
    if (const auto ms = table.value("integration time"); ms && *ms >= 0.0 && *ms < 1e9)
        meaning.integration_time = std::chrono::microseconds(std::llround(*ms * 1000.0));
    meaning.instrument.model = table.text("model");
    meaning.instrument.serial = table.text("serial number");
    meaning.instrument.simulated =
        lower_case(table.text("simulated")).starts_with("yes");  // `singel capture` writes it
    return meaning;
}

}  // namespace

bool looks_like_enlighten(std::string_view text) {
    const std::string head = lower_case(text.substr(0, head_bytes));
    return head.starts_with("enlighten version,") || head.find("\nenlighten version,") != std::string::npos ||
           head.starts_with("pixel,");
}

Measurements read_enlighten(std::string_view text, std::string_view source, const ReadLimits& limits) {
    const TableDialect dialect{',',
                               {"model", "serial number", "simulated", "laser wavelength", "integration time",
                                "pixel count", "wavenumber correction"}};
    auto table = read_column_table(text, source, dialect, limits);
    if (!table) return tl::unexpected(std::move(table.error()));
    const auto pixels = table->value("pixel count");
    const std::size_t rows = table->columns.front().values.size();
    if (table->column("raw") != nullptr && pixels && static_cast<double>(rows) < *pixels)
        return core::failure(core::Fault::wrong_format,
                             fmt::format("the file ends early: {} of {} pixels", rows, *pixels), std::string(source));
    auto measurement = measurement_of(*table, meaning_of(*table), source, 0);
    if (!measurement) return tl::unexpected(std::move(measurement.error()));
    return std::vector<Measurement>{std::move(*measurement)};
}

}  // namespace singel::spectra::io
