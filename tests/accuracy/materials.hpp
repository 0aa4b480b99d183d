#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spectra/core/parallel.hpp"
#include "tests/accuracy/measured.hpp"

// Which spectra are one substance. The rule, the same for hits and for false names: files that the table of pairs
// joins, directly or through a third, are one substance (citric acid and its hydrate, isopropanol and 2-propanol,
// a salt listed with its base); nothing else is merged.
namespace singel::tests::accuracy {

struct Material {
    std::string name;  // of its first query
    std::vector<std::size_t> queries, references;
    bool solid = false;
    double likeness = 1.0;  // of its best pair of spectra, see likeness()
};

// Substances whose best pair of spectra is less alike than this are called other forms: what two instruments do to
// one solid leaves more in common.
inline constexpr double least_likeness = 0.85;

inline bool other_form(const Material& material) {
    return material.likeness < least_likeness;
}

// In the order of the pairs.
std::vector<Material> materials(const Measured& measured, const spectra::core::ParallelFor& parallel);

// Correlation of two baseline-free spectra on 300 to 2300 cm⁻¹ after the best shift within 4 cm⁻¹ and the best
// broadening of either up to a Gaussian sigma of 4 cm⁻¹: what two instruments of one kind may do to one substance.
double likeness(const spectra::core::Spectrum& a, const spectra::core::Spectrum& b);

// "drugs", "sugars", "amino acids" …; "others" for what the table does not know.
std::string_view class_of(std::string_view name);

}  // namespace singel::tests::accuracy
