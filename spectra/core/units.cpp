#include "spectra/core/units.hpp"

namespace singel::spectra::core {
namespace {

constexpr double nm_per_cm = 1e7;

double refractive_index_of_air(double vacuum_nm) {
    const double sigma2 = 1e6 / (vacuum_nm * vacuum_nm);  // squared wavenumber, µm⁻²
    return 1.0 + (5792105.0 / (238.0185 - sigma2) + 167917.0 / (57.362 - sigma2)) * 1e-8;
}

}  // namespace

VacuumNm to_vacuum(AirNm wavelength) {
    // The index changes by less than 1e-8 over the air-vacuum difference: two rounds reach 1e-9 nm.
    double vacuum = wavelength.value;
    for (int round = 0; round < 3; ++round) vacuum = wavelength.value * refractive_index_of_air(vacuum);
    return {vacuum};
}

AirNm to_air(VacuumNm wavelength) {
    return {wavelength.value / refractive_index_of_air(wavelength.value)};
}

RamanShift raman_shift(VacuumNm scattered, VacuumNm excitation) {
    return {nm_per_cm / excitation.value - nm_per_cm / scattered.value};
}

RamanShift raman_shift(DeviceNm scattered, DeviceNm excitation) {
    return {nm_per_cm / excitation.value - nm_per_cm / scattered.value};
}

VacuumNm scattered_wavelength(RamanShift shift, VacuumNm excitation) {
    return {nm_per_cm / (nm_per_cm / excitation.value - shift.value)};
}

DeviceNm scattered_wavelength(RamanShift shift, DeviceNm excitation) {
    return {nm_per_cm / (nm_per_cm / excitation.value - shift.value)};
}

}  // namespace singel::spectra::core
