#include "spectra/learn/pairs.hpp"

namespace singel::spectra::learn {

const std::string& substance_of(const Paired& paired, std::size_t pair) {
    const Pair& one = paired.pairs[pair];
    return one.substance.empty() ? paired.queries[one.query].name : one.substance;
}

}  // namespace singel::spectra::learn
