#pragma once

#include <string>
#include <vector>

#include "spectra/identify/library.hpp"

namespace singel::spectra::identify {

// The names of all substances whose references cannot be told apart from this one at the library's resolution, its
// own name first, the others in library order. A property of the library, never of a sample: the relation is that
// two references correlate at least as the settings' group_correlation. It is not closed transitively: what cannot
// be told from A and what cannot be told from B need not be alike.
std::vector<std::string> group_of(const Library& library, std::size_t reference);

}  // namespace singel::spectra::identify
