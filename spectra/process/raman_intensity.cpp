#include "spectra/process/raman_intensity.hpp"

#include <cassert>

namespace singel::spectra::process {

core::Spectrum raman_intensity(const core::Spectrum& spectrum, std::span<const double> factors) {
    assert(factors.size() == spectrum.size());
    core::Spectrum result = spectrum;
    for (std::size_t i = 0; i < result.size(); ++i) {
        result.values[i] *= factors[i];
        if (!result.sigma.empty()) result.sigma[i] *= factors[i];
    }
    result.provenance = spectrum.provenance.with("raman_intensity", "factors=device");
    return result;
}

}  // namespace singel::spectra::process
