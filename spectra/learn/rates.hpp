#pragma once

#include <span>

#include "spectra/learn/simulate.hpp"

// Figures counted on simulated samples.
namespace singel::spectra::learn {

// Adds the names that `judging` gives to the rows, and those of them that are wrong, to what is counted in learned.
void count_names(identify::Learned& learned, std::span<const Row> rows, const identify::Learned& judging);

// The standard deviation that puts 95 % of the area errors within 1.96 of it; 0 of none.
double area_deviation(std::span<const Row> rows);

}  // namespace singel::spectra::learn
