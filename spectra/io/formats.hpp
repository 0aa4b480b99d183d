#pragma once

#include <string_view>
#include <vector>

#include "spectra/io/read_spectra.hpp"

// The formats that parse_spectra knows: for each a look at the content, and a reader.
namespace singel::spectra::io {

using Measurements = core::Result<std::vector<Measurement>>;

bool looks_like_enlighten(std::string_view text);
Measurements read_enlighten(std::string_view text, std::string_view source, const ReadLimits& limits);

bool looks_like_bwspec(std::string_view text);
Measurements read_bwspec(std::string_view text, std::string_view source, const ReadLimits& limits);

bool looks_like_jcamp(std::string_view text);
Measurements read_jcamp(std::string_view text, std::string_view source, const ReadLimits& limits);

// Rows of x and y, or one spectrum a row under a row of x. Anything that is text may be it.
Measurements read_plain_text(std::string_view text, std::string_view source, const ReadLimits& limits);

}  // namespace singel::spectra::io
