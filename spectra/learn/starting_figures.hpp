#pragma once

#include "spectra/identify/learned.hpp"

namespace singel::spectra::learn {

// What is chosen and not learned, and first guesses of the rest: a course begins here, never with what ships, so that
// the same pairs always teach the same.
identify::Learned starting_figures();

}  // namespace singel::spectra::learn
