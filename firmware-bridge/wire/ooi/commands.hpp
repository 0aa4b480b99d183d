#pragma once

#include <chrono>
#include <cstdint>
#include <variant>

#include "firmware-bridge/wire/decoded.hpp"

// Ocean's OOI protocol as spoken by family B (Cypress FX2 with FPGA): what the host writes to endpoint 0x01.
// Source: notes on the OOI protocol, section 3 (from Ocean's data sheets and SeaBreeze); little-endian throughout.
namespace singel::firmware_bridge::wire::ooi {

inline constexpr std::uint16_t vendor_id = 0x2457;
inline constexpr std::uint8_t command_endpoint = 0x01;          // OUT, 64 bytes are enough
inline constexpr std::uint8_t reply_endpoint = 0x81;            // IN
inline constexpr std::uint8_t spectrum_endpoint = 0x82;         // IN
inline constexpr std::uint8_t second_spectrum_endpoint = 0x86;  // IN, silent on all but USB4000 and HR4000

enum class Opcode : std::uint8_t {
    initialize = 0x01,
    set_integration_time = 0x02,
    set_lamp = 0x03,
    set_power = 0x04,
    query_slot = 0x05,
    request_spectrum = 0x09,
    set_trigger = 0x0A,
    write_register = 0x6A,
    read_register = 0x6B,
    query_temperature = 0x6C,
    query_status = 0xFE,
};

// Setters are never acknowledged: a value out of range is ignored and the old one kept. Read back with the status.
struct Initialize {  // trigger 0; the next command needs 100 ms
    friend bool operator==(const Initialize&, const Initialize&) = default;
};
struct SetIntegrationTime {
    std::chrono::microseconds time{};  // 32 bits on the wire
    friend bool operator==(const SetIntegrationTime&, const SetIntegrationTime&) = default;
};
struct SetLamp {
    bool on = false;
    friend bool operator==(const SetLamp&, const SetLamp&) = default;
};
struct SetPower {  // off shuts down everything but the USB chip
    bool on = true;
    friend bool operator==(const SetPower&, const SetPower&) = default;
};
struct QuerySlot {  // answered by 17 bytes
    std::uint8_t slot = 0;
    friend bool operator==(const QuerySlot&, const QuerySlot&) = default;
};
struct RequestSpectrum {
    friend bool operator==(const RequestSpectrum&, const RequestSpectrum&) = default;
};
struct SetTrigger {  // codes of section 3.1; 0 is the request-driven normal mode
    std::uint16_t mode = 0;
    friend bool operator==(const SetTrigger&, const SetTrigger&) = default;
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
struct QueryTemperature {  // of the circuit board; answered by 3 bytes
    friend bool operator==(const QueryTemperature&, const QueryTemperature&) = default;
};
struct QueryStatus {  // answered by 16 bytes
    friend bool operator==(const QueryStatus&, const QueryStatus&) = default;
};
struct Unknown {  // decoded only: a device does not answer these
    std::uint8_t opcode = 0;
    friend bool operator==(const Unknown&, const Unknown&) = default;
};

using Command = std::variant<Initialize, SetIntegrationTime, SetLamp, SetPower, QuerySlot, RequestSpectrum,
                             SetTrigger, WriteRegister, ReadRegister, QueryTemperature, QueryStatus, Unknown>;

// Host side. Asserts that an integration time fits 32 bits of microseconds: validate it against the model first.
Bytes encode(const Command& command);

// Device side. A known opcode with too few bytes is malformed; bytes after the command are ignored, as the
// firmware does.
Decoded<Command> decode_command(ByteView bytes);

}  // namespace singel::firmware_bridge::wire::ooi
