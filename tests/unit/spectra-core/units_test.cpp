#include "spectra/core/units.hpp"

#include <gtest/gtest.h>

namespace singel::spectra::core {

// Neon line: 837.7608 nm in air is 837.9909 nm in vacuum (n - 1 = 2.7473e-4 at 838 nm, Ciddor 1996).
TEST(Wavelength, InAirBecomesLongerInVacuumByTheIndexOfAir) {
    EXPECT_NEAR(to_vacuum(AirNm{837.7608}).value, 837.7608 * (1 + 2.7473e-4), 2e-4);
}

TEST(Wavelength, SurvivesTheRoundTripBetweenAirAndVacuum) {
    for (double nm : {253.652, 532.0, 785.0, 1064.0}) EXPECT_NEAR(to_air(to_vacuum(AirNm{nm})).value, nm, 1e-9);
}

TEST(RamanShift, IsTheDifferenceOfInverseWavelengths) {
    // 1e7 / 785 - 1e7 / 850 = 974.147…
    EXPECT_NEAR(raman_shift(VacuumNm{850.0}, VacuumNm{785.0}).value, 974.1476, 1e-3);
}

TEST(RamanShift, GivesTheScatteredWavelengthBack) {
    EXPECT_NEAR(scattered_wavelength(RamanShift{974.1476}, VacuumNm{785.0}).value, 850.0, 1e-4);
    EXPECT_NEAR(scattered_wavelength(RamanShift{0.0}, DeviceNm{785.0}).value, 785.0, 1e-9);
}

}  // namespace singel::spectra::core
