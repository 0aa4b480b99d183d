#pragma once

#include <optional>

#include "spectra/identify/screen.hpp"

namespace singel::spectra::identify {

// Limits of one scan, given what is named in it.
class DetectionLimits {
public:
    DetectionLimits(const Observation& observation, const Library& library, const Fit& named);

    // Smallest share of the area of the reference that this scan would have named in 95 % of cases, floors applied;
    // none for a band table, an unusable reference, or when it would have to be more than everything.
    std::optional<double> of(std::size_t reference) const;

private:
    const Library& library_;
    NetView view_;
    double misfit_ = 1.0;
    double area_ = 0.0;  // of what is named, or of all bands when nothing is
};

}  // namespace singel::spectra::identify
