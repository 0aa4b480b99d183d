#pragma once

#include <string>

#include "spectra/identify/identification.hpp"

// Why a result says what it says, for a person at a terminal.
namespace singel::acquisition::cli {

// The evidence of each component that has an account; empty when none has.
std::string accounts_of(const spectra::identify::Identification& identification);

// What the words and figures of this very result mean; only those that occur in it.
std::string legend_of(const spectra::identify::Identification& identification);

// "singel-gls 1 (0123456789abcdef), library a1b2 with 80 references": what was asked, and what it had learned.
std::string method_of(const spectra::identify::Identification& identification);

}  // namespace singel::acquisition::cli
