#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "spectra/core/axis.hpp"
#include "spectra/core/frame.hpp"
#include "spectra/core/pixel_habits.hpp"
#include "spectra/core/provenance.hpp"
#include "spectra/core/units.hpp"

namespace singel::instrument {

namespace core = spectra::core;

struct IntegrationLimits {
    std::chrono::microseconds min{}, max{}, step{1};
    // Some instruments count coarser for long times: from coarse_from on, in steps of coarse_step. 0: never.
    std::chrono::microseconds coarse_from{}, coarse_step{};
};

struct PixelRange {
    std::size_t first = 0, last = 0;  // inclusive
};

// What an opened instrument is and can do: plain data, fixed while it is open. Limits exist once, here; deadlines,
// forms and checks derive from them.
struct Description {
    core::InstrumentIdentity identity;
    std::string family;    // "ocean_ooi", "wasatch"
    std::string firmware;  // as the device reports it
    std::size_t pixels = 0;
    std::uint32_t full_scale = 65535;  // counts
    IntegrationLimits integration;
    // What a frame takes beside its integration, of an instrument that shows one wavelength after another.
    std::chrono::microseconds beside_integration{};
    std::vector<core::Trigger> external_triggers;  // beside on_request, which all have
    core::Axis wavelengths;                        // wavelength_device_nm; empty when the memory holds nothing usable
    std::optional<core::DeviceNm> excitation;      // laser line; none for an instrument without laser
    std::vector<PixelRange> electric_dark;         // masked pixels
    PixelRange usable;                             // pixels worth analysing (region of interest)
    std::vector<std::size_t> bad_pixels;
    std::optional<core::OddPixels> odd_pixels;  // of a detector with two amplifiers that only the host levels
    std::size_t junk_first = 0, junk_last = 0;  // pixels at the ends of a frame that hold no light at all
    core::PairAverage pairs = core::PairAverage::none;
    std::vector<double> nonlinearity;  // n0..nN, empty when none
    std::vector<double> stray_light;   // the instrument's own coefficients, one or two; empty when none
    std::vector<double> irradiance;  // calibration factor of each pixel, unit as the maker wrote it; empty when none
    std::vector<double> raman_intensity;  // relative intensity factor of each pixel; empty when none
    bool has_laser = false;
    bool has_cooler = false;
    std::optional<core::Milliwatts> laser_min, laser_max;
    std::vector<double> laser_percent_of_mw;  // percent of full power for mW, a polynomial; empty: not calibrated
    std::optional<core::Celsius> cooler_min, cooler_max, cooler_usual;  // setpoints; usual: what is sane here
    std::vector<std::string> warnings;  // "coefficients are not finite: the axis is not usable"

    // What a lease must ask for to get so much light: clamped to laser_min and laser_max. None without a calibration.
    std::optional<double> laser_fraction(core::Milliwatts power) const;

    // Raman shift of each pixel, for an instrument with usable wavelengths and an excitation line.
    core::Result<core::Axis> raman_shift() const;
};

}  // namespace singel::instrument
