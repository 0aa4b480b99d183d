#pragma once

#include <compare>

// Dimensioned scalars. A quantity is a value with one fixed unit; it converts to nothing by itself.
namespace singel::spectra::core {

template <class Tag>
struct Quantity {
    double value{};

    friend constexpr auto operator<=>(const Quantity&, const Quantity&) = default;
    friend constexpr Quantity operator+(Quantity a, Quantity b) { return {a.value + b.value}; }
    friend constexpr Quantity operator-(Quantity a, Quantity b) { return {a.value - b.value}; }
    friend constexpr Quantity operator*(Quantity a, double factor) { return {a.value * factor}; }
    friend constexpr Quantity operator*(double factor, Quantity a) { return {a.value * factor}; }
    friend constexpr double operator/(Quantity a, Quantity b) { return a.value / b.value; }
};

// Wavelengths, nm. Vacuum and air differ by 2.75e-4, which is 0.3 to 0.8 cm⁻¹ of Raman shift, so they are
// different types. DeviceNm is what an instrument's own polynomial gives; its maker uses one convention for
// the axis and for the excitation, mostly without saying which.
using VacuumNm = Quantity<struct VacuumNmTag>;
using AirNm = Quantity<struct AirNmTag>;
using DeviceNm = Quantity<struct DeviceNmTag>;

using RamanShift = Quantity<struct RamanShiftTag>;  // cm⁻¹ relative to the excitation line
using Wavenumber = Quantity<struct WavenumberTag>;  // cm⁻¹, absolute
using Celsius = Quantity<struct CelsiusTag>;        // °C
using Milliwatts = Quantity<struct MilliwattsTag>;  // mW

// Air at 15 °C, 101325 Pa, 450 ppm CO₂. Refractive index of Ciddor, Appl. Opt. 35 (1996) 1566, eq. 1;
// valid 230 nm to 1690 nm.
VacuumNm to_vacuum(AirNm wavelength);
AirNm to_air(VacuumNm wavelength);

RamanShift raman_shift(VacuumNm scattered, VacuumNm excitation);
RamanShift raman_shift(DeviceNm scattered, DeviceNm excitation);
VacuumNm scattered_wavelength(RamanShift shift, VacuumNm excitation);
DeviceNm scattered_wavelength(RamanShift shift, DeviceNm excitation);

}  // namespace singel::spectra::core
