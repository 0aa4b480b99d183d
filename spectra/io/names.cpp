#include "spectra/io/names.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace singel::spectra::io {
namespace {

// Levenshtein, Soviet Physics Doklady 10 (1966) 707: insertions, deletions and replacements between two texts.
std::size_t edits_between(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
        }
    }
    return row.back();
}

}  // namespace

std::string name_key(std::string_view name) {
    std::string key;
    key.reserve(name.size());
    for (char c : name) {
        if (c == '_' || c == ' ' || c == '\t') {
            if (!key.empty() && key.back() != ' ') key += ' ';
        } else {
            key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    if (!key.empty() && key.back() == ' ') key.pop_back();
    return key;
}

bool is_called(const core::Substance& substance, std::string_view name) {
    const std::string key = name_key(name);
    return name_key(substance.name) == key ||
           std::ranges::any_of(substance.synonyms, [&](const auto& synonym) { return name_key(synonym) == key; });
}

std::vector<std::string> near_names(std::string_view name, const core::ReferenceSet& library, std::size_t count) {
    // A long text costs its square and is no misspelling of anything.
    constexpr std::size_t longest = 100;
    if (name.size() > longest) return {};
    const std::string key = name_key(name);
    std::vector<std::pair<std::size_t, std::string>> near;
    const auto consider = [&](const std::string& known) {
        if (known.size() > longest) return;
        const std::string other = name_key(known);
        const bool contained = key.size() >= 3 && other.find(key) != std::string::npos;
        const std::size_t edits = contained ? 1 : edits_between(key, other);
        if (edits <= std::max<std::size_t>(2, key.size() / 4)) near.emplace_back(edits, known);
    };
    for (const auto& reference : library.references) {
        consider(reference.substance.name);
        for (const auto& synonym : reference.substance.synonyms) consider(synonym);
    }
    std::ranges::sort(near);
    std::vector<std::string> names;
    for (auto& [edits, known] : near) {
        if (names.size() == count) break;
        if (std::ranges::find(names, known) == names.end()) names.push_back(std::move(known));
    }
    return names;
}

}  // namespace singel::spectra::io
