#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <variant>

#include "firmware-bridge/wire/decoded.hpp"
#include "firmware-bridge/wire/ooi/dialect.hpp"

// Ocean's OOI protocol, families A and B: what the host writes to the command endpoint, little-endian throughout.
// Source: notes on the OOI protocol, section 3 (from Ocean's data sheets and SeaBreeze).
namespace singel::firmware_bridge::wire::ooi {

enum class Opcode : std::uint8_t {
    initialize = 0x01,
    set_integration_time = 0x02,
    set_lamp = 0x03,
    set_power = 0x04,
    query_slot = 0x05,
    write_slot = 0x06,
    write_serial = 0x07,
    query_serial = 0x08,
    request_spectrum = 0x09,
    set_trigger = 0x0A,
    count_plug_ins = 0x0B,
    query_plug_ins = 0x0C,
    rescan_plug_ins = 0x0D,
    stop_acquisition = 0x1E,
    read_i2c = 0x60,
    write_i2c = 0x61,
    write_register = 0x6A,
    read_register = 0x6B,
    query_temperature = 0x6C,
    query_irradiance = 0x6D,
    write_irradiance = 0x6E,
    set_fan = 0x70,
    set_cooler = 0x71,
    query_cooler = 0x72,
    set_cooler_setpoint = 0x73,
    count_channels = 0xC0,
    select_channel = 0xC1,
    query_status = 0xFE,
};

inline constexpr std::size_t slot_data_bytes = 15, serial_bytes = 16, irradiance_bytes = 60, i2c_bytes = 61;
// Setters are never acknowledged: a value out of range is ignored and the old one kept. Read back with the status.
template <Opcode>
struct Plain {  // nothing but the opcode
    friend bool operator==(const Plain&, const Plain&) = default;
};
template <Opcode>
struct Switch {
    bool on = false;
    friend bool operator==(const Switch&, const Switch&) = default;
};

using Initialize = Plain<Opcode::initialize>;  // trigger 0; the next command needs 100 ms
using RequestSpectrum = Plain<Opcode::request_spectrum>;
using StopAcquisition = Plain<Opcode::stop_acquisition>;
using QuerySerial = Plain<Opcode::query_serial>;     // answered by 17 bytes
using CountPlugIns = Plain<Opcode::count_plug_ins>;  // answered by 1 byte
using QueryPlugIns = Plain<Opcode::query_plug_ins>;  // answered by 7 bytes
using RescanPlugIns = Plain<Opcode::rescan_plug_ins>;
using QueryTemperature = Plain<Opcode::query_temperature>;  // of the board; answered by 3 bytes, or 6
using QueryCooler = Plain<Opcode::query_cooler>;            // temperature of the detector; answered by 2 bytes
using CountChannels = Plain<Opcode::count_channels>;        // answered by 1 byte (ours: no document says)
using QueryStatus = Plain<Opcode::query_status>;            // answered by 16 bytes
using SetLamp = Switch<Opcode::set_lamp>;
using SetPower = Switch<Opcode::set_power>;  // off shuts down everything but the USB chip
using SetFan = Switch<Opcode::set_fan>;
using SetCooler = Switch<Opcode::set_cooler>;
struct SetIntegrationTime {
    std::chrono::microseconds time{};  // whole milliseconds where the field carries those
    friend bool operator==(const SetIntegrationTime&, const SetIntegrationTime&) = default;
};
struct QuerySlot {  // answered by 17 bytes
    std::uint8_t slot = 0;
    friend bool operator==(const QuerySlot&, const QuerySlot&) = default;
};
struct WriteSlot {  // the next command needs 200 ms
    std::uint8_t slot = 0;
    std::array<std::uint8_t, slot_data_bytes> data{};
    friend bool operator==(const WriteSlot&, const WriteSlot&) = default;
};
struct WriteSerial {
    std::array<std::uint8_t, serial_bytes> text{};  // NUL-padded
    friend bool operator==(const WriteSerial&, const WriteSerial&) = default;
};
struct SetTrigger {  // codes of section 3.1; 0 is the request-driven normal mode
    std::uint16_t mode = 0;
    friend bool operator==(const SetTrigger&, const SetTrigger&) = default;
};
struct ReadI2c {  // answered by status, address, count, data
    std::uint8_t address = 0, count = 0;
    friend bool operator==(const ReadI2c&, const ReadI2c&) = default;
};
struct WriteI2c {  // answered by 1 status byte
    std::uint8_t address = 0;
    Bytes data;  // at most i2c_bytes
    friend bool operator==(const WriteI2c&, const WriteI2c&) = default;
};
struct WriteRegister {  // the next command needs 100 us
    std::uint8_t address = 0;
    std::uint16_t value = 0;
    friend bool operator==(const WriteRegister&, const WriteRegister&) = default;
};
struct ReadRegister {  // answered by 3 bytes
    std::uint8_t address = 0;
    friend bool operator==(const ReadRegister&, const ReadRegister&) = default;
};
struct QueryIrradiance {        // answered by 60 bytes
    std::uint16_t address = 0;  // in bytes: 0, 60, 120, …
    friend bool operator==(const QueryIrradiance&, const QueryIrradiance&) = default;
};
struct WriteIrradiance {  // the next command needs 200 ms
    std::uint16_t address = 0;
    std::array<std::uint8_t, irradiance_bytes> data{};
    friend bool operator==(const WriteIrradiance&, const WriteIrradiance&) = default;
};
struct SetCoolerSetpoint {
    std::int16_t tenths_celsius = 0;
    friend bool operator==(const SetCoolerSetpoint&, const SetCoolerSetpoint&) = default;
};
struct SelectChannel {
    std::uint8_t channel = 0;
    friend bool operator==(const SelectChannel&, const SelectChannel&) = default;
};
struct Unknown {  // decoded only: a device does not answer these
    std::uint8_t opcode = 0;
    friend bool operator==(const Unknown&, const Unknown&) = default;
};

using Command =
    std::variant<Initialize, SetIntegrationTime, SetLamp, SetPower, QuerySlot, WriteSlot, WriteSerial, QuerySerial,
                 RequestSpectrum, SetTrigger, CountPlugIns, QueryPlugIns, RescanPlugIns, StopAcquisition, ReadI2c,
                 WriteI2c, WriteRegister, ReadRegister, QueryTemperature, QueryIrradiance, WriteIrradiance, SetFan,
                 SetCooler, QueryCooler, SetCoolerSetpoint, CountChannels, SelectChannel, QueryStatus, Unknown>;

// Host side. Asserts that an integration time fits its field: validate it against the model first.
Bytes encode(const Command& command, IntegrationField field = IntegrationField::u32_us);

// Device side. A known opcode with too few bytes is malformed; bytes after the command are ignored.
Decoded<Command> decode_command(ByteView bytes, IntegrationField field = IntegrationField::u32_us);

// Whether a model understands the command at all.
bool knows(const Dialect& dialect, const Command& command);

}  // namespace singel::firmware_bridge::wire::ooi
