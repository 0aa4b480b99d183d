#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>

#include "spectra/io/axis_words.hpp"
#include "spectra/io/formats.hpp"
#include "spectra/io/measurement.hpp"
#include "spectra/io/text.hpp"

// Text without a fixed form: header lines of any kind, then x and y on each line; or x on one line and one spectrum
// on each line below it, with or without a name in front. RRUFF's "##KEY=value" lines are header lines.
namespace singel::spectra::io {
namespace {

using core::Fault;

constexpr std::size_t most_header_bytes = std::size_t{1} << 16;

core::Error wrong(std::string what, std::string_view source, std::size_t line) {
    return {Fault::wrong_format, std::move(what), at_line(source, line), {}};
}

// A header line names the abscissa in "Raman shift (cm-1)"; of "##KEY=value" and "Key: value" only some may be read.
bool may_be_read(std::string_view line) {
    const std::string lower = lower_case(line);
    return std::ranges::none_of(
        std::initializer_list<std::string_view>{"user", "operator", "owner", "name", "comment", "description", "note",
                                                "url", "source"},
        [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

struct Body {
    std::string head;  // the header lines that may be read
    char separator = ',';
    std::size_t names = 0;      // fields before the numbers: 0 or 1
    std::size_t width = 0;      // numbers on a row, when each row is a spectrum; else 0
    std::optional<Line> first;  // first line of numbers
};

// A line that begins with many numbers, behind a name or not, is an axis; what follows them describes the rows.
bool is_axis_row(std::string_view line, Body& body) {
    for (const char separator : {';', '\t', ','}) {
        const auto parts = fields(line, separator);
        const auto is_number = [&](std::string_view part) { return number(part, separator).has_value(); };
        const std::size_t names = is_number(parts.front()) ? 0 : 1;
        const auto end =
            std::ranges::find_if_not(parts.begin() + static_cast<std::ptrdiff_t>(names), parts.end(), is_number);
        const auto width = static_cast<std::size_t>(end - parts.begin()) - names;
        if (width < fewest_points) continue;
        body.separator = separator;
        body.names = names;
        body.width = width;
        return true;
    }
    return false;
}

bool is_pair(std::string_view line, Body& body) {
    const auto separator = separator_of(line);
    if (separator) body.separator = *separator;
    return separator.has_value();
}

Body read_head(LineReader& lines) {
    Body body;
    while (const auto line = lines.next()) {
        const bool label = trimmed(line->text).starts_with("##");
        if (!label && (is_axis_row(line->text, body) || is_pair(line->text, body))) {
            body.first = line;
            return body;
        }
        if (body.head.size() < most_header_bytes && may_be_read(line->text))
            body.head.append(line->text.substr(0, most_header_bytes)).push_back('\n');
    }
    return body;
}

Measurement make(const core::Axis& axis, std::vector<double> values, const AxisWords& words, std::string title,
                 std::string_view source, std::size_t index) {
    Origin origin;
    origin.technique = words.technique;
    origin.provenance.source = fmt::format("{}#{}", source, index);
    if (words.guessed)
        origin.provenance = origin.provenance.with("axis", fmt::format("guessed={}", core::name(axis.kind())));
    Measurement measurement;
    measurement.title = std::move(title);
    measurement.processed = column_spectrum(axis, std::move(values), core::NoiseBasis::none, origin);
    if (words.guessed)
        measurement.warnings.push_back(
            fmt::format("the file does not say what its axis is: taken as {}", core::name(axis.kind())));
    return measurement;
}

// Values of a line; none and an error text when one is no number.
core::Result<std::vector<double>> values_of(std::span<const std::string_view> parts, char separator,
                                            std::string_view source, std::size_t line) {
    std::vector<double> values;
    values.reserve(parts.size());
    for (std::string_view part : parts) {
        const auto value = number(part, separator);
        if (!value && !is_missing(part))
            return tl::unexpected(wrong(fmt::format("{} is not a number", shown(part)), source, line));
        values.push_back(value.value_or(std::numeric_limits<double>::quiet_NaN()));
    }
    return values;
}

core::Result<AxisWords> words_of(const Body& body, std::span<const double> x, std::string_view source) {
    auto words = axis_words(body.head, x);
    if (!words) words.error().where = source;
    return words;
}

Measurements read_pairs(LineReader& lines, const Body& body, std::string_view source, const ReadLimits& limits) {
    std::vector<double> x, y;
    for (auto line = body.first; line; line = lines.next()) {
        const std::string_view text = trimmed(line->text);
        if (text.empty()) continue;
        if (text.starts_with("##END") || text.starts_with(">>>>>End")) break;
        auto parts = fields(text, body.separator);
        if (parts.size() == 3 && parts.back().empty()) parts.pop_back();
        if (parts.size() != 2)
            return tl::unexpected(
                wrong(fmt::format("{} columns where 2 are expected", parts.size()), source, line->number));
        auto pair = values_of(parts, body.separator, source, line->number);
        if (!pair) return tl::unexpected(std::move(pair.error()));
        if (std::isnan((*pair)[0])) return tl::unexpected(wrong("the first column is empty", source, line->number));
        if (x.size() >= limits.max_points)
            return tl::unexpected(wrong(fmt::format("more than {} points", limits.max_points), source, line->number));
        x.push_back((*pair)[0]);
        y.push_back((*pair)[1]);
    }
    if (x.size() < fewest_points)
        return core::failure(
            Fault::wrong_format,
            fmt::format("{} points are no spectrum: at least {} are needed", x.size(), fewest_points),
            std::string(source));
    auto words = words_of(body, x, source);
    if (!words) return tl::unexpected(std::move(words.error()));
    auto axis = core::Axis::make(words->kind, std::move(x));
    if (!axis) {
        axis.error().where = source;
        return tl::unexpected(std::move(axis.error()));
    }
    if (std::ranges::all_of(y, [](double v) { return std::isnan(v); }))
        return core::failure(Fault::wrong_format, "no value is known", std::string(source));
    std::vector<Measurement> measurements;
    measurements.push_back(make(*axis, std::move(y), *words, stem(source), source, 0));
    return measurements;
}

// The numbers of a row under an axis.
core::Result<std::vector<double>> row_values(const Body& body, const std::vector<std::string_view>& parts,
                                             std::string_view source, std::size_t line) {
    if (parts.size() < body.names + body.width)
        return tl::unexpected(wrong(fmt::format("{} values where the axis has {}",
                                                parts.size() - std::min(parts.size(), body.names), body.width),
                                    source, line));
    return values_of(std::span(parts).subspan(body.names, body.width), body.separator, source, line);
}

// One spectrum a row.
Measurements read_rows(LineReader& lines, const Body& body, std::string_view source, const ReadLimits& limits) {
    auto x = row_values(body, fields(body.first->text, body.separator), source, body.first->number);
    if (!x) return tl::unexpected(std::move(x.error()));
    auto words = words_of(body, *x, source);
    if (!words) return tl::unexpected(std::move(words.error()));
    auto axis = core::Axis::make(words->kind, std::move(*x));
    if (!axis) return tl::unexpected(wrong(axis.error().what, source, body.first->number));

    std::vector<Measurement> measurements;
    while (const auto line = lines.next()) {
        if (trimmed(line->text).empty()) continue;
        const std::size_t index = measurements.size();
        if ((index + 1) * body.width > limits.max_points)
            return tl::unexpected(wrong(fmt::format("more than {} points", limits.max_points), source, line->number));
        const auto parts = fields(line->text, body.separator);
        auto y = row_values(body, parts, source, line->number);
        if (!y) return tl::unexpected(std::move(y.error()));
        std::string title =
            body.names > 0 ? std::string(parts.front()) : fmt::format("{} {}", stem(source), index + 1);
        measurements.push_back(make(*axis, std::move(*y), *words, std::move(title), source, index));
    }
    if (measurements.empty())
        return tl::unexpected(wrong("an axis without a spectrum under it", source, body.first->number));
    return measurements;
}

}  // namespace

Measurements read_plain_text(std::string_view text, std::string_view source, const ReadLimits& limits) {
    LineReader lines(text);
    const Body body = read_head(lines);
    if (!body.first)
        return core::failure(Fault::wrong_format, "no line with two numbers: not a spectrum", std::string(source),
                             "ENLIGHTEN CSV, BWSpec text, JCAMP-DX and text of two columns are read");
    if (body.width > 0) return read_rows(lines, body, source, limits);
    return read_pairs(lines, body, source, limits);
}

}  // namespace singel::spectra::io
