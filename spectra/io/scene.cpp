#include "spectra/io/scene.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <numeric>
#include <optional>

#include "spectra/core/lamp_lines.hpp"
#include "spectra/io/mixture.hpp"
#include "spectra/io/names.hpp"
#include "spectra/io/read_spectra.hpp"
#include "spectra/io/text.hpp"

namespace singel::spectra::io {
namespace {

using core::Fault;
using core::Result;

tl::unexpected<core::Error> refused(std::string what, std::string remedy = {}) {
    return core::failure(Fault::invalid_argument, std::move(what), "scene", std::move(remedy));
}

std::optional<double> number_within(std::string_view text, double low, double high) {
    const auto value = number(text, ',');
    return value && *value >= low && *value <= high ? value : std::nullopt;
}

bool take_seed(std::string_view text, std::uint64_t& seed) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
    return error == std::errc{} && end == text.data() + text.size();
}

struct Options {
    SceneSpec scene;
    double laser_power = 1.0;
};

// "fluorescence=2". False when the key is none of ours; then the text belongs to what lies on the stage.
Result<bool> take_option(std::string_view option, Options& options) {
    const std::size_t equals = option.find('=');
    const std::string key = name_key(option.substr(0, equals));
    const std::string_view text = option.substr(equals + 1);
    std::optional<double> value;
    if (key == "fluorescence") {
        if ((value = number_within(text, 0.0, 1e4))) options.scene.fluorescence = *value;
    } else if (key == "brightness") {
        if ((value = number_within(text, 0.0, 1e4))) options.scene.brightness = *value;
    } else if (key == "laser power") {
        if ((value = number_within(text, 0.0, 1.0))) options.laser_power = *value;
    } else if (key == "seed") {
        if (take_seed(text, options.scene.seed)) value = 0.0;
    } else {
        return false;
    }
    if (!value) return refused(fmt::format("\"{}\" is no number that {} can have", text, key));
    return true;
}

// Takes the options off the end of the text.
Result<std::string_view> without_options(std::string_view text, Options& options) {
    while (true) {
        const std::size_t comma = text.rfind(',');
        const std::string_view last = comma == std::string_view::npos ? text : text.substr(comma + 1);
        if (last.find('=') == std::string_view::npos) return text;
        const auto taken = take_option(last, options);
        if (!taken) return tl::unexpected(taken.error());
        if (!*taken) return text;
        text = comma == std::string_view::npos ? std::string_view() : text.substr(0, comma);
    }
}

// Lowest point of the running mean over a twentieth of the range: what is left of dark and offset, not a gap
// between two bands.
double broad_minimum(const std::vector<double>& values) {
    const std::size_t width = std::max<std::size_t>(1, values.size() / 20);
    double sum = std::accumulate(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(width), 0.0);
    double lowest = sum;
    for (std::size_t i = width; i < values.size(); ++i) {
        sum += values[i] - values[i - width];
        lowest = std::min(lowest, sum);
    }
    return lowest / static_cast<double>(width);
}

// Rising, without the points that were never measured.
Result<core::Spectrum> measured_points(const core::Spectrum& scan) {
    std::vector<double> abscissae, values;
    for (std::size_t i = 0; i < scan.size(); ++i) {
        const std::size_t k = scan.axis.rising() ? i : scan.size() - 1 - i;
        if (!std::isfinite(scan.values[k])) continue;
        abscissae.push_back(scan.axis[k]);
        values.push_back(scan.values[k]);
    }
    auto axis = core::Axis::make(scan.axis.kind(), std::move(abscissae));
    if (!axis) return tl::unexpected(axis.error());
    core::Spectrum spectrum = scan;
    spectrum.axis = std::move(*axis);
    spectrum.values = std::move(values);
    spectrum.sigma.clear();
    return spectrum;
}

Result<core::Spectrum> light_of_file(const std::filesystem::path& file) {
    const auto measurements = read_spectra(file);
    if (!measurements) return tl::unexpected(measurements.error());
    if (measurements->empty()) return core::failure(Fault::wrong_format, "no spectrum in it", file.string());
    const core::Spectrum scan = measurements->front().scan();
    if (scan.technique == core::Technique::infrared || scan.technique == core::Technique::near_infrared)
        return core::failure(Fault::wrong_technique, "only scattered or emitted light can lie on this stage",
                             file.string());
    const auto kind = scan.axis.kind();
    if (scan.empty() || scan.axis.size() != scan.size() || kind == core::AxisKind::pixel ||
        kind == core::AxisKind::wavenumber_cm1)
        return core::failure(Fault::wrong_format, "no spectrum against Raman shift or wavelength", file.string());
    auto spectrum = measured_points(scan);
    if (!spectrum) return spectrum;
    const double floor = broad_minimum(spectrum->values);
    const double strongest = *std::ranges::max_element(spectrum->values) - floor;
    if (!(strongest > 0.0)) return core::failure(Fault::wrong_format, "the spectrum is flat", file.string());
    for (double& value : spectrum->values) value = std::max(0.0, (value - floor) / strongest);
    return spectrum;
}

// Lines as a narrow Gaussian each; wider than nature makes them, so that no pixel of a coarse virtual detector
// falls between two points of the grid.
core::Spectrum light_of_lamp(core::Lamp lamp) {
    constexpr double width_nm = 0.5, step_nm = 0.05, margin_nm = 5.0;
    const auto lines = core::lamp_lines(lamp);
    const double first = std::floor(lines.front().wavelength.value - margin_nm);
    const double last = std::ceil(lines.back().wavelength.value + margin_nm);
    const auto points = static_cast<std::size_t>((last - first) / step_nm) + 1;
    core::Spectrum spectrum;
    spectrum.axis = core::Axis::uniform(core::AxisKind::wavelength_air_nm, first, step_nm, points);
    spectrum.values.assign(points, 0.0);
    for (const core::LampLine& line : lines) {
        const double centre = (line.wavelength.value - first) / step_nm;
        const auto reach = static_cast<std::ptrdiff_t>(3.0 * width_nm / step_nm);
        const auto middle = static_cast<std::ptrdiff_t>(std::lround(centre));
        for (std::ptrdiff_t i = middle - reach; i <= middle + reach; ++i) {
            const double x = 2.0 * (static_cast<double>(i) - centre) * step_nm / width_nm;
            spectrum.values[static_cast<std::size_t>(i)] += line.strength * std::exp2(-x * x);
        }
    }
    const double strongest = *std::ranges::max_element(spectrum.values);
    for (double& value : spectrum.values) value /= strongest;
    return spectrum;
}

bool looks_like_a_file(std::string_view text) {
    const auto extension = std::filesystem::path(text).extension().string();
    return text.find('/') != std::string_view::npos || (extension.size() >= 3 && extension.size() <= 6);
}

Result<core::Spectrum> light_of(std::string_view text, const core::ReferenceSet& library) {
    constexpr std::string_view lamp_prefix = "lamp:";
    if (name_key(text).starts_with(lamp_prefix)) {
        const auto lamp = core::lamp_named(name_key(text.substr(lamp_prefix.size())));
        if (!lamp) return refused(fmt::format("\"{}\" is no lamp", text), "one of lamp:ne, ar, kr, xe, hg, hg-ar");
        return light_of_lamp(*lamp);
    }
    std::error_code ignored;
    if (looks_like_a_file(text) && std::filesystem::exists(text, ignored)) return light_of_file(text);
    const auto parts = parse_parts(text, library);
    if (parts) return mix_by_area(*parts, library);
    if (looks_like_a_file(text) || std::filesystem::exists(text, ignored)) return light_of_file(text);
    return tl::unexpected(parts.error());
}

}  // namespace

Result<SceneSpec> read_scene(std::string_view text, const core::ReferenceSet& library) {
    Options options;
    const auto stage = without_options(text, options);
    if (!stage) return tl::unexpected(stage.error());
    SceneSpec& scene = options.scene;
    scene.brightness *= options.laser_power;  // a weaker laser is a darker scene: the stage itself knows no laser
    if (stage->empty() || name_key(*stage) == "empty") return scene;
    auto spectrum = light_of(*stage, library);
    if (!spectrum) return tl::unexpected(spectrum.error());
    scene.spectrum = std::move(*spectrum);
    scene.spectrum.provenance.source = std::string(text);
    return std::move(scene);
}

}  // namespace singel::spectra::io
