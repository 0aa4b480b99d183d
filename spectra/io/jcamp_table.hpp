#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "spectra/core/result.hpp"
#include "spectra/io/text.hpp"

// The data tables of JCAMP-DX 4.24 and 5.01 (McDonald, Wilks, Appl. Spectrosc. 42 (1988) 151): free numbers (AFFN),
// sign as separator (PAC), letter as first digit (SQZ), letter as first digit of a difference (DIF), repeat count
// (DUP).
namespace singel::spectra::io {

struct TableStyle {
    bool decimal_comma = false;
    std::size_t max_points = 0;
    std::string_view source;  // for error messages
};

// (X++(Y..Y)): each line is an abscissa and the ordinates from there on.
struct OrdinateTable {
    struct LineStart {
        std::size_t line = 0;     // in the file
        double x = 0.0;           // as written, before XFACTOR
        double x_rounding = 0.0;  // half a unit of its last digit
        std::size_t index = 0;    // of the ordinate that x belongs to
    };
    std::vector<double> values;  // before YFACTOR; NaN for '?'
    std::vector<LineStart> starts;
};

// Lines come without comments. Refuses unknown characters, a difference without a value before it, a check ordinate
// that does not repeat the last value, and more than max_points.
core::Result<OrdinateTable> decode_ordinates(std::span<const Line> lines, const TableStyle& style);

// (XY..XY): pairs, any number on a line.
struct PairTable {
    std::vector<double> x, y;
};

core::Result<PairTable> decode_pairs(std::span<const Line> lines, const TableStyle& style);

}  // namespace singel::spectra::io
