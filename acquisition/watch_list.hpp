#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "acquisition/statement.hpp"
#include "spectra/identify/watched.hpp"

// The substances and classes that every result must speak about, whatever the library holds. The list is the
// product's, not the library's, so that a small library cannot make a dangerous substance go unmentioned.
namespace singel::acquisition {

const std::vector<spectra::identify::Watched>& watch_list();

// The watch list with further names, each once; a name that is already on it (in any spelling) is not repeated.
std::vector<spectra::identify::Watched> watch_list_with(const std::vector<std::string>& names);

// Names are compared without regard to case; synonyms and members of classes count.
bool same_substance(std::string_view a, std::string_view b);
bool on_watch_list(std::string_view substance);
bool high_risk(std::string_view substance);                      // dangerous whatever it was sold as
std::optional<StripKind> strip_for(std::string_view substance);  // the strip that reacts to its class

}  // namespace singel::acquisition
