#include "spectra/io/jcamp_tokens.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

#include "spectra/io/text.hpp"

namespace singel::spectra::io {
namespace {

constexpr std::size_t longest_number = 48;

bool digit(char c) {
    return c >= '0' && c <= '9';
}

bool blank(char c) {
    return c == ' ' || c == '\t' || c == '\f' || c == '\v';
}

// What a letter stands for as the first digit of a number.
struct Letter {
    JcampToken::Kind kind;
    char sign, digit;
};

std::optional<Letter> letter(char c) {
    using Kind = JcampToken::Kind;
    const auto counted = [c](char one, char first) { return static_cast<char>(first + (c - one)); };
    if (c == '@') return Letter{Kind::value, '+', '0'};
    if (c >= 'A' && c <= 'I') return Letter{Kind::value, '+', counted('A', '1')};
    if (c >= 'a' && c <= 'i') return Letter{Kind::value, '-', counted('a', '1')};
    if (c == '%') return Letter{Kind::difference, '+', '0'};
    if (c >= 'J' && c <= 'R') return Letter{Kind::difference, '+', counted('J', '1')};
    if (c >= 'j' && c <= 'r') return Letter{Kind::difference, '-', counted('j', '1')};
    if (c >= 'S' && c <= 'Z') return Letter{Kind::repeat, '+', counted('S', '1')};
    if (c == 's') return Letter{Kind::repeat, '+', '9'};
    return std::nullopt;
}

// The number in "E-03"; 0 for nothing.
double power(std::string_view exponent) {
    int value = 0;
    if (!exponent.empty()) std::from_chars(exponent.data() + 1, exponent.data() + exponent.size(), value);
    return value;
}

// E and e are digits in SQZ form and exponents in free form. Without a sign they are exponents only on a line that
// separates its numbers by blanks and has no other letter.
bool free_numbers_only(std::string_view line) {
    bool gap = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (letter(line[i]) && line[i] != 'E' && line[i] != 'e') return false;
        gap = gap || (i > 0 && blank(line[i]) && digit(line[i - 1]) && i + 1 < line.size());
    }
    return gap;
}

}  // namespace

JcampTokens::JcampTokens(std::string_view line, bool decimal_comma)
    : line_(trimmed(line)), decimal_comma_(decimal_comma), bare_exponents_(free_numbers_only(line_)) {}

core::Result<std::optional<JcampToken>> JcampTokens::next() {
    while (at_ < line_.size() && (blank(line_[at_]) || line_[at_] == ';' || (line_[at_] == ',' && !decimal_at(at_))))
        ++at_;
    if (at_ == line_.size()) return std::optional<JcampToken>();
    const char c = line_[at_];
    if (c == '?') {
        ++at_;
        return std::optional(JcampToken{JcampToken::Kind::missing});
    }
    if (c == '+' || c == '-') {
        ++at_;
        return number(JcampToken::Kind::value, c, '\0');
    }
    if (digit(c) || decimal_at(at_)) return number(JcampToken::Kind::value, '+', '\0');
    if (const auto meaning = letter(c)) {
        ++at_;
        return number(meaning->kind, meaning->sign, meaning->digit);
    }
    return core::failure(core::Fault::wrong_format, fmt::format("a character of code {} has no place in a table",
                                                                static_cast<unsigned char>(c)));
}

core::Result<std::optional<JcampToken>> JcampTokens::number(JcampToken::Kind kind, char sign, char first_digit) {
    std::array<char, longest_number + 8> text{};
    std::size_t size = 0, decimals = 0;
    bool fraction = false;
    if (sign == '-') text[size++] = '-';
    if (first_digit != '\0') text[size++] = first_digit;
    while (at_ < line_.size() && size < longest_number && (digit(line_[at_]) || (!fraction && decimal_at(at_)))) {
        const bool point = !digit(line_[at_]);
        decimals += fraction ? 1 : 0;
        fraction = fraction || point;
        text[size++] = point ? '.' : line_[at_];
        ++at_;
    }
    const std::size_t mantissa = size;
    const std::size_t exponent = first_digit == '\0' ? exponent_length() : 0;
    for (std::size_t i = 0; i < exponent; ++i, ++at_)
        if (line_[at_] != '+') text[size++] = line_[at_];
    JcampToken token{kind};
    const auto [end, error] = std::from_chars(text.data(), text.data() + size, token.number);
    if (error != std::errc{} || end != text.data() + size || !std::isfinite(token.number))
        return core::failure(core::Fault::wrong_format,
                             fmt::format("'{}' is not a number", std::string_view(text.data(), size)));
    token.rounding = 0.5 * std::pow(10.0, power(std::string_view(text.data(), size).substr(mantissa)) -
                                              static_cast<double>(decimals));
    return std::optional(token);
}

std::size_t JcampTokens::exponent_length() const {
    std::size_t end = at_;
    if (end == line_.size() || (line_[end] != 'E' && line_[end] != 'e')) return 0;
    ++end;
    const bool sign = end < line_.size() && (line_[end] == '+' || line_[end] == '-');
    if (!sign && !bare_exponents_) return 0;
    if (sign) ++end;
    const std::size_t first = end;
    while (end < line_.size() && digit(line_[end])) ++end;
    const bool closed = end == line_.size() || blank(line_[end]) || line_[end] == ',' || line_[end] == ';';
    return closed && end > first && end - first <= 3 ? end - at_ : 0;
}

bool JcampTokens::decimal_at(std::size_t at) const {
    if (line_[at] == '.') return true;
    return decimal_comma_ && line_[at] == ',' && at + 1 < line_.size() && digit(line_[at + 1]);
}

}  // namespace singel::spectra::io
