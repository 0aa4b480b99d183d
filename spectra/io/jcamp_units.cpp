#include "spectra/io/jcamp_units.hpp"

#include <algorithm>
#include <numeric>

#include "spectra/io/measurement.hpp"
#include "spectra/io/text.hpp"

namespace singel::spectra::io {
namespace {

bool has(std::string_view text, std::string_view word) {
    return text.find(word) != std::string_view::npos;
}

enum class Unit { wavenumber, nanometre, micrometre, none, foreign };

Unit unit_of(std::string_view x_units) {
    const std::string units = lower_case(trimmed(x_units));
    if (units.empty()) return Unit::none;
    if (has(units, "1/cm") || has(units, "cm-1") || has(units, "cm^-1") || has(units, "wavenumber") ||
        has(units, "raman"))
        return Unit::wavenumber;
    if (has(units, "nanomet") || units == "nm") return Unit::nanometre;
    if (has(units, "micromet") || has(units, "micron") || units == "um") return Unit::micrometre;
    return Unit::foreign;
}

}  // namespace

core::Technique jcamp_technique(std::string_view data_type) {
    const std::string type = lower_case(data_type);
    if (has(type, "raman")) return core::Technique::raman;
    if (has(type, "near infrared") || has(type, "near-infrared") || has(type, "nir "))
        return core::Technique::near_infrared;
    if (has(type, "infrared")) return core::Technique::infrared;
    return core::Technique::unknown;
}

core::Ordinate jcamp_ordinate(std::string_view y_units) {
    const std::string units = lower_case(y_units);
    if (has(units, "absorbance")) return core::Ordinate::absorbance;
    if (has(units, "transmi")) return core::Ordinate::transmittance;
    if (has(units, "reflectance")) return core::Ordinate::reflectance;
    if (has(units, "count")) return core::Ordinate::counts;
    return core::Ordinate::arbitrary;
}

core::Result<core::Axis> jcamp_axis(std::string_view x_units, core::Technique technique, std::vector<double> x,
                                    std::vector<std::string>& warnings) {
    using core::AxisKind;
    const bool raman = technique == core::Technique::raman;
    Unit unit = unit_of(x_units);
    if (unit == Unit::none && raman) {
        warnings.emplace_back("XUNITS is missing: taken as Raman shift in cm⁻¹");
        unit = Unit::wavenumber;
    }
    switch (unit) {
        case Unit::wavenumber:
            return core::Axis::make(raman ? AxisKind::raman_shift_cm1 : AxisKind::wavenumber_cm1, std::move(x));
        case Unit::micrometre:
            for (double& v : x) v *= 1000.0;
            return core::Axis::make(AxisKind::wavelength_device_nm, std::move(x));
        case Unit::nanometre: return core::Axis::make(AxisKind::wavelength_device_nm, std::move(x));
        case Unit::none: warnings.emplace_back("XUNITS is missing: the points are numbered instead"); break;
        case Unit::foreign:
            warnings.push_back("XUNITS " + shown(x_units) + " is no optical axis: the points are numbered instead");
            break;
    }
    std::iota(x.begin(), x.end(), 0.0);
    return core::Axis::make(AxisKind::pixel, std::move(x));
}

}  // namespace singel::spectra::io
