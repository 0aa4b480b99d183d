#include "spectra/identify/names.hpp"

#include <algorithm>
#include <map>

namespace singel::spectra::identify {
namespace {

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '_';
}

std::size_t root(std::vector<std::size_t>& parents, std::size_t i) {
    while (parents[i] != i) i = parents[i] = parents[parents[i]];
    return i;
}

}  // namespace

std::string normalised(std::string_view name) {
    std::string result;
    for (const char c : name) {
        if (is_space(c)) {
            if (!result.empty() && result.back() != ' ') result += ' ';
        } else {
            result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    if (!result.empty() && result.back() == ' ') result.pop_back();
    return result;
}

std::vector<std::size_t> substance_ids(const std::vector<core::Reference>& references) {
    std::vector<std::size_t> parents(references.size());
    std::map<std::string, std::size_t> first;  // by name, and by CAS number behind a mark no name begins with
    for (std::size_t i = 0; i < references.size(); ++i) {
        parents[i] = i;
        const core::Substance& substance = references[i].substance;
        std::vector<std::string> keys{normalised(substance.name)};
        if (!substance.cas.empty()) keys.push_back('\n' + substance.cas);
        for (std::string& key : keys) {
            const auto [place, fresh] = first.emplace(std::move(key), i);
            if (fresh) continue;
            const std::size_t a = root(parents, i), b = root(parents, place->second);
            parents[std::max(a, b)] = std::min(a, b);
        }
    }
    std::vector<std::size_t> ids(references.size());
    std::size_t count = 0;
    for (std::size_t i = 0; i < references.size(); ++i) {
        const std::size_t top = root(parents, i);
        ids[i] = top == i ? count++ : ids[top];
    }
    return ids;
}

NameIndex::NameIndex(const std::vector<core::Reference>& references) {
    for (std::size_t i = 0; i < references.size(); ++i) {
        const core::Substance& substance = references[i].substance;
        by_name_[normalised(substance.name)].push_back(i);
        for (const std::string& synonym : substance.synonyms) by_name_[normalised(synonym)].push_back(i);
        if (!substance.substance_class.empty()) by_class_[normalised(substance.substance_class)].push_back(i);
    }
}

std::vector<std::size_t> NameIndex::named(const std::vector<std::string>& normalised_names) const {
    std::vector<std::size_t> found;
    for (const std::string& name : normalised_names)
        if (const auto place = by_name_.find(name); place != by_name_.end())
            found.insert(found.end(), place->second.begin(), place->second.end());
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

std::vector<std::size_t> NameIndex::of_class(const std::string& normalised_class) const {
    const auto place = by_class_.find(normalised_class);
    return place == by_class_.end() ? std::vector<std::size_t>{} : place->second;
}

}  // namespace singel::spectra::identify
