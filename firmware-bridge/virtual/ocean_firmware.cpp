#include "firmware-bridge/virtual/ocean_firmware.hpp"

#include <algorithm>
#include <charconv>

#include "firmware-bridge/wire/ooi/spectrum.hpp"

namespace singel::firmware_bridge::virtual_instrument {

namespace ooi = wire::ooi;

namespace {

constexpr std::chrono::milliseconds power_up_integration{6};  // as captured from a USB2000+
constexpr std::uint8_t old_flash_byte = 0xB7;                 // what earlier, longer texts left after the NUL

// Registers a host may write (section 3.2); the clocks belong to the firmware.
constexpr std::uint8_t writable[] = {0x08, 0x0C, 0x28, 0x38, 0x3C, 0x48, 0x50, 0x54, 0x5C, 0x60, 0x68};
constexpr std::uint8_t trigger_register = 0x2C, lamp_register = 0x40;

std::string number_text(double value) {
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific, 5).ptr;
    return {text, end};
}

}  // namespace

OceanFirmware::OceanFirmware(const OceanModel& model, optics::Sensor sensor, std::string serial, Port port)
    : model_(model), sensor_(std::move(sensor)), serial_(std::move(serial)), port_(port) {}

void OceanFirmware::power_up(Clock now) {
    now_ = now;
    integration_ = power_up_integration;
    trigger_ = 0;
    lamp_ = false;
    powered_ = true;
    awake_ = false;
    truth_ = {};
    last_sent_.clear();
    abandon_frames();
    registers_ = {{0x00, 24},
                  {0x08, 48000},
                  {0x0C, 4800},
                  {0x28, 0},
                  {trigger_register, 0},
                  {0x38, 1},
                  {0x3C, 5},
                  {lamp_register, 0},
                  {0x48, 0},
                  {0x50, 0},
                  {0x54, 0},
                  {0x5C, 0},
                  {0x60, 0},
                  {0x68, 0xFFFF},
                  {0x64, 0x5501},
                  {ooi::fpga_version_register, register_value(model_.fpga)}};
}

void OceanFirmware::bus_reset(Clock now) {
    now_ = now;
    abandon_frames();
}

void OceanFirmware::bulk_out(std::uint8_t, std::span<const std::uint8_t> data, Clock now) {
    now_ = now;
    const wire::Decoded<ooi::Command> command = ooi::decode_command(data);
    if (!command) return;
    const bool only_usb_chip_runs = !powered_ && !std::holds_alternative<ooi::SetPower>(*command) &&
                                    !std::holds_alternative<ooi::QueryStatus>(*command);
    if (!only_usb_chip_runs) std::visit(*this, *command);
}

void OceanFirmware::reply(const std::vector<std::uint8_t>& bytes) {
    port_.endpoints.send(ooi::reply_endpoint, bytes);
}

void OceanFirmware::operator()(const ooi::Initialize&) {
    trigger_ = 0;
}

// Out of range is ignored without a word. A running integration goes on as it began.
void OceanFirmware::operator()(const ooi::SetIntegrationTime& command) {
    const auto us = static_cast<std::uint32_t>(command.time.count());
    if (us < model_.min_integration_us || us > model_.max_integration_us) return;
    const std::uint32_t step = us >= model_.coarse_from_us ? model_.coarse_step_us : model_.fine_step_us;
    integration_ = std::chrono::microseconds(us / step * step);
}

void OceanFirmware::operator()(const ooi::SetLamp& command) {
    lamp_ = command.on;
}

void OceanFirmware::operator()(const ooi::SetPower& command) {
    powered_ = command.on;
    if (!powered_) abandon_frames();
}

std::vector<std::uint8_t> OceanFirmware::slot_reply(std::uint8_t slot) const {
    if (port_.conditions.all_ones_memory) return ooi::encode_slot(slot, std::string(ooi::slot_data_bytes, '\xFF'));
    const auto text = [slot](const std::string& value) { return ooi::encode_slot(slot, value, old_flash_byte); };
    if (slot == ooi::slot::serial) return text(serial_);
    if (slot < ooi::slot::wavelength + ooi::slot::wavelengths) {
        return text(number_text(model_.wavelength_nm[slot - ooi::slot::wavelength]));
    }
    if (slot >= ooi::slot::nonlinearity && slot < ooi::slot::nonlinearity + ooi::slot::nonlinearities) {
        return text(number_text(model_.nonlinearity[slot - ooi::slot::nonlinearity]));
    }
    switch (slot) {
        case ooi::slot::stray_light: return text("0");
        case ooi::slot::nonlinearity_order: return text(std::to_string(model_.nonlinearity_order));
        case ooi::slot::bench: return text("2 OFLV 25");
        case ooi::slot::configuration: return text("SLV 1");
        default: break;
    }
    std::vector<std::uint8_t> erased = ooi::encode_slot(slot, std::string(ooi::slot_data_bytes, '\xFF'));
    if (slot == ooi::slot::autonull) {
        erased[6] = static_cast<std::uint8_t>(model_.autonull_saturation & 0xFF);
        erased[7] = static_cast<std::uint8_t>(model_.autonull_saturation >> 8);
    }
    return erased;
}

void OceanFirmware::operator()(const ooi::QuerySlot& command) {
    reply(slot_reply(command.slot));
}

void OceanFirmware::operator()(const ooi::RequestSpectrum&) {
    requests_.push_back(now_);
    awake_ = true;
    serve_requests(now_);
}

void OceanFirmware::operator()(const ooi::SetTrigger& command) {
    constexpr std::uint16_t modes = 4;
    if (command.mode >= modes) return;
    trigger_ = static_cast<std::uint8_t>(command.mode);
    serve_requests(now_);
}

void OceanFirmware::operator()(const ooi::WriteRegister& command) {
    if (std::ranges::find(writable, command.address) != std::end(writable)) {
        registers_[command.address] = command.value;
    }
}

void OceanFirmware::operator()(const ooi::ReadRegister& command) {
    registers_[trigger_register] = trigger_;
    registers_[lamp_register] = lamp_ ? 1 : 0;
    const auto found = registers_.find(command.address);
    reply(ooi::encode_register(command.address, found == registers_.end() ? std::uint16_t{0} : found->second));
}

void OceanFirmware::operator()(const ooi::QueryTemperature&) {
    constexpr double board_celsius = 31.25;
    reply(ooi::encode_temperature(board_celsius));
}

void OceanFirmware::operator()(const ooi::QueryStatus&) {
    constexpr std::size_t packet = 512;
    const std::size_t waiting = port_.endpoints.packets_waiting(ooi::spectrum_endpoint);
    ooi::Status status;
    status.pixels = static_cast<std::uint16_t>(model_.pixels);
    status.integration_time = std::chrono::duration_cast<std::chrono::microseconds>(integration_);
    status.lamp = lamp_;
    status.trigger = trigger_;
    status.acquisition = static_cast<std::uint8_t>((requests_.empty() ? 0 : ooi::acquisition_requested) |
                                                   (waiting == 0 ? 0 : ooi::acquisition_ready));
    status.packets_per_spectrum = static_cast<std::uint8_t>(2 * model_.pixels / packet);
    status.powered = powered_;
    status.packets_waiting = static_cast<std::uint8_t>(std::min<std::size_t>(waiting, 0xFF));
    status.high_speed = true;
    reply(ooi::encode_status(status));
}

void OceanFirmware::abandon_frames() {
    ++epoch_;
    integrating_ = false;
    prepared_.clear();
    requests_.clear();
}

void OceanFirmware::begin_frame(Clock now) {
    integrating_ = true;
    const Clock integration = integration_;
    port_.timers.at(now + integration, [this, now, integration, epoch = epoch_](Clock) {
        if (epoch == epoch_) end_frame(now, integration);
    });
}

void OceanFirmware::end_frame(Clock begun, Clock integration) {
    integrating_ = false;
    const double seconds = std::chrono::duration<double>(integration).count();
    const std::vector<std::uint16_t> counts = sensor_.expose({seconds, 0, 1}, ++frame_number_);
    prepared_.push_back({ooi::encode_spectrum(counts), {begun, integration, 0.0, false}});
    serve_requests(begun + integration);
}

// Section 6.3: after a request two more spectra are kept prepared, so the next two requests may be answered by frames
// begun before them; without a further request the detector goes idle.
void OceanFirmware::serve_requests(Clock now) {
    while (!requests_.empty() && !prepared_.empty()) {
        Prepared frame = std::move(prepared_.front());
        prepared_.pop_front();
        frame.truth.prepared = frame.truth.begun < requests_.front();
        requests_.pop_front();
        const bool stale = std::exchange(port_.conditions.next_frame_stale, false) && !last_sent_.empty();
        if (!stale) {
            last_sent_ = std::move(frame.bytes);
            truth_.last_frame = frame.truth;
        }
        ++truth_.frames;
        port_.endpoints.send(ooi::spectrum_endpoint, last_sent_);
    }
    const bool wanted = !requests_.empty() || prepared_.size() < model_.frames_prepared;
    if (awake_ && wanted && !integrating_ && trigger_ == 0 && powered_) begin_frame(now);
}

}  // namespace singel::firmware_bridge::virtual_instrument
