#include "spectra/core/axis.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <string>

namespace singel::spectra::core {

std::string_view name(AxisKind kind) {
    switch (kind) {
        case AxisKind::pixel: return "pixel";
        case AxisKind::wavelength_vacuum_nm: return "wavelength_vacuum_nm";
        case AxisKind::wavelength_air_nm: return "wavelength_air_nm";
        case AxisKind::wavelength_device_nm: return "wavelength_device_nm";
        case AxisKind::raman_shift_cm1: return "raman_shift_cm1";
        case AxisKind::wavenumber_cm1: return "wavenumber_cm1";
    }
    return "unknown";
}

std::string_view unit(AxisKind kind) {
    switch (kind) {
        case AxisKind::pixel: return "px";
        case AxisKind::wavelength_vacuum_nm:
        case AxisKind::wavelength_air_nm:
        case AxisKind::wavelength_device_nm: return "nm";
        case AxisKind::raman_shift_cm1:
        case AxisKind::wavenumber_cm1: return "cm⁻¹";
    }
    return "";
}

Result<Axis> Axis::make(AxisKind kind, std::vector<double> values) {
    if (values.size() < 2)
        return failure(Fault::wrong_format,
                       "an axis needs at least 2 points, this one has " + std::to_string(values.size()));
    const bool rising = values[1] > values[0];
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i]))
            return failure(Fault::wrong_format, "axis value " + std::to_string(i) + " is not a finite number");
        if (i > 0 && (rising ? values[i] <= values[i - 1] : values[i] >= values[i - 1]))
            return failure(Fault::wrong_format, "the axis turns back at point " + std::to_string(i) + " (" +
                                                    std::to_string(values[i]) + ")");
    }
    return Axis(kind, std::make_shared<const std::vector<double>>(std::move(values)));
}

Axis Axis::uniform(AxisKind kind, double first, double step, std::size_t size) {
    assert(size >= 2 && step != 0.0);
    std::vector<double> values(size);
    for (std::size_t i = 0; i < size; ++i) values[i] = first + step * static_cast<double>(i);
    return Axis(kind, std::make_shared<const std::vector<double>>(std::move(values)));
}

double Axis::low() const {
    return std::min(values_->front(), values_->back());
}
double Axis::high() const {
    return std::max(values_->front(), values_->back());
}

bool operator==(const Axis& a, const Axis& b) {
    return a.kind_ == b.kind_ && (a.values_ == b.values_ || std::ranges::equal(a.values(), b.values()));
}

Result<Axis> device_wavelength_axis(std::span<const double> coefficients, std::size_t pixels) {
    std::vector<double> values(pixels);
    for (std::size_t p = 0; p < pixels; ++p) {
        double nm = 0.0;
        for (std::size_t k = coefficients.size(); k-- > 0;) nm = nm * static_cast<double>(p) + coefficients[k];
        values[p] = nm;
    }
    return Axis::make(AxisKind::wavelength_device_nm, std::move(values));
}

namespace {

template <class Convert>
Result<Axis> shifts(const Axis& wavelengths, Convert convert) {
    std::vector<double> values;
    values.reserve(wavelengths.size());
    for (double nm : wavelengths.values()) {
        if (nm <= 0.0)
            return failure(Fault::wrong_format, "a wavelength of " + std::to_string(nm) + " nm has no Raman shift");
        values.push_back(convert(nm));
    }
    return Axis::make(AxisKind::raman_shift_cm1, std::move(values));
}

}  // namespace

Result<Axis> raman_shift_axis(const Axis& wavelengths, DeviceNm excitation) {
    if (wavelengths.kind() != AxisKind::wavelength_device_nm)
        return failure(Fault::invalid_argument,
                       "this excitation wavelength goes with the instrument's own axis only");
    return shifts(wavelengths, [&](double nm) { return raman_shift(DeviceNm{nm}, excitation).value; });
}

Result<Axis> raman_shift_axis(const Axis& wavelengths, VacuumNm excitation) {
    switch (wavelengths.kind()) {
        case AxisKind::wavelength_vacuum_nm:
            return shifts(wavelengths, [&](double nm) { return raman_shift(VacuumNm{nm}, excitation).value; });
        case AxisKind::wavelength_air_nm:
            return shifts(wavelengths,
                          [&](double nm) { return raman_shift(to_vacuum(AirNm{nm}), excitation).value; });
        default:
            return failure(Fault::invalid_argument, "a vacuum excitation wavelength needs an axis in vacuum or air");
    }
}

}  // namespace singel::spectra::core
