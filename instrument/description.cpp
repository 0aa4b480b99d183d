#include "instrument/description.hpp"

namespace singel::instrument {

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
