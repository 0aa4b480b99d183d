#include "firmware-bridge/virtual/ocean_frames.hpp"

#include <algorithm>
#include <utility>

#include "firmware-bridge/virtual/optics/random.hpp"
#include "firmware-bridge/wire/ooi/spectrum.hpp"

namespace singel::firmware_bridge::virtual_instrument {

namespace ooi = wire::ooi;
using ooi::TriggerKind;

namespace {

constexpr std::chrono::milliseconds fixed_integration{50};

// Section 6.1: the upper four bits of a split count are driven by nobody.
void add_undriven_bits(std::vector<std::uint16_t>& counts, std::uint64_t number) {
    optics::Random random(optics::mix(0x0F, number));
    for (std::uint16_t& count : counts) count = static_cast<std::uint16_t>(count | (random.bits() & 0xF) << 12);
}

}  // namespace

OceanFrames::OceanFrames(const OceanModel& model, optics::Sensor sensor, const OceanCoolerState& cooler,
                         bool high_speed, Port port)
    : model_(model), sensor_(std::move(sensor)), cooler_(cooler), high_speed_(high_speed), port_(std::move(port)) {}

void OceanFrames::power_up(Clock integration, Clock now) {
    abandon();
    integration_ = integration;
    trigger_ = TriggerKind::none;
    powered_ = true;
    awake_ = false;
    truth_ = {};
    last_sent_.clear();
    restart(now);
}

void OceanFrames::abandon() {
    ++epoch_;
    under_way_ = false;
    first_edge_.reset();
    prepared_.clear();
    requests_.clear();
}

void OceanFrames::restart(Clock now) {
    cycle_ = {now, integration_, now + period(integration_)};
}

Clock OceanFrames::period(Clock integration) const {
    const OceanClockwork& clockwork = model_.clockwork;
    const bool shutter = integration < std::chrono::microseconds(clockwork.shutter_below_us);
    return shutter ? Clock(std::chrono::microseconds(clockwork.shutter_cycle_us)) : integration;
}

// The cycle of a free-running detector that runs now.
void OceanFrames::follow(Clock now) {
    if (now < cycle_.end) return;
    const Clock length = period(integration_);
    const Clock begun = cycle_.end + (now - cycle_.end) / length * length;
    cycle_ = {begun, integration_, begun + length};
}

void OceanFrames::set_integration(Clock integration, Clock now) {
    follow(now);
    integration_ = integration;
}

void OceanFrames::set_trigger(TriggerKind kind, Clock now) {
    if (!free()) {
        ++epoch_;
        under_way_ = false;
        first_edge_.reset();
        restart(now);
    }
    trigger_ = kind;
    serve(now);
}

void OceanFrames::set_powered(bool powered) {
    powered_ = powered;
    if (!powered_) abandon();
}

void OceanFrames::request(Clock now) {
    requests_.push_back(now);
    awake_ = true;
    serve(now);
}

std::size_t OceanFrames::packets_waiting() const {
    const ooi::EndpointMap& endpoints = model_.facts.dialect.endpoints;
    const std::size_t second =
        endpoints.second_spectrum == 0 ? 0 : port_.endpoints.packets_waiting(endpoints.second_spectrum);
    return port_.endpoints.packets_waiting(endpoints.spectrum) + second;
}

void OceanFrames::serve(Clock now) {
    if (prepares()) return serve_prepared(now);
    if (!requests_.empty() && !under_way_ && free() && powered_) await_cycle(now);
}

// After a request more spectra are kept prepared, so the next requests may be answered by frames begun before them;
// without a further request the detector goes idle.
void OceanFrames::serve_prepared(Clock now) {
    while (!requests_.empty() && !prepared_.empty()) {
        Prepared frame = std::move(prepared_.front());
        prepared_.pop_front();
        deliver(std::move(frame));
    }
    const bool wanted = !requests_.empty() || prepared_.size() < model_.clockwork.frames_prepared;
    if (awake_ && wanted && !under_way_ && free() && powered_) integrate(now, integration_);
}

// A free-running detector answers with the frame that is under way.
void OceanFrames::await_cycle(Clock now) {
    follow(now);
    under_way_ = true;
    port_.timers.at(cycle_.end, [this, epoch = epoch_](Clock when) {
        if (epoch == epoch_) end_cycle(when);
    });
}

// While the host has not read the frame before, the detector's frames are lost: idle cycles.
void OceanFrames::end_cycle(Clock now) {
    const Cycle ended = cycle_;
    under_way_ = false;
    if (packets_waiting() == 0) deliver(expose(ended.begun, ended.integration));
    serve(now);
}

void OceanFrames::integrate(Clock begun, Clock integration) {
    under_way_ = true;
    port_.timers.at(begun + integration, [this, begun, integration, epoch = epoch_, was_free = free()](Clock when) {
        if (epoch != epoch_) return;
        under_way_ = false;
        if (!was_free) return end_triggered(begun, integration);
        prepared_.push_back(expose(begun, integration));
        serve(when);
    });
}

// No new frame begins until the one before was read.
void OceanFrames::edge(Clock now) {
    const bool ready = !under_way_ && packets_waiting() == 0 && powered_;
    switch (trigger_) {
        case TriggerKind::none:
        case TriggerKind::never: return;
        case TriggerKind::level:
            if (ready && requested()) integrate(now, integration_);
            return;
        case TriggerKind::edge:
            if (ready) integrate(now, integration_);
            return;
        case TriggerKind::edge_fixed_50_ms:
            if (ready) integrate(now, fixed_integration);
            return;
        case TriggerKind::synchronisation: break;
    }
    const std::optional<Clock> begun = std::exchange(first_edge_, std::nullopt);
    if (begun) return end_triggered(*begun, now - *begun);
    if (ready) first_edge_ = now;
}

// A frame that nobody has asked for when it ends is dropped.
void OceanFrames::end_triggered(Clock begun, Clock integration) {
    if (requested()) deliver(expose(begun, integration));
}

OceanFrames::Prepared OceanFrames::expose(Clock begun, Clock integration) {
    const double seconds = std::chrono::duration<double>(integration).count();
    std::vector<std::uint16_t> counts = sensor_.expose({seconds, 0, 1, cooler_.dark(begun)}, ++frame_number_);
    const ooi::Dialect& dialect = model_.facts.dialect;
    if (dialect.form == ooi::PixelForm::split_bytes) add_undriven_bits(counts, frame_number_);
    return {ooi::encode_spectrum(counts, dialect), {begun, integration, 0.0, false}};
}

void OceanFrames::deliver(Prepared frame) {
    frame.truth.prepared = frame.truth.begun < requests_.front();
    requests_.pop_front();
    const bool stale = std::exchange(port_.conditions.next_frame_stale, false) && !last_sent_.empty();
    if (!stale) {
        last_sent_ = std::move(frame.bytes);
        truth_.last_frame = frame.truth;
    }
    ++truth_.frames;
    std::size_t end = last_sent_.size();
    auto parts = ooi::spectrum_parts(model_.facts.dialect, high_speed_);
    // The last part first: a fault that spoils the next frame is to meet its end.
    std::reverse(parts.begin(), parts.end());
    for (const ooi::SpectrumPart& part : parts) {
        end -= part.bytes;
        port_.endpoints.send(part.endpoint, std::span(last_sent_).subspan(end, part.bytes));
    }
}

}  // namespace singel::firmware_bridge::virtual_instrument
