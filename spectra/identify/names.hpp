#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "spectra/core/reference.hpp"

// Which references are the same substance, whatever they are called.
namespace singel::spectra::identify {

// Lower case (ASCII), underscores and runs of white space as one space, ends trimmed. Other bytes stay.
std::string normalised(std::string_view name);

// A number for each reference, equal where the normalised name or the CAS number is equal. Numbers count from 0
// in the order of first appearance. Synonyms do not merge: lists of synonyms carry too many errors for that.
std::vector<std::size_t> substance_ids(const std::vector<core::Reference>& references);

// The references by their normalised names, synonyms and classes.
class NameIndex {
public:
    NameIndex() = default;
    explicit NameIndex(const std::vector<core::Reference>& references);

    // Those whose name or one of whose synonyms is one of these, in library order.
    std::vector<std::size_t> named(const std::vector<std::string>& normalised_names) const;
    std::vector<std::size_t> of_class(const std::string& normalised_class) const;

private:
    std::unordered_map<std::string, std::vector<std::size_t>> by_name_, by_class_;
};

}  // namespace singel::spectra::identify
