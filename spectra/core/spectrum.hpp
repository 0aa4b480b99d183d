#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "spectra/core/axis.hpp"
#include "spectra/core/provenance.hpp"

namespace singel::spectra::core {

enum class Ordinate { counts, counts_per_second, arbitrary, absorbance, transmittance, reflectance };

// Where the noise of each point is known from. What can be said about detection depends on it.
enum class NoiseBasis {
    frames,     // scatter of repeated frames, with shot noise: sigma is per point
    estimated,  // from the raw minus dark signal's own high frequencies
    none,       // processed by others (smoothed, deconvolved, baseline taken off): no honest noise is left
};

std::string_view name(Ordinate ordinate);
std::string_view name(NoiseBasis basis);

// Values on an axis. Points that were never measured are NaN.
struct Spectrum {
    Axis axis;
    std::vector<double> values;
    std::vector<double> sigma;  // standard deviation of each value, same unit; empty when unknown
    Ordinate ordinate = Ordinate::arbitrary;
    Technique technique = Technique::unknown;
    NoiseBasis noise = NoiseBasis::none;
    double saturated_fraction = 0.0;  // of the raw pixels behind it
    Provenance provenance;

    bool empty() const { return values.empty(); }
    std::size_t size() const { return values.size(); }
};

}  // namespace singel::spectra::core
