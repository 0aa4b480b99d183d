#include "spectra/core/frame.hpp"

#include <algorithm>

namespace singel::spectra::core {

double Frame::saturated_fraction() const {
    if (counts.empty()) return 0.0;
    const auto saturated = std::ranges::count_if(counts, [&](std::uint32_t c) { return c >= full_scale; });
    return static_cast<double>(saturated) / static_cast<double>(counts.size());
}

}  // namespace singel::spectra::core
