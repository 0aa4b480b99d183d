#include "firmware-bridge/trace/recorder.hpp"

#include <algorithm>
#include <utility>

namespace singel::firmware_bridge::trace {

using virtual_instrument::Completion;
using virtual_instrument::UsbDevice;

namespace {

constexpr std::uint8_t direction_in = 0x80;

Transfer control_transfer(const virtual_instrument::Setup& setup, std::span<const std::uint8_t> out) {
    Transfer transfer;
    transfer.control = true;
    transfer.endpoint = setup.request_type & direction_in;
    transfer.setup = setup;
    transfer.asked = transfer.in() ? setup.length : out.size();
    transfer.data.assign(out.begin(), out.end());
    return transfer;
}

}  // namespace

Recorder::Recorder(std::unique_ptr<UsbDevice> device, Tell tell)
    : device_(std::move(device)), tell_(std::move(tell)) {
    device_->on_complete = [this](Completion completion) { finish(std::move(completion)); };
}

void Recorder::begin(TransferId id, Transfer transfer, Clock now) {
    now_ = std::max(now_, now);
    begun_[id] = {std::move(transfer), now_};
}

void Recorder::finish(Completion completion) {
    if (auto begun = begun_.extract(completion.id)) {
        Transfer& transfer = begun.mapped().transfer;
        transfer.at = now_us();
        transfer.took = std::chrono::duration_cast<Microseconds>(now_ - begun.mapped().at);
        transfer.status = completion.status;
        transfer.actual = completion.actual;
        if (transfer.in()) {
            transfer.data = completion.in;
            transfer.actual = transfer.data.size();
        }
        tell_(transfer);
    }
    if (on_complete) on_complete(std::move(completion));
}

void Recorder::tell(Happening what) {
    tell_(Event{now_us(), what});
}

void Recorder::submit_control(TransferId id, const Setup& setup, std::span<const std::uint8_t> out, Clock now) {
    begin(id, control_transfer(setup, out), now);
    device_->submit_control(id, setup, out, now);
}

void Recorder::submit_bulk_out(TransferId id, std::uint8_t endpoint, std::span<const std::uint8_t> data, Clock now) {
    Transfer transfer;
    transfer.endpoint = endpoint;
    transfer.asked = data.size();
    transfer.data.assign(data.begin(), data.end());
    begin(id, std::move(transfer), now);
    device_->submit_bulk_out(id, endpoint, data, now);
}

void Recorder::submit_bulk_in(TransferId id, std::uint8_t endpoint, std::size_t capacity, Clock now) {
    Transfer transfer;
    transfer.endpoint = endpoint;
    transfer.asked = capacity;
    begin(id, std::move(transfer), now);
    device_->submit_bulk_in(id, endpoint, capacity, now);
}

bool Recorder::cancel(TransferId id, Clock now) {
    now_ = std::max(now_, now);
    return device_->cancel(id, now);
}

void Recorder::clear_halt(std::uint8_t endpoint) {
    constexpr std::uint8_t to_endpoint = 2, clear_feature = 1;  // USB 2.0, section 9.4.1
    Transfer transfer = control_transfer({to_endpoint, clear_feature, 0, endpoint, 0}, {});
    transfer.at = now_us();
    tell_(transfer);
    device_->clear_halt(endpoint);
}

void Recorder::reset(Clock now) {
    now_ = std::max(now_, now);
    tell(Happening::reset);
    device_->reset(now);
}

void Recorder::unplug(Clock now) {
    now_ = std::max(now_, now);
    if (device_->present()) tell(Happening::unplugged);
    device_->unplug(now);
}

void Recorder::plug(Clock now) {
    now_ = std::max(now_, now);
    if (!device_->present()) tell(Happening::plugged);
    device_->plug(now);
}

void Recorder::advance(Clock now) {
    now_ = std::max(now_, now);
    device_->advance(now);
}

}  // namespace singel::firmware_bridge::trace
