#include "firmware-bridge/virtual/obp_camera.hpp"

#include <algorithm>
#include <utility>

#include "firmware-bridge/wire/obp/arguments.hpp"
#include "firmware-bridge/wire/obp/spectra.hpp"

namespace singel::firmware_bridge::virtual_instrument {

namespace obp = wire::obp;
namespace message = wire::obp::message;
namespace trigger_code = wire::obp::trigger_code;
using obp::Error;
using std::chrono::microseconds;

ObpCamera::ObpCamera(const ObpModel& model, const ObpRegisters& registers, optics::Sensor sensor, Port port,
                     ObpLine& line, const ObpCooler& cooler, LaserSeconds laser)
    : model_(model),
      registers_(registers),
      sensor_(std::move(sensor)),
      port_(std::move(port)),
      line_(line),
      cooler_(cooler),
      laser_(std::move(laser)) {}

void ObpCamera::power_up(Clock now) {
    stop();
    requests_.clear();
    buffer_.clear();
    last_payload_.clear();
    truth_ = {};
    count_ = 0;
    powered_ = now;
    awake_ = false;
}

void ObpCamera::forget() {
    requests_.clear();
}

// The running exposure comes to nothing, what was prepared is dropped; the buffer stays.
void ObpCamera::stop() {
    ++epoch_;
    gathering_ = free_run_ = armed_ = awake_ = false;
    run_left_ = 0;
    prepared_.clear();
}

void ObpCamera::setting_changed(const ObpRegister& row, Clock now) {
    if (&row == &obp_register::trigger) {
        const bool armed = armed_;
        stop();
        armed_ = armed;
        awake_ = !requests_.empty();
    }
    if (&row == &obp_register::buffer_size) {
        const std::size_t size = registers_[row];
        while (buffer_.size() > size) buffer_.pop_front();
    }
    serve(now);
}

void ObpCamera::trigger(Clock now) {
    const std::uint32_t mode = registers_[obp_register::trigger];
    if (mode != trigger_code::external_edge && mode != trigger_code::external_level) return;
    if (gathering_) return;  // an edge during an exposure begins none
    if (armed_ && run_left_ == 0) run_left_ = registers_[obp_register::back_to_back];
    if (for_buffer() || !requests_.empty()) begin(now);
}

void ObpCamera::add_to(ObpHandlers& handlers) {
    const ObpHandler spectrum = [this](const ObpRequest& request) { return ask(request); };
    handlers[model_.wire.spectrum_message] = spectrum;
    if (model_.wire.version == obp::version_2) return;
    handlers[message::abort_acquisition] = obp_do([this](Clock now) { return abort(now); });
    handlers[message::get_idle_state] = obp_get([this](Clock) { return obp::u8(gathering_ ? 0 : 1); });
    handlers[message::simulate_trigger] = obp_do([this](Clock now) {
        trigger(now);
        return Error::none;
    });
    if (model_.wire.readout != obp::Readout::buffered) {
        handlers[message::get_raw_spectrum] = handlers[message::get_corrected_spectrum] = spectrum;
    }
    if (model_.buffer_spectra == 0) return;
    handlers[message::acquire_into_buffer] = obp_do([this](Clock now) { return acquire(now); });
    handlers[message::clear_buffer] = obp_do([this](Clock) {
        buffer_.clear();
        return Error::none;
    });
    handlers[message::remove_oldest] =
        obp_set(4, [this](wire::ByteView argument, Clock) { return remove_oldest(argument); });
    handlers[message::get_spectra_in_buffer] =
        obp_get([this](Clock) { return obp::u32(static_cast<std::uint32_t>(buffer_.size())); });
    if (model_.wire.readout == obp::Readout::fast_buffer) {
        handlers[message::get_buffered_spectra] = [this](const ObpRequest& request) { return fetch_many(request); };
    }
}

ObpAnswer ObpCamera::ask(const ObpRequest& request) {
    if (!request.frame.data.empty()) return {.error = Error::wrong_payload_length};
    const bool buffered = model_.wire.readout == obp::Readout::buffered;
    if (!buffered && for_buffer()) return {.error = Error::not_ready};
    requests_.push_back(request);
    awake_ = true;
    if (buffered && buffer_.empty() && !for_buffer() && !armed_) free_run_ = true;
    serve(request.now);
    return {.later = true};
}

ObpAnswer ObpCamera::fetch_many(const ObpRequest& request) {
    const auto wanted = obp::read_u32(request.frame.data);
    if (!wanted) return {.error = Error::wrong_payload_length};
    if (*wanted == 0 || *wanted > obp::fast_spectra_limit) return {.error = Error::invalid_payload};
    if (buffer_.empty()) return {.error = Error::not_ready};
    std::vector<obp::FastSpectrum> spectra;
    while (spectra.size() < *wanted && !buffer_.empty()) {
        const Shot& shot = buffer_.front();
        spectra.push_back(fast(shot));
        truth_.last_frame = {shot.begun, shot.integration, shot.laser_seconds, shot.begun < request.now};
        ++truth_.frames;
        buffer_.pop_front();
    }
    return {.data = obp::encode_fast(spectra)};
}

Error ObpCamera::acquire(Clock now) {
    if (registers_[obp_register::buffering] == 0) return Error::not_ready;
    const std::uint32_t mode = registers_[obp_register::trigger];
    armed_ = mode == trigger_code::external_edge || mode == trigger_code::external_level;
    if (!armed_) run_left_ += registers_[obp_register::back_to_back];
    serve(now);
    return Error::none;
}

// Whoever waits for a spectrum is told that it will not come.
Error ObpCamera::abort(Clock now) {
    stop();
    for (const ObpRequest& request : std::exchange(requests_, {})) {
        line_.answer(request, {.error = Error::scan_interrupted}, now);
    }
    return Error::none;
}

Error ObpCamera::remove_oldest(wire::ByteView argument) {
    const std::size_t count = std::min<std::size_t>(wire::Reader(argument).u32le(), buffer_.size());
    buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(count));
    return Error::none;
}

bool ObpCamera::wants_light() const {
    const std::uint32_t mode = registers_[obp_register::trigger];
    const bool strobed = mode == trigger_code::synchronised && registers_[obp_register::continuous_strobe] != 0;
    if (run_left_ > 0 && armed_) return true;  // an edge has begun this run
    if (mode != trigger_code::on_request && !strobed) return false;
    if (for_buffer()) return run_left_ > 0 || buffer_.size() < registers_[obp_register::buffer_size];
    return awake_ && (!requests_.empty() || prepared_.size() < model_.frames_prepared);
}

std::optional<ObpCamera::Shot> ObpCamera::oldest() {
    std::deque<Shot>& from = model_.wire.readout == obp::Readout::buffered ? buffer_ : prepared_;
    if (from.empty()) return std::nullopt;
    const Shot shot = from.front();
    from.pop_front();
    return shot;
}

void ObpCamera::serve(Clock now) {
    while (!requests_.empty()) {
        const std::optional<Shot> shot = oldest();
        if (!shot) break;
        const ObpRequest request = std::move(requests_.front());
        requests_.pop_front();
        line_.answer(request, {.data = handed_over(*shot, request.now)}, now);
    }
    if (!gathering_ && wants_light()) begin(now);
}

// A strobe that runs begins exposures with its own period.
void ObpCamera::begin(Clock now) {
    gathering_ = true;
    Clock start = now + microseconds(registers_[obp_register::delay]);
    if (registers_[obp_register::trigger] == trigger_code::synchronised) {
        const Clock period = microseconds(registers_[obp_register::strobe_period]);
        start += (period - (start - powered_) % period) % period;
    }
    if (start == now) return expose(now);
    port_.timers.at(start, [this, epoch = epoch_](Clock when) {
        if (epoch == epoch_) expose(when);
    });
}

void ObpCamera::expose(Clock begun) {
    Shot shot;
    shot.begun = begun;
    shot.integration = microseconds(registers_[obp_register::integration]);
    shot.scans = registers_[obp_register::averaging];
    shot.boxcar = registers_[obp_register::boxcar];
    shot.binning = registers_[obp_register::binning];
    shot.dark = cooler_.dark(begun);
    shot.trigger = static_cast<std::uint8_t>(registers_[obp_register::trigger]);
    shot.ended = begun + shot.scans * shot.integration;
    const double laser_before = laser_(begun);
    port_.timers.at(shot.ended, [this, shot, laser_before, epoch = epoch_](Clock) {
        if (epoch == epoch_) finish(shot, laser_before);
    });
}

void ObpCamera::finish(Shot shot, double laser_before) {
    gathering_ = false;
    shot.laser_seconds = laser_(shot.ended) - laser_before;
    shot.noise = scans_;
    scans_ += shot.scans;
    shot.count = ++count_;
    if (for_buffer()) {
        keep(shot);
    } else {
        prepared_.push_back(shot);
    }
    serve(shot.ended);
}

void ObpCamera::keep(const Shot& shot) {
    if (run_left_ > 0) --run_left_;
    if (buffer_.size() < registers_[obp_register::buffer_size]) buffer_.push_back(shot);
}

}  // namespace singel::firmware_bridge::virtual_instrument
