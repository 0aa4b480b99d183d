#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spectra/io/read_spectra.hpp"
#include "spectra/io/text.hpp"

namespace singel::spectra::io {

// One block of a JCAMP-DX file, taken apart but not interpreted.
struct JcampBlock {
    std::size_t line = 0;                                      // of the table's label
    std::vector<std::pair<std::string, std::string>> records;  // label as compared, value without comment
    std::string table;                                         // "XYDATA" …; empty when the block has none
    std::string form;                                          // "(X++(Y..Y))"
    std::vector<Line> lines;                                   // of the table, without comments
    bool ended = false;                                        // by END

    std::string_view text(std::string_view label) const;  // empty when there is none
};

// Checks the block as the standard asks (NPOINTS, FIRSTY, abscissa of each line) and makes a spectrum of it. What
// is known to go wrong in files and does no harm becomes a warning.
core::Result<Measurement> read_block(const JcampBlock& block, std::string_view source, std::size_t index,
                                     std::size_t max_points);

}  // namespace singel::spectra::io
