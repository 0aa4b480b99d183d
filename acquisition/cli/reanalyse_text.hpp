#pragma once

#include <string>

#include "acquisition/pipeline/reanalyse.hpp"

// What `singel reanalyse` prints.
namespace singel::acquisition::cli {

// A few lines for one scan whose result changed; simulation first.
std::string text_of(const pipeline::Again& again);

// How many were asked and what came of it; whether it was stopped.
std::string text_of(const pipeline::Tally& tally);

std::string json_of(const pipeline::Again& again);  // one line, no newline
std::string json_of(const pipeline::Tally& tally, const spectra::identify::Library& library);

}  // namespace singel::acquisition::cli
