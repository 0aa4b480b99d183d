#include "spectra/process/normalise.hpp"

#include <cmath>
#include <string>

namespace singel::spectra::process {
namespace {

core::Result<core::Spectrum> scaled(const core::Spectrum& spectrum, double offset, double divisor,
                                    const std::string& step) {
    if (!std::isfinite(divisor) || divisor == 0.0)
        return core::failure(core::Fault::invalid_argument, step + ": the spectrum holds nothing to divide by");
    core::Spectrum result = spectrum;
    for (double& v : result.values) v = (v - offset) / divisor;
    for (double& s : result.sigma) s /= std::abs(divisor);
    result.ordinate = core::Ordinate::arbitrary;
    result.provenance = spectrum.provenance.with(step);
    return result;
}

}  // namespace

core::Result<core::Spectrum> unit_norm(const core::Spectrum& spectrum) {
    double squares = 0.0;
    for (double v : spectrum.values)
        if (!std::isnan(v)) squares += v * v;
    return scaled(spectrum, 0.0, std::sqrt(squares), "unit_norm");
}

core::Result<core::Spectrum> standard_normal_variate(const core::Spectrum& spectrum) {
    double sum = 0.0, count = 0.0, squares = 0.0;
    for (double v : spectrum.values)
        if (!std::isnan(v)) sum += v, count += 1.0;
    const double mean = sum / count;
    for (double v : spectrum.values)
        if (!std::isnan(v)) squares += (v - mean) * (v - mean);
    return scaled(spectrum, mean, std::sqrt(squares / (count - 1.0)), "standard_normal_variate");
}

core::Result<core::Spectrum> unit_area(const core::Spectrum& spectrum) {
    if (spectrum.axis.size() != spectrum.size())
        return core::failure(core::Fault::invalid_argument, "unit_area: the values do not fit their axis");
    double area = 0.0;
    for (std::size_t i = 1; i < spectrum.size(); ++i) {
        const double middle = 0.5 * (spectrum.values[i] + spectrum.values[i - 1]);
        if (!std::isnan(middle)) area += middle * std::abs(spectrum.axis[i] - spectrum.axis[i - 1]);
    }
    return scaled(spectrum, 0.0, area, "unit_area");
}

}  // namespace singel::spectra::process
