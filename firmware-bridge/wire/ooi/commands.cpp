#include "firmware-bridge/wire/ooi/commands.hpp"

#include <cassert>

#include "firmware-bridge/wire/bytes.hpp"

namespace singel::firmware_bridge::wire::ooi {

namespace {

std::uint8_t code(Opcode opcode) {
    return static_cast<std::uint8_t>(opcode);
}

struct Encoder {
    Writer out;

    void operator()(const Initialize&) { out.u8(code(Opcode::initialize)); }
    void operator()(const SetIntegrationTime& command) {
        assert(command.time.count() >= 0 && command.time.count() <= 0xFFFFFFFFLL);
        out.u8(code(Opcode::set_integration_time)).u32le(static_cast<std::uint32_t>(command.time.count()));
    }
    void operator()(const SetLamp& command) { out.u8(code(Opcode::set_lamp)).u16le(command.on ? 1 : 0); }
    void operator()(const SetPower& command) { out.u8(code(Opcode::set_power)).u16le(command.on ? 1 : 0); }
    void operator()(const QuerySlot& command) { out.u8(code(Opcode::query_slot)).u8(command.slot); }
    void operator()(const RequestSpectrum&) { out.u8(code(Opcode::request_spectrum)); }
    void operator()(const SetTrigger& command) { out.u8(code(Opcode::set_trigger)).u16le(command.mode); }
    void operator()(const WriteRegister& command) {
        out.u8(code(Opcode::write_register)).u8(command.address).u16le(command.value);
    }
    void operator()(const ReadRegister& command) { out.u8(code(Opcode::read_register)).u8(command.address); }
    void operator()(const QueryTemperature&) { out.u8(code(Opcode::query_temperature)); }
    void operator()(const QueryStatus&) { out.u8(code(Opcode::query_status)); }
    void operator()(const Unknown& command) { out.u8(command.opcode); }
};

Command read_command(std::uint8_t opcode, Reader& in) {
    switch (static_cast<Opcode>(opcode)) {
        case Opcode::initialize: return Initialize{};
        case Opcode::set_integration_time: return SetIntegrationTime{std::chrono::microseconds(in.u32le())};
        case Opcode::set_lamp: return SetLamp{in.u16le() != 0};
        case Opcode::set_power: return SetPower{in.u16le() != 0};
        case Opcode::query_slot: return QuerySlot{in.u8()};
        case Opcode::request_spectrum: return RequestSpectrum{};
        case Opcode::set_trigger: return SetTrigger{in.u16le()};
        case Opcode::write_register: {
            const std::uint8_t address = in.u8();
            return WriteRegister{address, in.u16le()};
        }
        case Opcode::read_register: return ReadRegister{in.u8()};
        case Opcode::query_temperature: return QueryTemperature{};
        case Opcode::query_status: return QueryStatus{};
    }
    return Unknown{opcode};
}

}  // namespace

Bytes encode(const Command& command) {
    Encoder encoder;
    std::visit(encoder, command);
    return encoder.out.bytes();
}

Decoded<Command> decode_command(ByteView bytes) {
    if (bytes.empty()) return malformed("command: no bytes");
    Reader in(bytes.subspan(1));
    const Command command = read_command(bytes[0], in);
    if (!in.ok()) {
        return malformed("command " + std::to_string(bytes[0]) + ": cut short at " + std::to_string(bytes.size()) +
                         " bytes");
    }
    return command;
}

}  // namespace singel::firmware_bridge::wire::ooi
