#include "spectra/identify/learned.hpp"

namespace singel::spectra::identify {
namespace {

// Raman's figures, wider. Nothing of this was measured on two instruments of the technique.
Learned assumed_from_raman() {
    Learned learned = learned_raman();
    learned.assumed = true;
    learned.backgrounds.clear();
    learned.found_names = learned.found_wrong = learned.probable_names = learned.probable_wrong = 0.0;
    learned.other_instrument = 2.0 * learned.other_instrument;
    learned.limit_kappa = 1.5 * learned.limit_kappa;
    learned.share_sd = 0.5;
    for (double& value : learned.unknown_null) value *= 2.0;
    return learned;
}

// Shift: the dispersion of the refractive index moves strong bands of an attenuated total reflection by up to some
// 5 cm⁻¹ (Harrick 1967; Grdadolnik, Acta Chim Slov 49, 2002, 631); the axis itself follows the laser. Width: apodised
// 8 instead of 4 cm⁻¹ adds half of (8² - 4²)/5.5 = 4.3 cm⁻¹² in the second derivative; twice that. Response: grain
// and contact.
Learned infrared() {
    Learned learned = assumed_from_raman();
    learned.nuisance_sd = {2.0, 1.0, 9.0, 0.3, 0.3, 0.3, 0.3};
    return learned;
}

// Shift: 1 nm of a small grating or mirror instrument is 4 to 12 cm⁻¹ from 1600 to 900 nm. Width: 10 instead of
// 6 nm at 1300 nm is 59 instead of 36 cm⁻¹, half of (59² - 36²)/5.5 = 200 cm⁻¹². Response: path length in powders
// grows where little is absorbed.
Learned near_infrared() {
    Learned learned = assumed_from_raman();
    learned.nuisance_sd = {6.0, 4.0, 200.0, 0.3, 0.3, 0.3, 0.3};
    return learned;
}

}  // namespace

const Learned& learned_for(core::Technique technique) {
    static const Learned of_infrared = infrared(), of_near_infrared = near_infrared();
    if (technique == core::Technique::infrared) return of_infrared;
    return technique == core::Technique::near_infrared ? of_near_infrared : learned_raman();
}

}  // namespace singel::spectra::identify
