#pragma once

#include <array>
#include <cstdint>
#include <vector>

// What pages 6 and 7 of a Wasatch EEPROM hold besides the intensity polynomial. Source: notes on the FID protocol,
// section 5; the places of the spline's points and of the pixel correction: Wasatch.PY, EEPROM.py and
// EtalonCorrection.py (MIT licence).
namespace singel::firmware_bridge::wire::fid {

struct PixelSpan {
    std::uint16_t start = 0, end = 0;  // inclusive
    friend bool operator==(const PixelSpan&, const PixelSpan&) = default;
};

enum class Subformat : std::uint8_t {
    user = 0,
    raman_intensity = 1,
    spline = 2,
    untethered = 3,
    detector_regions = 4,
    multi_wavelength = 5
};

// Wavelengths as a cubic spline: at most 14 points, 5 on page 6, 5 on page 7, 4 on page 4.
struct SplinePoint {
    float wavelength_nm = 0, y = 0, y2 = 0;
    friend bool operator==(const SplinePoint&, const SplinePoint&) = default;
};
struct Spline {
    std::vector<SplinePoint> points;
    float min = 0, max = 0;
    friend bool operator==(const Spline&, const Spline&) = default;
};

// An XS that identifies by itself.
struct Untethered {
    std::uint8_t library_type = 0;
    std::uint16_t library_id = 0;
    std::uint8_t scans_to_average = 0, min_ramp_pixels = 0;
    std::uint16_t min_peak_height = 0;
    std::uint8_t match_threshold = 0, library_count = 0, throwaways = 0, mask = 0;
    friend bool operator==(const Untethered&, const Untethered&) = default;
};

// Parts of one detector with wavelengths of their own, besides pages 1 and 2.
struct DetectorRegion {
    PixelSpan pixels;
    std::array<float, 4> wavelength_nm{};
    friend bool operator==(const DetectorRegion&, const DetectorRegion&) = default;
};
struct DetectorRegions {
    std::array<DetectorRegion, 3> regions{};
    std::uint8_t count = 0;
    friend bool operator==(const DetectorRegions&, const DetectorRegions&) = default;
};

// The second laser of a unit with two.
struct SecondExcitation {
    float excitation_nm = 0;
    std::array<float, 5> wavelength_nm{};
    PixelSpan roi;
    float resolution_cm1 = 0;
    std::vector<float> raman_intensity;  // at most 5
    std::uint8_t binning = 0;
    friend bool operator==(const SecondExcitation&, const SecondExcitation&) = default;
};

// Page 8 of format 19: what lies on pages 10 and up.
enum class PixelCorrection : std::uint8_t { none = 0, etalon = 1, ingaas = 2 };

}  // namespace singel::firmware_bridge::wire::fid
