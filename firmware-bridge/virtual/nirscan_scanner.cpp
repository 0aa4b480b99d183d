#include "firmware-bridge/virtual/nirscan_scanner.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "firmware-bridge/virtual/unit_seed.hpp"
#include "firmware-bridge/wire/nirscan/column.hpp"

namespace singel::firmware_bridge::virtual_instrument {

namespace nirscan = wire::nirscan;
using std::chrono::milliseconds;
using namespace std::chrono_literals;

namespace {

constexpr auto mirrors_start = 300ms, lamp_settles = 625ms, mirrors_configured = 150ms, read_out = 100ms;
constexpr std::size_t frames_per_second = 60, frames_before_patterns = 3;
constexpr unsigned highest_gain_bit = 6;

milliseconds shown_for(std::size_t patterns) {
    const std::size_t frames = patterns / nirscan::patterns_between_blacks + 1 + frames_before_patterns;
    return milliseconds(1000 * frames / frames_per_second);
}

// Of each value; a black one lies between its neighbours and sees nothing.
std::vector<double> places(const std::vector<double>& patterns, std::vector<std::size_t>& black) {
    std::vector<double> nm;
    std::size_t next = 0;
    for (std::size_t place = 0; place < nirscan::values_of(patterns.size()); ++place) {
        const bool dark = place % (nirscan::patterns_between_blacks + 1) == nirscan::patterns_between_blacks;
        if (dark) black.push_back(place);
        const double before = patterns[next == 0 ? 0 : next - 1];
        const double after = next < patterns.size() ? patterns[next] : before + 1;
        nm.push_back(dark ? (before + after) / 2 : patterns[next++]);
    }
    return nm;
}

}  // namespace

NirscanScanner::NirscanScanner(const NirscanModel& model, Scene scene, std::string serial, Port port)
    : model_(model), scene_(std::move(scene)), serial_(std::move(serial)), port_(std::move(port)) {}

void NirscanScanner::power_up() {
    running_ = false;
    controls_lamp_ = true;
    fixed_gain_ = 0;
    ++session_;
    scans_ = 0;
    truth_ = {};
    last_ = {};
    last_.configuration = configuration_;
}

nirscan::Calibration NirscanScanner::calibration() const {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    nirscan::Calibration calibration{{-5, 0.02, 1e-5}, model_.wavelength_nm};
    if (port_.conditions.nan_coefficient) calibration.wavelength[1] = nan;
    if (port_.conditions.all_ones_memory) calibration = {{nan, nan, nan}, {nan, nan, nan}};
    return calibration;
}

std::string NirscanScanner::serial() const {
    return port_.conditions.all_ones_memory ? std::string(nirscan::serial_bytes, '\xFF') : serial_;
}

bool NirscanScanner::configure(nirscan::Configuration configuration) {
    if (configuration.repeats == 0 || configuration.first_nm < nirscan::first_nm ||
        configuration.last_nm > nirscan::last_nm || configuration.last_nm <= configuration.first_nm)
        return false;
    if (!nirscan::pattern_wavelengths(configuration, {{}, model_.wavelength_nm})) return false;
    configuration_ = std::move(configuration);
    return true;
}

milliseconds NirscanScanner::before_patterns() const {
    if (!controls_lamp_) return 0ms;
    return mirrors_start + lamp_settles + mirrors_configured + shown_for(nirscan::values_of(configuration_.patterns));
}

milliseconds NirscanScanner::scan_time() const {
    return before_patterns() + read_out + configuration_.repeats * shown_for(configuration_.patterns);
}

void NirscanScanner::start(Clock now) {
    running_ = true;
    const Clock begun = now + before_patterns();
    port_.timers.at(now + scan_time(), [this, begun](Clock) { finish(begun); });
}

optics::Sensor NirscanScanner::sensor(const std::vector<double>& patterns_nm) const {
    const double full_scale = nirscan::adc_full_scale;
    optics::Detector detector;
    optics::Spectrograph spectrograph;
    spectrograph.wavelength_nm = places(patterns_nm, detector.blind);
    spectrograph.line_width_nm = model_.line_width_nm;
    detector.pixels = spectrograph.wavelength_nm.size();
    detector.full_scale = full_scale;
    detector.counts_per_electron = full_scale / model_.electrons;
    detector.read_noise_counts = model_.read_noise * full_scale;
    detector.offset_counts = model_.offset * full_scale;
    detector.dark_counts_per_s = model_.dark_per_s * full_scale;
    return {detector, optics::project(scene_, spectrograph, full_scale * model_.gathering),
            unit_seed(model_.name, serial_), scene_.seed};
}

// By a first run with gain 1.
std::uint8_t NirscanScanner::chosen_gain(const optics::Sensor& sensor, double seconds) {
    if (fixed_gain_ > 0) return fixed_gain_;
    const auto first = sensor.expose_wide({seconds, 0, 1, 1}, exposures_++);
    const double room = 0.9 * nirscan::adc_full_scale / std::max<double>(1, *std::ranges::max_element(first));
    unsigned bit = 0;
    while (bit < highest_gain_bit && (2U << bit) <= static_cast<unsigned>(room)) ++bit;
    return static_cast<std::uint8_t>(1U << bit);
}

std::vector<std::int32_t> NirscanScanner::expose(std::uint8_t& gain) {
    const auto patterns = nirscan::pattern_wavelengths(configuration_, {{}, model_.wavelength_nm});
    if (!patterns) return {};
    const optics::Sensor detector = sensor(*patterns);
    const double seconds = std::chrono::duration<double>(nirscan::pattern_exposure).count();
    gain = chosen_gain(detector, seconds);
    std::vector<std::int64_t> sum(nirscan::values_of(patterns->size()));
    for (unsigned repeat = 0; repeat < configuration_.repeats; ++repeat) {
        const auto counts = detector.expose_wide({seconds, 0, static_cast<double>(gain), 1}, exposures_++);
        std::transform(sum.begin(), sum.end(), counts.begin(), sum.begin(), std::plus<>());
    }
    std::vector<std::int32_t> values;
    for (const std::int64_t one : sum) values.push_back(static_cast<std::int32_t>(one / configuration_.repeats));
    return values;
}

// A scan that the firmware did not finish leaves the one before it in the memory.
void NirscanScanner::finish(Clock begun) {
    running_ = false;
    truth_.last_frame = {begun, nirscan::pattern_exposure, 0.0, false};
    if (std::exchange(port_.conditions.next_frame_stale, false)) return;
    nirscan::Scan scan;
    scan.values = expose(scan.gain);
    scan.name = configuration_.name.substr(0, 19);
    scan.time = {26, 0, 1, 4, 12, 0, 0};
    scan.system_temperature_hundredths_c = 3010;
    scan.detector_temperature_hundredths_c = 2790;
    scan.humidity_hundredths_percent = 3850;
    scan.lamp_monitor = 20000;
    scan.index = session_ << 16 | (scans_++ & 0xFFFF);
    scan.calibration = calibration();
    scan.serial = serial();
    scan.configuration = configuration_;
    last_ = std::move(scan);
}

}  // namespace singel::firmware_bridge::virtual_instrument
