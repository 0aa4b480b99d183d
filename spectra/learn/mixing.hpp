#pragma once

#include <random>
#include <vector>

#include "spectra/learn/pairs.hpp"

namespace singel::spectra::learn {

// Measured pure spectra of one instrument, baseline-free and of unit area, ready to be added up. Adding measured
// spectra is not mixing powders: there is no grain and no matrix in it.
class Mixer {
public:
    explicit Mixer(const std::vector<Item>& items);
    // Parts by Raman area; white noise as a part of the strongest point; a broad fluorescence of 0.3 of it.
    core::Spectrum mix(const std::vector<std::size_t>& queries, const std::vector<double>& shares, double noise,
                       std::mt19937_64& random) const;
    // The same with fluorescence alone.
    core::Spectrum blank(double noise, std::mt19937_64& random) const;
    // Adds a query's bands to a spectrum made by mix: area in units of the parts' total area.
    void add(core::Spectrum& spectrum, std::size_t query, double area) const;

private:
    core::Spectrum finish(std::vector<double> values, double noise, std::mt19937_64& random) const;
    core::Axis axis_;
    std::vector<std::vector<double>> curves_;
};

}  // namespace singel::spectra::learn
