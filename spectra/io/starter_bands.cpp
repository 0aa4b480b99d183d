#include "spectra/io/starter_bands.hpp"

#include <algorithm>
#include <map>

#include "spectra/io/names.hpp"
#include "spectra/io/text.hpp"

namespace singel::spectra::io {
namespace {

using core::Fault;
using core::RamanShift;
using core::Result;

constexpr std::size_t band_columns = 11;

struct Source {
    std::string licence, citation;
};

struct Row {
    std::vector<std::string_view> cells;
    std::size_t line = 0;
};

// Lines after the header, cut at the first columns - 1 separators, so that the last cell may hold more of them.
Result<std::vector<Row>> rows_of(std::string_view text, std::size_t columns, std::string_view table) {
    std::vector<Row> rows;
    for (std::size_t line = 1; !text.empty(); ++line) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view rest = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line == 1 || rest.empty()) continue;
        Row row{{}, line};
        while (row.cells.size() + 1 < columns && rest.find(',') != std::string_view::npos) {
            row.cells.push_back(rest.substr(0, rest.find(',')));
            rest.remove_prefix(rest.find(',') + 1);
        }
        row.cells.push_back(rest);
        if (row.cells.size() != columns)
            return core::failure(Fault::wrong_format, "a row needs " + std::to_string(columns) + " columns",
                                 std::string(table) + " line " + std::to_string(line));
        rows.push_back(std::move(row));
    }
    return rows;
}

Result<Band> parse_band(const Row& row) {
    const auto position = number(row.cells[6], ','), uncertainty = number(row.cells[7], ','),
               intensity = number(row.cells[8], ',');
    const auto width = number(row.cells[9], ',');
    const bool sane = position && *position > 0.0 && *position < 4500.0 && uncertainty && *uncertainty > 0.0 &&
                      *uncertainty < 10.0 && intensity && *intensity > 0.0 && *intensity <= 1.0 &&
                      (row.cells[9].empty() || (width && *width > 1.0 && *width < 200.0));
    if (!sane)
        return core::failure(Fault::wrong_format, "no band has these numbers",
                             "starter bands line " + std::to_string(row.line));
    Band band{RamanShift{*position}, RamanShift{*uncertainty}, *intensity, std::nullopt};
    if (width) band.width = RamanShift{*width};
    return band;
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(separator), text.size());
        parts.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

// A set of bands that is still empty, with the texts of one of its rows.
BandSet described_by(const Row& row, const Source& source,
                     const std::map<std::string, std::vector<std::string>>& names) {
    BandSet set;
    set.substance.name = row.cells[0];
    if (const auto found = names.find(set.substance.name); found != names.end())
        set.substance.synonyms = found->second;
    set.form = row.cells[2];
    set.substance.substance_class = row.cells[3];
    set.substance.role = row.cells[4];
    set.substance.cas = row.cells[5];
    set.source_id = row.cells[10];
    set.citation = source.citation;
    set.licence = source.licence;
    return set;
}

Result<std::vector<BandSet>> gather(const std::vector<Row>& rows, const std::map<std::string, Source>& sources,
                                    const std::map<std::string, std::vector<std::string>>& names) {
    std::vector<BandSet> sets;
    std::string_view substance, number_of_set;
    for (const Row& row : rows) {
        const auto source = sources.find(std::string(row.cells[10]));
        if (source == sources.end())
            return core::failure(Fault::wrong_format, "the source is not listed",
                                 "starter bands line " + std::to_string(row.line));
        const auto band = parse_band(row);
        if (!band) return tl::unexpected(band.error());
        if (row.cells[0] != substance || row.cells[1] != number_of_set) {
            sets.push_back(described_by(row, source->second, names));
            substance = row.cells[0];
            number_of_set = row.cells[1];
        }
        sets.back().bands.push_back(*band);
    }
    return sets;
}

}  // namespace

Result<std::vector<BandSet>> parse_band_tables(std::string_view bands, std::string_view names,
                                               std::string_view sources) {
    const auto source_rows = rows_of(sources, 3, "starter sources");
    if (!source_rows) return tl::unexpected(source_rows.error());
    const auto name_rows = rows_of(names, 2, "starter names");
    if (!name_rows) return tl::unexpected(name_rows.error());
    const auto band_rows = rows_of(bands, band_columns, "starter bands");
    if (!band_rows) return tl::unexpected(band_rows.error());
    std::map<std::string, Source> known_sources;
    for (const Row& row : *source_rows)
        known_sources[std::string(row.cells[0])] = {std::string(row.cells[1]), std::string(row.cells[2])};
    std::map<std::string, std::vector<std::string>> synonyms;
    for (const Row& row : *name_rows) synonyms[std::string(row.cells[0])] = split(row.cells[1], ';');
    return gather(*band_rows, known_sources, synonyms);
}

const std::vector<BandSet>& starter_bands() {
    static const std::vector<BandSet> sets =
        core::value_or_throw(parse_band_tables(starter_bands_csv, starter_names_csv, starter_sources_csv));
    return sets;
}

const core::Substance* starter_substance(std::string_view name) {
    const auto& sets = starter_bands();
    const auto found = std::ranges::find_if(sets, [&](const BandSet& set) { return is_called(set.substance, name); });
    return found == sets.end() ? nullptr : &found->substance;
}

}  // namespace singel::spectra::io
