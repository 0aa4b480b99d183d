#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "firmware-bridge/wire/bytes.hpp"

// The files of the instrument: a scan as the detector gave it, what it was told to do, and its coefficients.
namespace singel::firmware_bridge::wire::nirscan {

enum class ScanType : std::uint8_t { column = 0, hadamard = 1, slew = 2 };

// What one scan does. Slew configurations have another shape and are refused.
struct Configuration {
    ScanType type = ScanType::column;
    std::uint16_t index = 0;  // changes with the configuration
    std::string serial;       // of the spectrometer, up to 8 bytes
    std::string name;         // up to 40 bytes
    std::uint16_t first_nm = 900, last_nm = 1700;
    std::uint8_t width_px = 6;  // columns of a pattern
    std::uint16_t patterns = 228;
    std::uint16_t repeats = 1;  // the values of a scan are the means over them
    friend bool operator==(const Configuration&, const Configuration&) = default;
};

struct Calibration {
    std::array<double, 3> shift{};       // columns by row: bends the patterns along the slit's image
    std::array<double, 3> wavelength{};  // nm = w0 + w1 c + w2 c² at column c of the mirrors
    friend bool operator==(const Calibration&, const Calibration&) = default;
};

struct ScanTime {
    std::uint8_t year = 0, month = 0, day = 0, weekday = 0, hour = 0, minute = 0, second = 0;
    friend bool operator==(const ScanTime&, const ScanTime&) = default;
};

struct Scan {
    std::string name;  // up to 20 bytes
    ScanTime time;
    std::int16_t system_temperature_hundredths_c = 0, detector_temperature_hundredths_c = 0;
    std::uint16_t humidity_hundredths_percent = 0;
    std::uint16_t lamp_monitor = 0;
    std::uint32_t index = 0;  // another one for each scan: session in the high half, number in the low one
    Calibration calibration;
    std::string serial;
    std::uint8_t first_black = 24, black_period = 25;  // patterns with all mirrors off
    std::uint8_t gain = 1;                             // of the amplifier; 0: setting it failed
    Configuration configuration;
    std::vector<std::int32_t> values;  // one a pattern, black ones among them
    friend bool operator==(const Scan&, const Scan&) = default;
};

inline constexpr std::size_t most_values = 864;
inline constexpr std::size_t scan_file_bytes = 3822;  // as the instrument sends it: the image, and filled up
inline constexpr std::size_t calibration_file_bytes = 144;

Bytes encode(const Configuration& configuration);
Decoded<Configuration> decode_configuration(ByteView file);

Bytes encode(const Calibration& calibration);
Decoded<Calibration> decode_calibration(ByteView file);  // refuses what is not finite

// values.size() <= most_values.
Bytes encode(const Scan& scan);
// Refuses another version, more values than there is room for, a black period of zero.
Decoded<Scan> decode_scan(ByteView file);

}  // namespace singel::firmware_bridge::wire::nirscan
