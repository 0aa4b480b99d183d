#pragma once

#include <span>
#include <string>

#include "spectra/core/result.hpp"
#include "tests/accuracy/scene.hpp"

namespace singel::tests::accuracy {

std::string usage();

// Arguments without the program's name. Refuses unknown names, values that are no numbers, and unknown rows.
spectra::core::Result<Options> read_options(std::span<const char* const> arguments);

}  // namespace singel::tests::accuracy
