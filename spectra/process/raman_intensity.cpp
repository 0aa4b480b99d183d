#include "spectra/process/raman_intensity.hpp"

#include <cmath>
#include <fmt/format.h>

namespace singel::spectra::process {

core::Spectrum raman_intensity(const core::Spectrum& spectrum, std::span<const double> coefficients,
                               std::size_t first_pixel) {
    core::Spectrum result = spectrum;
    for (std::size_t i = 0; i < spectrum.size(); ++i) {
        const double pixel = static_cast<double>(first_pixel + i);
        double exponent = 0.0;
        for (std::size_t k = coefficients.size(); k-- > 0;) exponent = exponent * pixel + coefficients[k];
        const double factor = std::pow(10.0, exponent);
        result.values[i] *= factor;
        if (!result.sigma.empty()) result.sigma[i] *= factor;
    }
    result.provenance = spectrum.provenance.with("raman_intensity", fmt::format("order={}", coefficients.size() - 1));
    return result;
}

}  // namespace singel::spectra::process
