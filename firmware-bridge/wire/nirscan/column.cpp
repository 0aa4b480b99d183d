#include "firmware-bridge/wire/nirscan/column.hpp"

#include <cmath>
#include <fmt/format.h>
#include <optional>

#include "firmware-bridge/wire/nirscan/commands.hpp"

namespace singel::firmware_bridge::wire::nirscan {

namespace {

bool reached(double column) {
    return column >= 0 && column <= last_column;
}

double wavelength_at(double column, const std::array<double, 3>& w) {
    return w[0] + w[1] * column + w[2] * column * column;
}

// Where the quadratic takes this wavelength; of two places the one that adds the root is tried first.
std::optional<double> column_of(double nm, const std::array<double, 3>& w) {
    if (w[2] == 0) {
        const double column = (nm - w[0]) / w[1];
        return reached(column) ? std::optional(column) : std::nullopt;
    }
    const double root = std::sqrt(w[1] * w[1] - 4 * w[2] * (w[0] - nm));
    for (const double sign : {1.0, -1.0}) {
        const double column = (-w[1] + sign * root) / (2 * w[2]);
        if (reached(column)) return column;
    }
    return std::nullopt;
}

}  // namespace

bool is_black(std::size_t place, std::uint8_t first_black, std::uint8_t black_period) {
    return place % black_period == first_black % black_period;
}

std::size_t values_of(std::size_t patterns) {
    return patterns + patterns / patterns_between_blacks;
}

Decoded<std::vector<double>> pattern_wavelengths(const Configuration& configuration, const Calibration& calibration) {
    if (configuration.type != ScanType::column)
        return malformed("Hadamard scans are not decoded: their matrices are not known here");
    if (configuration.patterns < 2 || configuration.patterns > most_patterns)
        return malformed(fmt::format("configuration: {} patterns", configuration.patterns));
    const auto first = column_of(configuration.first_nm, calibration.wavelength);
    const auto last = column_of(configuration.last_nm, calibration.wavelength);
    if (!first || !last)
        return malformed(fmt::format("configuration: the mirrors do not reach {} nm",
                                     first ? configuration.last_nm : configuration.first_nm));
    const double step = (*last - *first) / (configuration.patterns - 1);
    const double off_middle = configuration.width_px % 2 == 0 ? 0.5 : 0.0;
    std::vector<double> wavelengths;
    // Added up and cut to whole columns, as the instrument does when it makes the patterns.
    double middle = *first;
    for (std::uint16_t i = 0; i < configuration.patterns; ++i, middle += step)
        wavelengths.push_back(wavelength_at(std::trunc(middle) - off_middle, calibration.wavelength));
    return wavelengths;
}

Decoded<Interpreted> interpret(const Scan& scan) {
    auto wavelengths = pattern_wavelengths(scan.configuration, scan.calibration);
    if (!wavelengths) return tl::unexpected(wavelengths.error());
    const auto black = [&scan](std::size_t place) { return is_black(place, scan.first_black, scan.black_period); };
    std::int64_t sum = 0, blacks = 0;
    for (std::size_t i = 0; i < scan.values.size(); ++i)
        if (black(i)) sum += scan.values[i], ++blacks;
    const std::int64_t level = blacks > 0 ? sum / blacks : 0;
    Interpreted result;
    for (std::size_t i = 0; i < scan.values.size(); ++i)
        if (!black(i)) result.intensity.push_back(scan.values[i] - level);
    if (result.intensity.size() != wavelengths->size())
        return malformed(
            fmt::format("scan: {} values for {} patterns", result.intensity.size(), wavelengths->size()));
    result.wavelength_nm = std::move(*wavelengths);
    return result;
}

}  // namespace singel::firmware_bridge::wire::nirscan
