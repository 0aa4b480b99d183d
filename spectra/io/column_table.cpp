#include "spectra/io/column_table.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>

#include "spectra/io/text.hpp"

namespace singel::spectra::io {
namespace {

constexpr std::size_t most_columns = 256;

using core::Fault;

// Reads the lines up to the column names. False when the text ends before them.
bool read_head(LineReader& lines, const TableDialect& dialect, ColumnTable& table) {
    while (const auto line = lines.next()) {
        const auto parts = fields(line->text, dialect.separator);
        const std::string key = lower_case(parts.front());
        if (key == "pixel" && parts.size() >= 2) {
            for (std::string_view part : parts) table.columns.push_back({lower_case(part), {}});
            if (table.columns.back().name.empty()) table.columns.pop_back();
            return table.columns.size() <= most_columns;
        }
        if (parts.size() >= 2 && std::ranges::find(dialect.keys, key) != dialect.keys.end())
            table.keys.emplace_back(key, parts[1]);
    }
    return false;
}

core::Result<void> read_row(const Line& line, std::string_view source, char separator, ColumnTable& table) {
    const auto parts = fields(line.text, separator);
    if (parts.size() < table.columns.size())
        return core::failure(Fault::wrong_format,
                             fmt::format("the row has {} of {} columns", parts.size(), table.columns.size()),
                             at_line(source, line.number));
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const auto value = number(parts[i], separator);
        if (!value && !is_missing(parts[i]))
            return core::failure(Fault::wrong_format,
                                 fmt::format("{} under '{}' is not a number", shown(parts[i]), table.columns[i].name),
                                 at_line(source, line.number));
        table.columns[i].values.push_back(value.value_or(std::numeric_limits<double>::quiet_NaN()));
    }
    return {};
}

}  // namespace

std::string_view ColumnTable::text(std::string_view key) const {
    const auto found = std::ranges::find(keys, key, &std::pair<std::string, std::string>::first);
    return found == keys.end() ? std::string_view() : std::string_view(found->second);
}

std::optional<double> ColumnTable::value(std::string_view key) const {
    return number(text(key));
}

const std::vector<double>* ColumnTable::column(std::string_view name) const {
    const auto found = std::ranges::find(columns, name, &Column::name);
    return found == columns.end() ? nullptr : &found->values;
}

core::Result<ColumnTable> read_column_table(std::string_view text, std::string_view source,
                                            const TableDialect& dialect, const ReadLimits& limits) {
    ColumnTable table;
    LineReader lines(text);
    if (!read_head(lines, dialect, table))
        return core::failure(Fault::wrong_format, "no line of column names that begins with 'Pixel'",
                             std::string(source));
    std::size_t rows = 0;
    while (const auto line = lines.next()) {
        if (trimmed(line->text).empty()) continue;
        if (++rows * table.columns.size() > limits.max_points)
            return core::failure(Fault::wrong_format,
                                 fmt::format("more than {} values in one file", limits.max_points),
                                 at_line(source, line->number));
        if (auto row = read_row(*line, source, dialect.separator, table); !row)
            return tl::unexpected(std::move(row.error()));
    }
    if (rows < fewest_points)
        return core::failure(Fault::wrong_format,
                             fmt::format("{} rows are no spectrum: at least {} are needed", rows, fewest_points),
                             std::string(source));
    return table;
}

}  // namespace singel::spectra::io
