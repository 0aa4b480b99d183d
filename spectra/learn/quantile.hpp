#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

namespace singel::spectra::learn {

// The value below which that part of them lies; 0 of none.
inline double quantile(std::vector<double> values, double part) {
    if (values.empty()) return 0.0;
    const double place = part * static_cast<double>(values.size() - 1);
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(std::lround(place));
    std::ranges::nth_element(values, at);
    return *at;
}

}  // namespace singel::spectra::learn
