#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spectra/core/reference.hpp"

// How people write the name of a substance.
namespace singel::spectra::io {

// Lower-case ASCII, underscores as spaces, runs of spaces as one: equal keys mean the same name.
std::string name_key(std::string_view name);

// By name or synonym.
bool is_called(const core::Substance& substance, std::string_view name);

// Up to `count` of the known names that a mistyped one may have meant, nearest first.
std::vector<std::string> near_names(std::string_view name, const core::ReferenceSet& library, std::size_t count = 3);

}  // namespace singel::spectra::io
