#pragma once

#include "spectra/core/reference.hpp"
#include "spectra/learn/pairs.hpp"

namespace singel::tests::learn {

// Substances of six lines, each measured twice: the second instrument shifts, widens and weighs them a little
// differently. Query i is "substance i" and reference i the same one.
struct MadeUp {
    spectra::learn::Paired paired;
    spectra::core::ReferenceSet set;
};
MadeUp made_up_pairs(std::size_t count, std::uint64_t seed);

}  // namespace singel::tests::learn
