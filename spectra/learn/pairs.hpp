#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "spectra/core/spectrum.hpp"

// The same substances on two instruments: what everything is learned from.
namespace singel::spectra::learn {

struct Item {
    std::string name;
    core::Spectrum spectrum;
};

// One measured query and the library references that name it rightly.
struct Pair {
    std::size_t query = 0;
    std::vector<std::size_t> references;
    bool solid = false;  // powders are mixed with powders, liquids with liquids
    std::string substance =
        {};  // the same in both directions and for all files of one substance; empty: query's name
};

struct Paired {
    std::vector<Item> queries;  // raw - dark, each on its own sampling
    std::vector<Pair> pairs;
};

const std::string& substance_of(const Paired& paired, std::size_t pair);

}  // namespace singel::spectra::learn
