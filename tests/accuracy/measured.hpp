#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "spectra/core/reference.hpp"
#include "spectra/core/spectrum.hpp"

// The spectra that accuracy is measured on: the same substances on two instruments.
namespace singel::tests::accuracy {

struct Item {
    std::string name;
    spectra::core::Spectrum spectrum;
};

struct Pair {
    std::size_t query = 0;
    std::vector<std::size_t> references;  // each of them names the query rightly
    bool solid = false;
};

struct Measured {
    std::string origin;  // for the head of the table
    std::vector<Item> library, queries;
    std::vector<Pair> pairs;
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
