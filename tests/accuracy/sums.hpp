#pragma once

#include <random>
#include <span>
#include <vector>

#include "tests/accuracy/measured.hpp"

namespace singel::tests::accuracy {

struct Part {
    std::size_t query = 0;
    double share = 0.0;  // of the baseline-free area on 300 to 2300 cm⁻¹
};

// Measured pure spectra of one instrument, ready to be added up as they were measured: raw - dark, their own
// backgrounds kept. Adding measured spectra is not mixing powders: there is no grain and no matrix in it.
class Sums {
public:
    explicit Sums(const std::vector<Item>& items);
    // noise: standard deviation of white noise on the instrument's sampling, as a part of the strongest band.
    // A broad fluorescence of 0.1 to 0.5 of the strongest band is added.
    core::Spectrum of(std::span<const Part> parts, double noise, std::mt19937_64& random) const;
    // Fluorescence and noise alone.
    core::Spectrum blank(double noise, std::mt19937_64& random) const;
    // The same in front of an empty vial: the broad bands of glass.
    core::Spectrum empty_glass(double noise, std::mt19937_64& random) const;

private:
    core::Spectrum finished(std::vector<double> values, double top, double noise, std::mt19937_64& random) const;
    core::Axis axis_;
    std::vector<std::vector<double>> curves_, bands_;  // of unit baseline-free area
};

}  // namespace singel::tests::accuracy
