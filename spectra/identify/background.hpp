#pragma once

#include <span>
#include <string>
#include <vector>

#include "spectra/core/axis.hpp"
#include "spectra/core/provenance.hpp"
#include "spectra/identify/shapes.hpp"

// What is no substance of the sample and is seen all the same: the glass of a vial, water vapour and carbon dioxide
// in the beam of an infrared instrument, the water of a damp sample. A term of the fit, never a name.
namespace singel::spectra::identify {

// One such curve as data, on its own uniform axis; 0 outside it. Learned ones come from a measured empty container
// or from what all references of a pair of instruments leave over; the others are drawn from tables.
struct BackgroundShape {
    std::string name;  // "container glass"
    double first_cm1 = 0.0, step_cm1 = 1.0;
    std::vector<double> values;
    double prior_sd = 0.4;      // standard deviation of its norm over the norm of all bands of a spectrum
    bool non_negative = false;  // false where sample, reference and beam may each have had more of it
};

// The same on the analysis grid, less what the baseline imitates, at unit norm.
struct Background {
    std::string name;
    Vector shape;
    double prior_sd = 0.4;
    bool non_negative = false;
};

// Drawn from published band positions; their sources stand with them.
std::span<const BackgroundShape> tabulated_backgrounds(core::Technique technique);

// Those of the technique, then the learned ones; one the baseline can imitate, or that the grid does not reach,
// is left out.
std::vector<Background> backgrounds_on(const core::Axis& grid, core::Technique technique,
                                       std::span<const BackgroundShape> learned, const Shapes& splines);

}  // namespace singel::spectra::identify
