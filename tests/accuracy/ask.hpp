#pragma once

#include <span>
#include <vector>

#include "spectra/identify/library.hpp"
#include "tests/accuracy/score.hpp"

namespace singel::tests::accuracy {

namespace identify = spectra::identify;

// For each part of a sample the library references that name it rightly.
using Truth = std::vector<std::span<const std::size_t>>;

// What the engine says of a spectrum, judged. A member is right when it is a part, or when it cannot be told from a
// part that no other member names.
Outcome ask(const spectra::core::Spectrum& spectrum, const identify::Library& library, const Truth& truth);

}  // namespace singel::tests::accuracy
