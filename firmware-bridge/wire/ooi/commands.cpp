#include "firmware-bridge/wire/ooi/commands.hpp"

#include <algorithm>
#include <cassert>

#include "firmware-bridge/wire/bytes.hpp"

namespace singel::firmware_bridge::wire::ooi {

namespace {

using std::chrono::microseconds;

constexpr std::int64_t us_per_ms = 1000;

struct Encoder {
    IntegrationField field;
    Writer out;

    Writer& opcode(Opcode code) { return out.u8(static_cast<std::uint8_t>(code)); }

    template <Opcode code>
    void operator()(const Plain<code>&) {
        opcode(code);
    }
    template <Opcode code>
    void operator()(const Switch<code>& command) {
        opcode(code).u16le(command.on ? 1 : 0);
    }
    void operator()(const SetIntegrationTime& command) {
        const std::int64_t unit = field == IntegrationField::u32_us ? 1 : us_per_ms;
        const std::size_t size = field == IntegrationField::u16_ms ? 2 : 4;
        const std::int64_t value = command.time.count() / unit;
        assert(value >= 0 && value <= (size == 2 ? 0xFFFFLL : 0xFFFFFFFFLL));
        opcode(Opcode::set_integration_time).little(static_cast<std::uint64_t>(value), size);
    }
    void operator()(const QuerySlot& command) { opcode(Opcode::query_slot).u8(command.slot); }
    void operator()(const WriteSlot& command) { opcode(Opcode::write_slot).u8(command.slot).raw(command.data); }
    void operator()(const WriteSerial& command) { opcode(Opcode::write_serial).raw(command.text); }
    void operator()(const SetTrigger& command) { opcode(Opcode::set_trigger).u16le(command.mode); }
    void operator()(const ReadI2c& command) { opcode(Opcode::read_i2c).u8(command.address).u8(command.count); }
    void operator()(const WriteI2c& command) {
        assert(command.data.size() <= i2c_bytes);
        opcode(Opcode::write_i2c).u8(command.address).u8(static_cast<std::uint8_t>(command.data.size()));
        out.raw(command.data);
    }
    void operator()(const WriteRegister& command) {
        opcode(Opcode::write_register).u8(command.address).u16le(command.value);
    }
    void operator()(const ReadRegister& command) { opcode(Opcode::read_register).u8(command.address); }
    void operator()(const QueryIrradiance& command) { opcode(Opcode::query_irradiance).u16le(command.address); }
    void operator()(const WriteIrradiance& command) {
        opcode(Opcode::write_irradiance).u16le(command.address).raw(command.data);
    }
    void operator()(const SetCoolerSetpoint& command) {
        opcode(Opcode::set_cooler_setpoint).s16le(command.tenths_celsius);
    }
    void operator()(const SelectChannel& command) { opcode(Opcode::select_channel).u8(command.channel); }
    void operator()(const Unknown& command) { out.u8(command.opcode); }
};

microseconds read_time(IntegrationField field, Reader& in) {
    switch (field) {
        case IntegrationField::u16_ms: return microseconds(in.u16le() * us_per_ms);
        case IntegrationField::u32_ms: return microseconds(in.u32le() * us_per_ms);
        case IntegrationField::u32_us: break;
    }
    return microseconds(in.u32le());
}

template <std::size_t size>
std::array<std::uint8_t, size> read_array(Reader& in) {
    std::array<std::uint8_t, size> out{};
    const ByteView bytes = in.take(size);
    std::copy(bytes.begin(), bytes.end(), out.begin());
    return out;
}

WriteI2c read_write_i2c(Reader& in) {
    WriteI2c command{in.u8(), {}};
    const std::size_t count = in.u8();
    const ByteView data = in.take(std::min(count, i2c_bytes));
    command.data.assign(data.begin(), data.end());
    return command;
}

ReadI2c read_read_i2c(Reader& in) {
    const std::uint8_t address = in.u8();
    return {address, in.u8()};
}

WriteRegister read_write_register(Reader& in) {
    const std::uint8_t address = in.u8();
    return {address, in.u16le()};
}

WriteSlot read_write_slot(Reader& in) {
    const std::uint8_t slot = in.u8();
    return {slot, read_array<slot_data_bytes>(in)};
}

WriteIrradiance read_write_irradiance(Reader& in) {
    const std::uint16_t address = in.u16le();
    return {address, read_array<irradiance_bytes>(in)};
}

Command read_command(std::uint8_t opcode, IntegrationField field, Reader& in) {
    switch (static_cast<Opcode>(opcode)) {
        case Opcode::initialize: return Initialize{};
        case Opcode::set_integration_time: return SetIntegrationTime{read_time(field, in)};
        case Opcode::set_lamp: return SetLamp{in.u16le() != 0};
        case Opcode::set_power: return SetPower{in.u16le() != 0};
        case Opcode::query_slot: return QuerySlot{in.u8()};
        case Opcode::write_slot: return read_write_slot(in);
        case Opcode::write_serial: return WriteSerial{read_array<serial_bytes>(in)};
        case Opcode::query_serial: return QuerySerial{};
        case Opcode::request_spectrum: return RequestSpectrum{};
        case Opcode::set_trigger: return SetTrigger{in.u16le()};
        case Opcode::count_plug_ins: return CountPlugIns{};
        case Opcode::query_plug_ins: return QueryPlugIns{};
        case Opcode::rescan_plug_ins: return RescanPlugIns{};
        case Opcode::stop_acquisition: return StopAcquisition{};
        case Opcode::read_i2c: return read_read_i2c(in);
        case Opcode::write_i2c: return read_write_i2c(in);
        case Opcode::write_register: return read_write_register(in);
        case Opcode::read_register: return ReadRegister{in.u8()};
        case Opcode::query_temperature: return QueryTemperature{};
        case Opcode::query_irradiance: return QueryIrradiance{in.u16le()};
        case Opcode::write_irradiance: return read_write_irradiance(in);
        case Opcode::set_fan: return SetFan{in.u16le() != 0};
        case Opcode::set_cooler: return SetCooler{in.u16le() != 0};
        case Opcode::query_cooler: return QueryCooler{};
        case Opcode::set_cooler_setpoint: return SetCoolerSetpoint{in.s16le()};
        case Opcode::count_channels: return CountChannels{};
        case Opcode::select_channel: return SelectChannel{in.u8()};
        case Opcode::query_status: return QueryStatus{};
    }
    return Unknown{opcode};
}

bool knows(const Dialect& dialect, Opcode opcode) {
    const Vocabulary& words = dialect.knows;
    switch (opcode) {
        case Opcode::set_lamp: return words.lamp;
        case Opcode::set_power: return words.power;
        case Opcode::write_serial:
        case Opcode::query_serial: return words.serial_number;
        case Opcode::set_trigger: return words.trigger;
        case Opcode::count_plug_ins:
        case Opcode::query_plug_ins:
        case Opcode::rescan_plug_ins: return words.plug_ins;
        case Opcode::stop_acquisition: return words.stop;
        case Opcode::read_i2c:
        case Opcode::write_i2c: return words.i2c;
        case Opcode::write_register:
        case Opcode::read_register: return words.registers;
        case Opcode::query_temperature: return words.temperature;
        case Opcode::query_irradiance:
        case Opcode::write_irradiance: return words.irradiance;
        case Opcode::set_fan:
        case Opcode::set_cooler:
        case Opcode::query_cooler:
        case Opcode::set_cooler_setpoint: return words.cooler;
        case Opcode::count_channels:
        case Opcode::select_channel: return words.channels;
        case Opcode::query_status: return dialect.status != StatusForm::none;
        case Opcode::initialize:
        case Opcode::set_integration_time:
        case Opcode::query_slot:
        case Opcode::write_slot:
        case Opcode::request_spectrum: break;
    }
    return true;
}

}  // namespace

Bytes encode(const Command& command, IntegrationField field) {
    Encoder encoder{field, {}};
    std::visit(encoder, command);
    return encoder.out.bytes();
}

Decoded<Command> decode_command(ByteView bytes, IntegrationField field) {
    if (bytes.empty()) return malformed("command: no bytes");
    Reader in(bytes.subspan(1));
    const Command command = read_command(bytes[0], field, in);
    if (!in.ok()) {
        return malformed("command " + std::to_string(bytes[0]) + ": cut short at " + std::to_string(bytes.size()) +
                         " bytes");
    }
    return command;
}

bool knows(const Dialect& dialect, const Command& command) {
    if (std::holds_alternative<Unknown>(command)) return false;
    return knows(dialect, static_cast<Opcode>(encode(command, dialect.integration).front()));
}

}  // namespace singel::firmware_bridge::wire::ooi
