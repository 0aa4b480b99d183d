#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Plain text without locale: lines, fields and numbers as the text formats need them.
namespace singel::spectra::io {

struct Line {
    std::size_t number = 0;  // counts from 1
    std::string_view text;   // without its end
};

// Walks over lines that end in LF, CR LF or CR.
class LineReader {
public:
    explicit LineReader(std::string_view text) : rest_(text) {}
    std::optional<Line> next();

private:
    std::string_view rest_;
    std::size_t number_ = 0;
};

std::string_view trimmed(std::string_view text);
std::string lower_case(std::string_view text);  // ASCII letters only
std::string_view without_byte_order_mark(std::string_view text);

// Fields between separators, without blanks and double quotes around them; ' ' stands for any run of blanks and tabs.
// Trailing empty fields are kept.
std::vector<std::string_view> fields(std::string_view line, char separator);

// A finite number that fills the whole field; blanks around it do not count. A comma in it is a decimal comma, unless
// commas separate the fields.
std::optional<double> number(std::string_view field, char separator = ';');
// "", "NA", "NaN", "N/A", "?", "-": a value that was not measured.
bool is_missing(std::string_view field);

// What separates a line of at least two numbers: ';', tab, ',' or ' ' ("1,5 2,5" has blanks and decimal commas).
std::optional<char> separator_of(std::string_view line);

// "dir/caffeine.csv" -> "caffeine".
std::string stem(std::string_view source);

}  // namespace singel::spectra::io
