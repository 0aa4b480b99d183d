#pragma once

#include <span>
#include <string_view>

#include "spectra/identify/learned.hpp"

namespace singel::spectra::identify {

// One learned figure: what a file says of it, where it lies, and what is believed of it. A new figure of Learned
// costs one row; digest, writer and reader follow.
struct LearnedField {
    std::string_view key, unit, meaning;
    double low = 0.0, high = 0.0;                      // a value outside is refused
    std::span<double> (*values)(Learned&) = nullptr;   // as many as the program has
    std::vector<double>& (*list)(Learned&) = nullptr;  // or as many as the file has, rising
};

std::span<const LearnedField> learned_fields();

std::span<double> values_of(const LearnedField& field, Learned& learned);

}  // namespace singel::spectra::identify
