#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "spectra/core/reference.hpp"
#include "spectra/core/spectrum.hpp"
#include "spectra/identify/identify.hpp"

// Substances made of Gaussian bands, so that every share is known.
namespace singel::tests {

struct Line {
    double place = 0.0, height = 0.0, sigma = 5.0;  // cm⁻¹, any unit, cm⁻¹
};

struct Drawn {
    std::string name;
    std::vector<Line> lines;
    double area = 0.0;  // of all its lines, between 300 and 2300 cm⁻¹
};

// count substances with 6 to 12 lines each, no two alike.
std::vector<Drawn> substances(std::size_t count, std::uint64_t seed);

spectra::core::ReferenceSet reference_set(const std::vector<Drawn>& drawn);

struct Recipe {
    std::vector<std::pair<std::size_t, double>> parts;  // substance, share of the area
    double noise = 0.002;                               // of the strongest point
    double fluorescence = 0.5;
    double low = 290.0, high = 2310.0, step = 1.7;
    double shift = 0.0;  // of the sample's axis, cm⁻¹
};

spectra::core::Spectrum measure(const std::vector<Drawn>& drawn, const Recipe& recipe, std::uint64_t seed);

spectra::identify::Identification identified(const spectra::core::Spectrum& spectrum,
                                             const spectra::identify::LibraryPtr& library,
                                             const std::vector<spectra::identify::Watched>& watch_list = {});

spectra::identify::LibraryPtr prepared(const spectra::core::ReferenceSet& set);

}  // namespace singel::tests
