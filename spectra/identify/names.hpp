#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "spectra/core/reference.hpp"

// Which references are the same substance, whatever they are called.
namespace singel::spectra::identify {

// Lower case (ASCII), underscores and runs of white space as one space, ends trimmed. Other bytes stay.
std::string normalised(std::string_view name);

// A number for each reference, equal where the normalised name or the CAS number is equal. Numbers count from 0
// in the order of first appearance. Synonyms do not merge: lists of synonyms carry too many errors for that.
std::vector<std::size_t> substance_ids(const std::vector<core::Reference>& references);

// True when the substance's name or one of its synonyms is one of the normalised names.
bool goes_by(const core::Substance& substance, const std::vector<std::string>& normalised_names);

}  // namespace singel::spectra::identify
