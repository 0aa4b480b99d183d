#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/accuracy/measured.hpp"

namespace singel::tests::accuracy {

// Real liquid mixtures and their own pures, measured on a third instrument. What is in them was inferred.
struct Liquids {
    std::vector<Item> pures;
    struct Mixture {
        spectra::core::Spectrum spectrum;
        std::vector<std::size_t> pures;
    };
    std::vector<Mixture> mixtures;
};

// Empty when the folder does not hold them.
Liquids read_liquids(const std::filesystem::path& folder);

// Pures of the first nine measured pairs of a made-up set stand in, summed with noise; said so in the table.
Liquids made_up_liquids(const Measured& measured, std::uint64_t seed);

// Lower case without blanks: one substance in both sets when equal, or when the table of synonyms says so.
bool same_substance(const std::string& a, const std::string& b);

}  // namespace singel::tests::accuracy
