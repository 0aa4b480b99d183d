#include "firmware-bridge/virtual/ocean_firmware.hpp"

#include <algorithm>

#include "firmware-bridge/wire/bytes.hpp"
#include "firmware-bridge/wire/ooi/spectrum.hpp"

namespace singel::firmware_bridge::virtual_instrument {

namespace ooi = wire::ooi;
using std::chrono::duration_cast;
using std::chrono::microseconds;

namespace {

constexpr std::chrono::milliseconds power_up_integration{6};    // as captured from a USB2000+
constexpr std::chrono::milliseconds family_a_integration{100};  // section 3, opcode 01
constexpr std::chrono::milliseconds memory_write{200};          // section 3, opcodes 06 and 6E
constexpr std::uint8_t trigger_register = 0x2C, lamp_register = 0x40;
constexpr double board_celsius = 31.25;

}  // namespace

OceanFirmware::OceanFirmware(const OceanModel& model, optics::Sensor sensor, std::string_view serial, Speed speed,
                             Port port)
    : model_(model),
      dialect_(model.facts.dialect),
      speed_(speed),
      port_(port),
      memory_(model, serial),
      cooler_(model.cooler, dialect_.knows.cooler),
      frames_(model, std::move(sensor), cooler_, high_speed(), port) {}

void OceanFirmware::power_up(Clock now) {
    now_ = now;
    const std::uint32_t least = model_.facts.integration.min_us;
    frames_.power_up(std::max<Clock>(power_up_integration, microseconds(least)), now);
    trigger_ = 0;
    lamp_ = false;
    powered_ = true;
    registers_.clear();
    for (const FpgaRegister& row : model_.registers) registers_[row.address] = row.value;
    registers_[ooi::fpga_version_register] = register_value(model_.fpga);
    ooi::CoolerSlot cooler{true, true, model_.cooler.setpoint_tenths};
    if (dialect_.slot_seventeen == ooi::SlotSeventeen::cooler) {
        cooler = ooi::cooler_slot({ooi::slot::autonull, memory_.slot(ooi::slot::autonull, {}), {}});
    }
    cooler_.power_up(now, cooler.enabled, cooler.fan, cooler.setpoint_tenths_celsius);
}

void OceanFirmware::bus_reset(Clock now) {
    now_ = now;
    frames_.abandon();
}

void OceanFirmware::bulk_out(std::uint8_t endpoint, std::span<const std::uint8_t> data, Clock now) {
    now_ = now;
    if (endpoint != dialect_.endpoints.command) return;
    const wire::Decoded<ooi::Command> command = ooi::decode_command(data, dialect_.integration);
    if (!command || !ooi::knows(dialect_, *command)) return;
    const bool only_usb_chip_runs = !powered_ && !std::holds_alternative<ooi::SetPower>(*command) &&
                                    !std::holds_alternative<ooi::QueryStatus>(*command);
    if (!only_usb_chip_runs) std::visit(*this, *command);
}

// A program before this one asked for a slot and never read the answer.
void OceanFirmware::conditions_changed(Clock now) {
    now_ = now;
    if (std::exchange(port_.conditions.old_reply, false)) (*this)(ooi::QuerySlot{ooi::slot::bench});
}

void OceanFirmware::reply(const std::vector<std::uint8_t>& bytes) {
    port_.endpoints.send(dialect_.endpoints.reply, bytes);
}

void OceanFirmware::set_trigger(std::uint8_t code) {
    const auto found = std::ranges::find(model_.facts.triggers, code, &ooi::TriggerCode::code);
    if (found == model_.facts.triggers.end()) return;
    trigger_ = code;
    frames_.set_trigger(found->kind, now_);
}

void OceanFirmware::operator()(const ooi::Initialize&) {
    set_trigger(0);
    if (!dialect_.initialize_sends_spectrum) return;
    lamp_ = false;
    frames_.abandon();
    frames_.set_integration(family_a_integration, now_);
    frames_.restart(now_);
    frames_.request(now_);
}

// Out of range is ignored without a word. A running integration goes on as it began.
void OceanFirmware::operator()(const ooi::SetIntegrationTime& command) {
    const ooi::IntegrationTimes& times = model_.facts.integration;
    const auto us = command.time.count();
    if (us < times.min_us || us > times.max_us) return;
    const std::uint32_t step = us >= times.coarse_from_us ? times.coarse_step_us : times.step_us;
    frames_.set_integration(microseconds(us / step * step), now_);
}

void OceanFirmware::operator()(const ooi::SetPower& command) {
    powered_ = command.on;
    frames_.set_powered(powered_);
}

void OceanFirmware::operator()(const ooi::QuerySlot& command) {
    reply(ooi::encode_slot(command.slot, memory_.slot(command.slot, port_.conditions)));
}

// Takes its time; until then the old contents are read, and without power they stay.
void OceanFirmware::operator()(const ooi::WriteSlot& command) {
    if (command.slot >= dialect_.slots) return;
    port_.timers.at(now_ + memory_write, [this, command](Clock) { memory_.write_slot(command.slot, command.data); });
}

void OceanFirmware::operator()(const ooi::WriteSerial& command) {
    memory_.write_serial(wire::Reader(command.text).text(command.text.size()));
}

void OceanFirmware::operator()(const ooi::QuerySerial&) {
    reply(ooi::encode_serial(memory_.serial()));
}

void OceanFirmware::operator()(const ooi::SetTrigger& command) {
    if (command.mode <= 0xFF) set_trigger(static_cast<std::uint8_t>(command.mode));
}

void OceanFirmware::operator()(const ooi::CountPlugIns&) {
    reply(ooi::encode_count(0));
}

void OceanFirmware::operator()(const ooi::QueryPlugIns&) {
    reply(ooi::encode_plug_ins({}));
}

void OceanFirmware::operator()(const ooi::ReadI2c& command) {
    reply(ooi::encode_i2c_read({ooi::I2cStatus::no_acknowledge, command.address, {}}));
}

void OceanFirmware::operator()(const ooi::WriteI2c&) {
    reply(ooi::encode_i2c_written(ooi::I2cStatus::no_acknowledge));
}

void OceanFirmware::operator()(const ooi::WriteRegister& command) {
    const auto row = std::ranges::find(model_.registers, command.address, &FpgaRegister::address);
    if (row != model_.registers.end() && row->writable) registers_[command.address] = command.value;
}

void OceanFirmware::operator()(const ooi::ReadRegister& command) {
    registers_[trigger_register] = trigger_;
    registers_[lamp_register] = lamp_ ? 1 : 0;
    const auto found = registers_.find(command.address);
    const auto order = port_.conditions.swapped_registers ? ooi::ByteOrder::big : ooi::ByteOrder::little;
    reply(ooi::encode_register(model_.flame_echo ? ooi::flame_echo : command.address,
                               found == registers_.end() ? std::uint16_t{0} : found->second, order));
}

void OceanFirmware::operator()(const ooi::QueryTemperature&) {
    if (!dialect_.knows.heatsink) return reply(ooi::encode_temperature(board_celsius));
    reply(ooi::encode_temperature(board_celsius, cooler_.heatsink_celsius(now_)));
}

void OceanFirmware::operator()(const ooi::QueryIrradiance& command) {
    reply(memory_.irradiance(command.address, port_.conditions));
}

void OceanFirmware::operator()(const ooi::WriteIrradiance& command) {
    port_.timers.at(now_ + memory_write,
                    [this, command](Clock) { memory_.write_irradiance(command.address, command.data); });
}

void OceanFirmware::operator()(const ooi::QueryCooler&) {
    reply(ooi::encode_cooler(static_cast<std::int16_t>(std::lround(cooler_.celsius(now_) * 10))));
}

void OceanFirmware::operator()(const ooi::CountChannels&) {
    reply(ooi::encode_count(1));
}

void OceanFirmware::operator()(const ooi::QueryStatus&) {
    const std::size_t waiting = frames_.packets_waiting();
    ooi::Status status;
    status.pixels = static_cast<std::uint16_t>(dialect_.pixels);
    status.integration_time = duration_cast<microseconds>(frames_.integration());
    status.lamp = lamp_;
    status.trigger = trigger_;
    status.acquisition = static_cast<std::uint8_t>((frames_.requested() ? ooi::acquisition_requested : 0) |
                                                   (waiting == 0 ? 0 : ooi::acquisition_ready));
    status.packets_per_spectrum = ooi::packets_per_spectrum(dialect_, high_speed());
    status.powered = powered_;
    status.packets_waiting = static_cast<std::uint8_t>(std::min<std::size_t>(waiting, 0xFF));
    status.high_speed = high_speed();
    reply(ooi::encode_status(status, dialect_.status));
}

}  // namespace singel::firmware_bridge::virtual_instrument
