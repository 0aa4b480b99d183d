#include "spectra/learn/bench.hpp"

#include <algorithm>

namespace singel::spectra::learn {

bool Bench::names(std::size_t pair, std::size_t reference) const {
    return std::ranges::count(paired.pairs[pair].references, reference) > 0;
}

identify::LibraryPtr struck(const identify::Library& library, const std::vector<std::size_t>& references) {
    auto copy = std::make_shared<identify::Library>(library);
    for (const std::size_t reference : references) copy->usable[reference] = 0;
    return copy;
}

identify::LibraryPtr with_learned(const identify::Library& library, const identify::Learned& learned) {
    auto copy = std::make_shared<identify::Library>(library);
    copy->learned = learned;
    copy->backgrounds = identify::backgrounds_on(copy->axis, copy->set.technique, learned.backgrounds, copy->splines);
    return copy;
}

}  // namespace singel::spectra::learn
