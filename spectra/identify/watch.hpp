#pragma once

#include <span>
#include <vector>

#include "spectra/identify/detection_limit.hpp"
#include "spectra/identify/identification.hpp"
#include "spectra/identify/watched.hpp"

namespace singel::spectra::identify {

// Says of each watched substance or class that is not among the components what this scan could not have shown,
// or that the library does not cover it. limits is null when no limit can be given at all.
void speak_of_watched(Identification& identification, const Library& library, std::span<const Watched> watch_list,
                      const DetectionLimits* limits);

}  // namespace singel::spectra::identify
