#include "spectra/learn/pairs_file.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <numeric>

#include "spectra/identify/names.hpp"

namespace singel::spectra::learn {
namespace {

core::Error wrong(std::size_t line, std::string what) {
    return {core::Fault::wrong_format, std::move(what), fmt::format("line {}", line),
            "the columns are query_file,library_files,kind"};
}

// The cells of one line; quotes as in RFC 4180, a doubled quote is one.
std::vector<std::string> cells_of(std::string_view line) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
            cells.back() += '"';
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            cells.emplace_back();
        } else if (c != '\r') {
            cells.back() += c;
        }
    }
    return cells;
}

std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> parts;
    while (true) {
        const std::size_t end = std::min(text.find(at), text.size());
        if (end > 0) parts.emplace_back(text.substr(0, end));
        if (end == text.size()) return parts;
        text.remove_prefix(end + 1);
    }
}

core::Result<PairLine> pair_line(const std::vector<std::string>& cells, std::size_t number) {
    if (cells.size() < 2 || cells.size() > 3)
        return tl::unexpected(wrong(number, fmt::format("the line has {} cells, not two or three", cells.size())));
    PairLine line{cells[0], split(cells[1], ';'), cells.size() == 3 && cells[2] == "solid"};
    if (cells.size() == 3 && !cells[2].empty() && cells[2] != "solid" && cells[2] != "liquid")
        return tl::unexpected(wrong(number, "the kind is neither solid nor liquid"));
    if (line.query.empty() || line.references.empty())
        return tl::unexpected(wrong(number, "the line names no query or no library file"));
    return line;
}

// Every name under which a file or reference may be written down.
std::string without_ending(const std::string& file) {
    const std::size_t dot = file.rfind('.');
    return identify::normalised(file.substr(0, dot == std::string::npos || dot == 0 ? file.size() : dot));
}

std::vector<std::string> keys_of(const core::Reference& reference) {
    const std::size_t slash = reference.source.rfind('/');
    const std::string file = slash == std::string::npos ? reference.source : reference.source.substr(slash + 1);
    std::vector<std::string> keys{identify::normalised(reference.substance.name), without_ending(file)};
    keys.push_back(without_ending(reference.substance.name));
    return keys;
}

// Sets of things that are connected, by their least member.
class Connected {
public:
    explicit Connected(std::size_t count) : of_(count) { std::iota(of_.begin(), of_.end(), std::size_t{0}); }
    std::size_t of(std::size_t i) const { return of_[i] == i ? i : of(of_[i]); }
    void connect(std::size_t a, std::size_t b) {
        const auto [low, high] = std::minmax({of(a), of(b)});  // values: a pair of references would dangle
        of_[high] = low;
    }

private:
    std::vector<std::size_t> of_;
};

// Pairs that share a reference, or a query, are one substance under the first one's name.
void name_substances(Paired& paired, std::size_t references) {
    Connected connected(paired.queries.size() + references);
    for (const Pair& pair : paired.pairs)
        for (const std::size_t reference : pair.references)
            connected.connect(pair.query, paired.queries.size() + reference);
    for (Pair& pair : paired.pairs) pair.substance = paired.queries[connected.of(pair.query)].name;
}

}  // namespace

core::Result<std::vector<PairLine>> parse_pairs(std::string_view text) {
    std::vector<PairLine> lines;
    const std::vector<std::string> rows = split(text, '\n');
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto cells = cells_of(rows[i]);
        if (i == 0) {
            if (cells.size() < 2 || cells[0] != "query_file" || cells[1] != "library_files")
                return tl::unexpected(wrong(1, "this is not a pairs file"));
            continue;
        }
        if (cells.size() == 1 && cells[0].empty()) continue;
        auto line = pair_line(cells, i + 1);
        if (!line) return tl::unexpected(line.error());
        lines.push_back(*std::move(line));
    }
    if (lines.empty()) return tl::unexpected(wrong(1, "the pairs file names no pair"));
    return lines;
}

Matched match(std::vector<Item> queries, const core::ReferenceSet& set, const std::vector<PairLine>& lines) {
    Matched matched{{std::move(queries), {}}, {}};
    std::multimap<std::string, std::size_t> query_of, reference_of;
    for (std::size_t i = 0; i < matched.paired.queries.size(); ++i)
        query_of.emplace(identify::normalised(matched.paired.queries[i].name), i);
    for (std::size_t i = 0; i < set.references.size(); ++i)
        for (const std::string& key : keys_of(set.references[i])) reference_of.emplace(key, i);
    for (const PairLine& line : lines) {
        Pair pair;
        pair.solid = line.solid;
        for (const std::string& file : line.references) {
            const auto [first, last] = reference_of.equal_range(without_ending(file));
            for (auto it = first; it != last; ++it) pair.references.push_back(it->second);
        }
        std::ranges::sort(pair.references);
        pair.references.erase(std::unique(pair.references.begin(), pair.references.end()), pair.references.end());
        const auto [first, last] = query_of.equal_range(without_ending(line.query));
        if (first == last) matched.notes.push_back(fmt::format("no query is called {}", line.query));
        if (pair.references.empty())
            matched.notes.push_back(fmt::format("the library has none of the references of {}", line.query));
        for (auto it = first; it != last && !pair.references.empty(); ++it) {
            pair.query = it->second;
            matched.paired.pairs.push_back(pair);
        }
    }
    name_substances(matched.paired, set.references.size());
    return matched;
}

Matched match(std::vector<Item> queries, const core::ReferenceSet& set) {
    std::vector<PairLine> lines;
    for (const Item& query : queries) lines.push_back({query.name + ".", {query.name + "."}, false});
    return match(std::move(queries), set, lines);
}

}  // namespace singel::spectra::learn
