#include "spectra/io/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace singel::spectra::io {
namespace {

constexpr std::string_view blanks = " \t\f\v\r\n";

// Where to look for the separator behind a field that may stand in double quotes.
std::size_t quoted_length(std::string_view line, std::size_t at) {
    const std::size_t first = line.find_first_not_of(blanks, at);
    if (first == std::string_view::npos || line[first] != '"') return at;
    const std::size_t close = line.find('"', first + 1);
    return close == std::string_view::npos ? at : close + 1;
}

std::string_view unquoted(std::string_view field) {
    field = trimmed(field);
    if (field.size() >= 2 && field.front() == '"' && field.back() == '"') return field.substr(1, field.size() - 2);
    return field;
}

bool all_numbers(std::string_view line, char separator) {
    std::size_t numbers = 0;
    for (std::string_view part : fields(line, separator)) {
        if (number(part, separator))
            ++numbers;
        else if (!is_missing(part))
            return false;
    }
    return numbers >= 2;
}

}  // namespace

std::optional<Line> LineReader::next() {
    if (rest_.empty()) return std::nullopt;
    const std::size_t end = std::min(rest_.find_first_of("\r\n"), rest_.size());
    const Line line{++number_, rest_.substr(0, end)};
    const bool pair = rest_.substr(end).starts_with("\r\n");
    rest_.remove_prefix(std::min(rest_.size(), end + (pair ? 2 : 1)));
    return line;
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

std::string_view without_byte_order_mark(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    return text;
}

std::vector<std::string_view> fields(std::string_view line, char separator) {
    std::vector<std::string_view> parts;
    if (separator == ' ') {
        for (std::size_t at = line.find_first_not_of(blanks); at != std::string_view::npos;) {
            const std::size_t end = std::min(line.find_first_of(blanks, at), line.size());
            parts.push_back(line.substr(at, end - at));
            at = line.find_first_not_of(blanks, end);
        }
        return parts;
    }
    for (std::size_t at = 0;;) {
        const std::size_t end = line.find(separator, quoted_length(line, at));
        parts.push_back(unquoted(line.substr(at, end == std::string_view::npos ? end : end - at)));
        if (end == std::string_view::npos) return parts;
        at = end + 1;
    }
}

std::optional<double> number(std::string_view field, char separator) {
    std::array<char, 64> copy{};
    field = trimmed(field);
    if (field.starts_with('+') && !field.starts_with("+-")) field.remove_prefix(1);
    if (field.empty() || field.size() > copy.size()) return std::nullopt;
    std::ranges::copy(field, copy.begin());
    if (const std::size_t comma = field.find(','); comma != std::string_view::npos) {
        if (separator == ',' || field.find('.') != std::string_view::npos) return std::nullopt;
        copy[comma] = '.';
    }
    double value = 0.0;
    const auto [end, error] = std::from_chars(copy.data(), copy.data() + field.size(), value);
    if (error != std::errc{} || end != copy.data() + field.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

bool is_missing(std::string_view field) {
    const std::string lower = lower_case(trimmed(field));
    return lower.empty() || lower == "na" || lower == "nan" || lower == "n/a" || lower == "?" || lower == "-";
}

std::optional<char> separator_of(std::string_view line) {
    line = trimmed(line);
    for (const char separator : {';', '\t', ' ', ','}) {
        // "1, 2" is no pair of 1.0 and 2: digits follow a decimal comma.
        if (separator == ' ' && line.find(", ") != std::string_view::npos) continue;
        if (all_numbers(line, separator)) return separator;
    }
    return std::nullopt;
}

std::string stem(std::string_view source) {
    source = source.substr(source.find_last_of("/\\") + 1);
    const std::size_t dot = source.rfind('.');
    return std::string(source.substr(0, dot == 0 ? std::string_view::npos : dot));
}

}  // namespace singel::spectra::io
