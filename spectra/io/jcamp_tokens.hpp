#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "spectra/core/result.hpp"

namespace singel::spectra::io {

// One item of a JCAMP-DX table line.
struct JcampToken {
    enum class Kind { value, difference, repeat, missing } kind = Kind::value;
    double number = 0.0;
    double rounding = 0.0;  // half a unit of the last written digit
};

// Splits a table line into its items, whatever mixture of forms it is in.
class JcampTokens {
public:
    JcampTokens(std::string_view line, bool decimal_comma);

    // The next item, none at the end of the line. Refuses what no form allows.
    core::Result<std::optional<JcampToken>> next();

private:
    core::Result<std::optional<JcampToken>> number(JcampToken::Kind kind, char sign, char first_digit);
    std::size_t exponent_length() const;
    bool decimal_at(std::size_t at) const;

    std::string_view line_;
    std::size_t at_ = 0;
    bool decimal_comma_;
    bool bare_exponents_;  // "1.2E03" may stand on this line
};

}  // namespace singel::spectra::io
