#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spectra/core/reference.hpp"
#include "spectra/core/result.hpp"
#include "spectra/core/spectrum.hpp"

// A mixture of library substances as light: what a person may write of it, and how it is put together.
namespace singel::spectra::io {

struct Part {
    std::size_t reference = 0;  // index into the library
    double amount = 1.0;        // by Raman area; only the ratios count
};

// "caffeine:70,acetaminophen:30"; without a colon the amount is 1. Names may hold commas ("1,2-dichloroethane") and
// may end in the form ("citric acid monohydrate"). A measured reference goes before one from a band table. An
// unknown name is refused with those near it.
core::Result<std::vector<Part>> parse_parts(std::string_view text, const core::ReferenceSet& library);

// Sum of the baseline-free references over the range that all of them cover, each with its amount as its share of
// the area there; negative points are 0, the strongest is 1. Refuses references without a range in common.
core::Result<core::Spectrum> mix_by_area(std::span<const Part> parts, const core::ReferenceSet& library);

}  // namespace singel::spectra::io
