#pragma once

#include <span>
#include <string_view>

#include "spectra/core/axis.hpp"
#include "spectra/core/provenance.hpp"
#include "spectra/core/result.hpp"

namespace singel::spectra::io {

// What a text file without fixed form says of its abscissa, and what had to be guessed.
struct AxisWords {
    core::AxisKind kind = core::AxisKind::raman_shift_cm1;
    core::Technique technique = core::Technique::unknown;
    bool guessed = false;  // from the values alone
};

// Reads the words of the header lines ("Raman shift", "cm-1", "wavelength", "nm", "absorbance" …). Where they say
// nothing, values that suit a Raman shift are taken as one; others are refused.
core::Result<AxisWords> axis_words(std::string_view head, std::span<const double> x);

}  // namespace singel::spectra::io
