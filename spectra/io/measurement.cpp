#include "spectra/io/measurement.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace singel::spectra::io {
namespace {

constexpr double full_scale = 65535.0;  // counts; every instrument behind these formats has a 16-bit converter
constexpr std::size_t longest_quote = 40;

}  // namespace

std::string at_line(std::string_view source, std::size_t line) {
    return fmt::format("{}, line {}", source, line);
}

std::string shown(std::string_view text) {
    std::string printable(text.substr(0, longest_quote));
    for (char& c : printable)
        if (c < ' ' || c > '~') c = '?';
    return fmt::format("'{}{}'", printable, text.size() > longest_quote ? "…" : "");
}

core::Spectrum column_spectrum(const core::Axis& axis, std::vector<double> values, core::NoiseBasis noise,
                               const Origin& origin) {
    core::Spectrum spectrum;
    spectrum.axis = axis;
    spectrum.values = std::move(values);
    spectrum.technique = origin.technique;
    spectrum.noise = noise;
    spectrum.ordinate = noise == core::NoiseBasis::none ? core::Ordinate::arbitrary : core::Ordinate::counts;
    spectrum.provenance = origin.provenance;
    return spectrum;
}

double clipped_fraction(const std::vector<double>& raw) {
    if (raw.empty()) return 0.0;
    const auto clipped = std::ranges::count_if(raw, [](double v) { return v >= full_scale; });
    return static_cast<double>(clipped) / static_cast<double>(raw.size());
}

core::Result<core::Axis> shifted_axis(const core::Axis& wavelengths, core::DeviceNm excitation,
                                      core::RamanShift offset) {
    auto shifts = core::raman_shift_axis(wavelengths, excitation);
    if (!shifts || offset.value == 0.0) return shifts;
    std::vector<double> moved(shifts->values().begin(), shifts->values().end());
    for (double& v : moved) v += offset.value;
    return core::Axis::make(core::AxisKind::raman_shift_cm1, std::move(moved));
}

core::Spectrum Measurement::scan() const {
    if (raw.empty()) return processed;
    if (dark.empty()) return raw;
    core::Spectrum scan = raw;
    std::ranges::transform(raw.values, dark.values, scan.values.begin(), std::minus<>());
    scan.provenance = raw.provenance.with("dark", "raw - dark of the file");
    return scan;
}

}  // namespace singel::spectra::io
