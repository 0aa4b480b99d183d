#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "spectra/core/result.hpp"
#include "spectra/core/units.hpp"

// The abscissa of a spectrum: strictly monotonic finite values of one kind, shared and never changed.
namespace singel::spectra::core {

enum class AxisKind {
    pixel,
    wavelength_vacuum_nm,
    wavelength_air_nm,
    wavelength_device_nm,
    raman_shift_cm1,
    wavenumber_cm1
};

std::string_view name(AxisKind kind);  // "raman_shift_cm1": the unit is part of the name
std::string_view unit(AxisKind kind);  // "cm⁻¹", "nm", "px"

class Axis {
public:
    Axis() = default;  // empty
    // Refuses fewer than two values, NaN or infinity, and values that do not rise or fall throughout.
    static Result<Axis> make(AxisKind kind, std::vector<double> values);
    // first, first + step, … ; asserts size >= 2 and step != 0.
    static Axis uniform(AxisKind kind, double first, double step, std::size_t size);

    AxisKind kind() const { return kind_; }
    std::span<const double> values() const {
        return values_ ? std::span<const double>(*values_) : std::span<const double>();
    }
    std::size_t size() const { return values_ ? values_->size() : 0; }
    bool empty() const { return size() == 0; }
    bool rising() const { return size() >= 2 && (*values_)[1] > (*values_)[0]; }
    double low() const;   // smallest value
    double high() const;  // greatest value
    double operator[](std::size_t index) const { return (*values_)[index]; }

    friend bool operator==(const Axis& a, const Axis& b);

private:
    Axis(AxisKind kind, std::shared_ptr<const std::vector<double>> values)
        : kind_(kind), values_(std::move(values)) {}
    AxisKind kind_ = AxisKind::pixel;
    std::shared_ptr<const std::vector<double>> values_;
};

// Wavelength polynomial: nm = c[0] + c[1] p + c[2] p² + … at pixel p = 0, 1, …, pixels - 1.
Result<Axis> device_wavelength_axis(std::span<const double> coefficients, std::size_t pixels);

// The Raman shift axis of a wavelength_device_nm axis: the maker's convention for both wavelengths.
Result<Axis> raman_shift_axis(const Axis& device_wavelengths, DeviceNm excitation);
// The Raman shift axis of a vacuum or air axis; air is converted to vacuum first.
Result<Axis> raman_shift_axis(const Axis& wavelengths, VacuumNm excitation);

}  // namespace singel::spectra::core
