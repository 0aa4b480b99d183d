#include "instrument/description.hpp"

#include <algorithm>

namespace singel::instrument {

std::optional<double> Description::laser_fraction(core::Milliwatts power) const {
    if (laser_percent_of_mw.empty() || !laser_min || !laser_max || !(power.value > 0)) return std::nullopt;
    const double mw = std::clamp(power.value, laser_min->value, laser_max->value);
    double percent = 0;
    for (auto c = laser_percent_of_mw.rbegin(); c != laser_percent_of_mw.rend(); ++c) percent = percent * mw + *c;
    return std::clamp(percent, 0.0, 100.0) / 100.0;
}

core::Result<core::Axis> Description::raman_shift() const {
    if (!excitation)
        return core::failure(core::Fault::wrong_technique, "the instrument has no laser line, so no Raman shift",
                             identity.model);
    if (wavelengths.empty())
        return core::failure(core::Fault::protocol, "the instrument's memory holds no usable wavelength calibration",
                             identity.model);
    return core::raman_shift_axis(wavelengths, *excitation);
}

}  // namespace singel::instrument
