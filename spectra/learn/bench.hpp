#pragma once

#include <vector>

#include "spectra/identify/library.hpp"
#include "spectra/learn/mixing.hpp"

namespace singel::spectra::learn {

// What a simulation works with. The references of all pairs belong to the library.
struct Bench {
    const Paired& paired;
    const Mixer& mixer;
    identify::LibraryPtr library;

    // This library reference names the pair's query rightly.
    bool names(std::size_t pair, std::size_t reference) const;
};

// The library with some references made unusable.
identify::LibraryPtr struck(const identify::Library& library, const std::vector<std::size_t>& references);
identify::LibraryPtr with_learned(const identify::Library& library, const identify::Learned& learned);

}  // namespace singel::spectra::learn
