#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "spectra/core/reference.hpp"
#include "spectra/learn/pairs.hpp"

// The spectra that accuracy is measured on: the same substances on two instruments.
namespace singel::tests::accuracy {

namespace core = spectra::core;

namespace learn = spectra::learn;
using learn::Item, learn::Pair;

struct Measured : learn::Paired {
    std::string origin;  // for the head of the table
    std::vector<Item> library;
};

// The folder of shared data; made-up substances when it is not there.
Measured measured(const std::filesystem::path& folder, std::uint64_t seed);

// The same pairs with the instruments exchanged.
Measured reversed(const Measured& measured);

// The items and, behind them, count others that are in no sample: items mirrored and displaced by 40 to 400 cm⁻¹.
// They have the lines, widths and backgrounds of real spectra, at places where no sample has them.
std::vector<Item> with_distractors(const std::vector<Item>& items, std::size_t count, std::uint64_t seed);

// The library items on one grid at 1 cm⁻¹.
spectra::core::ReferenceSet reference_set(const std::vector<Item>& items);

}  // namespace singel::tests::accuracy
