#include "firmware-bridge/virtual/wasatch_camera.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace singel::firmware_bridge::virtual_instrument {

namespace fid = wire::fid;
namespace operation = wire::fid::operation;

namespace {

constexpr std::chrono::seconds sensor_idle_time{1};
constexpr std::chrono::milliseconds wake_time{20};
constexpr int wake_frames = 8;
constexpr std::uint16_t mark = 0xFFFF;
constexpr double full_scale = 65535;

double gain_of(const WasatchRegisters& registers, const fid::Operation& row) {
    return fid::gain_of(static_cast<std::uint16_t>(registers.get(row)));
}

}  // namespace

void WasatchCamera::power_up(Clock now) {
    abandon();
    truth_ = {};
    last_sent_.clear();
    last_frame_end_ = now;
}

void WasatchCamera::abandon() {
    ++epoch_;
    busy_ = false;
    phase_ = fid::poll::idle;
}

Clock WasatchCamera::integration() const {
    return registers_.get(operation::integration_time) * Clock(model_.integration_unit());
}

// Another command while a frame gathers light queues nothing, and so does one that waits for an edge.
void WasatchCamera::acquire(Clock now) {
    if (busy_ || registers_.get(operation::trigger_source) != 0) return;
    const bool asleep = model_.sensor_sleeps && now - last_frame_end_ > sensor_idle_time;
    const bool firmware_fires = registers_.get(operation::raman_mode) != 0;
    Clock begin = asleep ? now + wake_time + wake_frames * integration() : now;
    if (!firmware_fires) return expose(begin, integration(), asleep, {});
    laser_.drive(true, now);
    begin += std::chrono::milliseconds(registers_.get(operation::raman_delay));
    expose(begin, integration(), asleep, [this](Clock when) { laser_.drive(false, when); });
}

void WasatchCamera::trigger(Clock now) {
    if (busy_ || registers_.get(operation::trigger_source) == 0) return;
    const bool several = registers_.get(operation::continuous) != 0;
    go_on(several ? std::max<std::uint64_t>(1, registers_.get(operation::frames_per_trigger)) : 1, now);
}

void WasatchCamera::go_on(std::uint64_t left, Clock now) {
    if (left == 0) return;
    expose(now, integration(), false, [this, left](Clock when) { go_on(left - 1, when); });
}

// A short look at the first integration time, then the one whose frame is sent; light from the beginning to the end
// of it. Section 8 does not tell the steps: these are the simplest with the same light.
void WasatchCamera::auto_raman(const fid::AutoRaman& request, Clock now) {
    if (busy_) return;
    laser_.drive(true, now);
    phase_ = fid::poll::warm_up;
    const Clock lit = now + std::chrono::seconds(registers_.get(operation::laser_warning_delay));
    const auto longest = std::max(request.min_integration, request.max_integration);
    const auto wanted = std::clamp(request.start_integration * std::max<int>(1, request.max_factor),
                                   request.min_integration, longest);
    expose(lit + Clock(request.start_integration), wanted, false, [this](Clock when) { laser_.drive(false, when); });
}

void WasatchCamera::expose(Clock begin, Clock integration, bool flat, std::function<void(Clock)> afterwards) {
    busy_ = true;
    actual_integration_ = integration;
    if (phase_ == fid::poll::idle) phase_ = fid::poll::sample;
    port_.timers.at(begin,
                    [this, integration, flat, afterwards = std::move(afterwards), epoch = epoch_](Clock start) {
                        if (epoch != epoch_) return;
                        laser_.advance(start);
                        Run run{start, integration, laser_.exposure_s(), flat, afterwards};
                        phase_ = fid::poll::sample;
                        port_.timers.at(start + integration, [this, run, epoch](Clock end) {
                            if (epoch == epoch_) finish(run, end);
                        });
                    });
}

void WasatchCamera::finish(const Run& run, Clock now) {
    busy_ = false;
    phase_ = fid::poll::idle;
    last_frame_end_ = now;
    laser_.advance(now);
    const double laser_seconds = laser_.exposure_s() - run.exposure;
    std::vector<std::uint16_t> fresh = counts(run, laser_seconds);
    ++truth_.frames;
    const bool stale = std::exchange(port_.conditions.next_frame_stale, false) && !last_sent_.empty();
    if (!stale) {
        last_sent_ = std::move(fresh);
        truth_.last_frame = {run.begin, run.integration, laser_seconds, false};
    }
    if (registers_.get(operation::area_scan) != 0)
        send_rows(last_sent_);
    else
        send_spectrum(last_sent_);
    if (run.afterwards) run.afterwards(now);
}

std::vector<std::uint16_t> WasatchCamera::counts(const Run& run, double laser_seconds) {
    double gain = gain_of(registers_, operation::detector_gain) / static_cast<double>(model_.gain);
    constexpr double high_gain = 8;  // of the InGaAs amplifiers, not documented: of the usual size
    if (registers_.get(operation::high_gain) != 0) gain *= high_gain;
    std::vector<std::uint16_t> counts = sensor_.expose(
        {std::chrono::duration<double>(run.integration).count(), laser_seconds, gain}, ++frame_number_);
    level_odd_pixels(counts);
    const bool flat = std::exchange(port_.conditions.next_frame_flat, false) || run.flat;
    if (flat) std::fill(counts.begin(), counts.end(), counts.front());
    if (model_.marks_first_pixel() && !flat) counts.front() = mark;
    return counts;
}

// The odd pixels have an amplifier of their own. Its right gain and offset are in the memory; firmware without the
// feature applies those of the even ones.
void WasatchCamera::level_odd_pixels(std::vector<std::uint16_t>& counts) const {
    const bool in_hardware = model_.has(fid::feature::even_odd_in_hardware);
    if (model_.board != fid::Board::ingaas || in_hardware) return;
    const double slope = static_cast<double>(model_.gain / model_.gain_odd);
    for (std::size_t i = 1; i < counts.size(); i += 2) {
        const double sent = (counts[i] - model_.offset_odd) * slope + model_.offset;
        counts[i] = static_cast<std::uint16_t>(std::lround(std::clamp(sent, 0.0, full_scale)));
    }
}

void WasatchCamera::send_spectrum(std::vector<std::uint16_t> counts) {
    if (std::exchange(port_.conditions.next_frame_rotated, false))
        std::rotate(counts.begin(), counts.begin() + static_cast<std::ptrdiff_t>(counts.size() / 3), counts.end());
    const std::vector<std::uint8_t> bytes = fid::encode_spectrum(counts);
    const fid::Readout layout = fid::readout(model_.board, counts.size());
    const std::span<const std::uint8_t> all(bytes);
    port_.endpoints.send(fid::spectrum_endpoint, all.first(layout.first_bytes));
    if (layout.second_bytes == 0) return;
    if (std::exchange(port_.conditions.next_second_half_stalled, false))
        return port_.endpoints.halt(fid::second_spectrum_endpoint);
    port_.endpoints.send(fid::second_spectrum_endpoint, all.last(layout.second_bytes));
}

// Light falls on the middle of the detector; a row says which it is in its first two pixels.
void WasatchCamera::send_rows(const std::vector<std::uint16_t>& counts) {
    for (std::uint16_t row = 0; row < model_.rows; ++row) {
        const double from_middle = (row + 0.5) / model_.rows - 0.5;
        const double share = std::exp(-from_middle * from_middle * 20);
        std::vector<std::uint16_t> line(counts.size());
        std::transform(counts.begin(), counts.end(), line.begin(),
                       [share](std::uint16_t c) { return static_cast<std::uint16_t>(std::lround(c * share)); });
        line[0] = mark;
        line[1] = row;
        send_spectrum(std::move(line));
    }
}

std::uint64_t WasatchCamera::poll_status() const {
    if (busy_) return phase_;
    return port_.endpoints.packets_waiting(fid::spectrum_endpoint) > 0 ? fid::poll::data_ready : fid::poll::idle;
}

std::uint64_t WasatchCamera::actual_integration_us() const {
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(actual_integration_).count());
}

}  // namespace singel::firmware_bridge::virtual_instrument
