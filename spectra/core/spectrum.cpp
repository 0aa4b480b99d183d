#include "spectra/core/spectrum.hpp"

namespace singel::spectra::core {

std::string_view name(Ordinate ordinate) {
    switch (ordinate) {
        case Ordinate::counts: return "counts";
        case Ordinate::counts_per_second: return "counts_per_second";
        case Ordinate::arbitrary: return "arbitrary";
        case Ordinate::absorbance: return "absorbance";
        case Ordinate::transmittance: return "transmittance";
        case Ordinate::reflectance: return "reflectance";
    }
    return "unknown";
}

std::string_view name(NoiseBasis basis) {
    switch (basis) {
        case NoiseBasis::frames: return "frames";
        case NoiseBasis::estimated: return "estimated";
        case NoiseBasis::none: return "none";
    }
    return "unknown";
}

}  // namespace singel::spectra::core
