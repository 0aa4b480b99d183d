#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

#include "spectra/io/formats.hpp"
#include "spectra/io/jcamp_block.hpp"
#include "spectra/io/measurement.hpp"
#include "spectra/io/text.hpp"

namespace singel::spectra::io {
namespace {

using core::Fault;

constexpr std::size_t head_bytes = std::size_t{1} << 16;
// Only these labels are kept: owner, origin, date and the rest may name persons and places.
constexpr auto kept =
    std::to_array<std::string_view>({"TITLE", "DATATYPE", "XUNITS", "YUNITS", "FIRSTX", "LASTX", "DELTAX", "FIRSTY",
                                     "NPOINTS", "XFACTOR", "YFACTOR", "SPECTROMETERDATASYSTEM"});
constexpr auto tables = std::to_array<std::string_view>({"XYDATA", "XYPOINTS", "PEAKTABLE", "NTUPLES"});

std::string_view without_comment(std::string_view line) {
    return line.substr(0, line.find("$$"));
}

// Labels are equal when they differ in case, blanks, '-', '/' and '_' only.
std::string label_of(std::string_view text) {
    std::string label;
    for (char c : text) {
        if (c == ' ' || c == '\t' || c == '-' || c == '/' || c == '_') continue;
        label += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return label;
}

// Collects records into blocks. A block ends at END, at the next TITLE, or with the file.
class Blocks {
public:
    void record(std::size_t line, std::string_view text) {
        const std::size_t equals = std::min(text.find('='), text.size());
        const std::string label = label_of(text.substr(0, equals));
        const std::string_view value = trimmed(text.substr(std::min(equals + 1, text.size())));
        in_table_ = false;
        if (label == "TITLE") begin(line);
        if (label == "END") return end();
        if (std::ranges::find(kept, label) != kept.end()) current_.records.emplace_back(label, value);
        if (std::ranges::find(tables, label) == tables.end()) return;
        if (!current_.table.empty()) begin(line);
        in_table_ = true;
        current_.table = label;
        current_.form = value;
        current_.line = line;
    }

    void continuation(std::size_t line, std::string_view text) {
        if (in_table_ && !trimmed(text).empty()) current_.lines.push_back({line, text});
    }

    std::vector<JcampBlock> take() {
        begin(0);
        return std::move(blocks_);
    }

private:
    void begin(std::size_t line) {
        if (!current_.table.empty()) blocks_.push_back(std::move(current_));
        current_ = {};
        current_.line = line;
    }

    void end() {
        current_.ended = true;
        begin(0);
    }

    std::vector<JcampBlock> blocks_;
    JcampBlock current_;
    bool in_table_ = false;
};

std::vector<JcampBlock> blocks_of(std::string_view text) {
    Blocks blocks;
    LineReader lines(text);
    while (const auto line = lines.next()) {
        const std::string_view plain = trimmed(without_comment(line->text));
        if (plain.starts_with("##"))
            blocks.record(line->number, plain.substr(2));
        else
            blocks.continuation(line->number, without_comment(line->text));
    }
    return blocks.take();
}

}  // namespace

bool looks_like_jcamp(std::string_view text) {
    LineReader lines(text.substr(0, head_bytes));
    bool first = true;
    while (const auto line = lines.next()) {
        const std::string_view plain = trimmed(line->text);
        if (plain.empty() || plain.starts_with("$$")) continue;
        if (!plain.starts_with("##")) {
            if (first) return false;
            continue;
        }
        first = false;
        const std::string label = label_of(plain.substr(2, plain.find('=') - 2));
        if (label == "JCAMPDX" || label == "DATATYPE" || std::ranges::find(tables, label) != tables.end())
            return true;
    }
    return false;
}

Measurements read_jcamp(std::string_view text, std::string_view source, const ReadLimits& limits) {
    const std::vector<JcampBlock> blocks = blocks_of(text);
    if (blocks.empty()) return core::failure(Fault::wrong_format, "no block with a data table", std::string(source));
    std::vector<Measurement> measurements;
    std::vector<core::Error> refused;
    std::size_t points = 0;
    for (const JcampBlock& block : blocks) {
        auto measurement = read_block(block, source, measurements.size(), limits.max_points - points);
        if (!measurement) {
            refused.push_back(std::move(measurement.error()));
            continue;
        }
        points += measurement->processed.size();
        measurements.push_back(std::move(*measurement));
    }
    if (measurements.empty()) return tl::unexpected(std::move(refused.front()));
    for (const core::Error& error : refused)
        measurements.front().warnings.push_back("a block was left out: " + error.sentence());
    return measurements;
}

}  // namespace singel::spectra::io
