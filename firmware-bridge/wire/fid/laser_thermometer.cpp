#include "firmware-bridge/wire/fid/laser_thermometer.hpp"

#include <array>
#include <cmath>

namespace singel::firmware_bridge::wire::fid {

namespace {

constexpr std::uint16_t full_scale = 4095;
constexpr double reference_volts = 2.5, divider_ohms = 21450;
constexpr double thermistor_beta = 3977, thermistor_ohms = 10000, thermistor_kelvin = 298.15, zero_celsius = 273.15;
constexpr std::array arm_polynomial{1.5712971947853123, 1.4453391889061071e-2, -1.8534086153440592e-6,
                                    4.2553356470494626e-10};

double thermistor_celsius(double raw) {
    const double volts = reference_volts * raw / (full_scale + 1);
    const double ohms = divider_ohms * volts / (reference_volts - volts);
    return 1 / (1 / thermistor_kelvin + std::log(ohms / thermistor_ohms) / thermistor_beta) - zero_celsius;
}

}  // namespace

std::optional<double> laser_celsius(Board board, std::uint16_t raw) {
    if (raw == 0 || raw >= full_scale) return std::nullopt;
    if (board != Board::arm) return thermistor_celsius(raw);
    double sum = 0;
    for (std::size_t i = arm_polynomial.size(); i-- > 0;) sum = sum * raw + arm_polynomial[i];
    return sum;
}

}  // namespace singel::firmware_bridge::wire::fid
