#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spectra/core/reference.hpp"
#include "spectra/core/result.hpp"
#include "spectra/learn/pairs.hpp"

// Which queries are which references: by a table of file names, or by equal names.
namespace singel::spectra::learn {

// One line of a pairs file: query_file,library_files[,kind]. Several library files are separated by semicolons; kind
// is solid, liquid or empty. Cells may be quoted as in RFC 4180. The first line names the columns.
struct PairLine {
    std::string query;
    std::vector<std::string> references;
    bool solid = false;
};

// Refuses another head, a line of another number of cells, and an empty cell where a name must be; where says the
// line.
core::Result<std::vector<PairLine>> parse_pairs(std::string_view text);

// The pairs of queries and references, and sentences about queries and lines that found no partner. File names are
// compared with the references' source and name, with or without their ending; queries and references that any line
// connects are one substance.
struct Matched {
    Paired paired;
    std::vector<std::string> notes;
};
Matched match(std::vector<Item> queries, const core::ReferenceSet& set, const std::vector<PairLine>& lines);

// The same where names decide: query and reference names that are equal when normalised.
Matched match(std::vector<Item> queries, const core::ReferenceSet& set);

}  // namespace singel::spectra::learn
