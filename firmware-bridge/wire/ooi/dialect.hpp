#pragma once

#include <cstddef>
#include <cstdint>

// How one model speaks Ocean's OOI protocol, as plain data: host and device both encode and decode by it, so that a
// new model is a row and no code. Source: notes on the OOI protocol, sections 2 to 7; which commands a model knows:
// section 3 and the command table of python-oceanoptics (docs/USB_CMD_INTERFACE.md, Andreas Poehlmann).
namespace singel::firmware_bridge::wire::ooi {

inline constexpr std::uint16_t vendor_id = 0x2457;
inline constexpr std::uint8_t command_endpoint = 0x01;          // family B: OUT
inline constexpr std::uint8_t reply_endpoint = 0x81;            // IN
inline constexpr std::uint8_t spectrum_endpoint = 0x82;         // IN
inline constexpr std::uint8_t second_spectrum_endpoint = 0x86;  // IN, silent on all but USB4000 and HR4000

inline constexpr std::size_t full_speed_packet = 64, high_speed_packet = 512;

// What opcode 02 carries.
enum class IntegrationField : std::uint8_t { u16_ms, u32_us, u32_ms };

// What opcode FE is answered with.
enum class StatusForm : std::uint8_t { none, family_a, family_b };

// split_bytes: packets of 64 low bytes, then of the 64 high bytes, of which the upper four bits are noise.
enum class PixelForm : std::uint8_t { split_bytes, interleaved };

// What slot 17 holds, at which of its data bytes (section 5.4).
enum class SlotSeventeen : std::uint8_t { none, saturation_at_4, saturation_at_0, wide_saturation_at_4, cooler };

struct EndpointMap {
    std::uint8_t command = command_endpoint, reply = reply_endpoint, spectrum = spectrum_endpoint;
    std::uint8_t second_spectrum = second_spectrum_endpoint;  // 0: none
    std::uint8_t unused_out = 0;                              // there and never written to; 0: none
    std::size_t command_packet = full_speed_packet;           // of command and reply, at either speed
};

// Commands that not every model knows. A device does not answer what it does not know: the host has to time out.
struct Vocabulary {
    bool lamp = true, trigger = true, power = false, plug_ins = true, i2c = true;
    bool registers = true;       // of the FPGA
    bool temperature = true;     // of the board
    bool heatsink = false;       // … and of the heat sink in the same reply
    bool irradiance = true;      // calibration in the memory beyond the slots
    bool cooler = false;         // opcodes 70 to 73
    bool serial_number = false;  // opcodes 07 and 08, beside slot 0
    bool stop = false;           // opcode 1E
    bool channels = false;       // opcodes C0 and C1
};

struct Dialect {
    IntegrationField integration = IntegrationField::u32_us;
    StatusForm status = StatusForm::family_b;
    EndpointMap endpoints{};
    Vocabulary knows{};
    bool full_speed_only = false;

    std::size_t pixels = 0;  // in a spectrum as it is sent
    PixelForm form = PixelForm::interleaved;
    std::uint16_t flip = 0;                  // of every count: the converter's sign bit
    bool sync = true;                        // a last byte of 0x69, as a packet of its own
    std::size_t first_on_second = 0;         // at high speed: bytes that come first, from the second endpoint
    bool initialize_sends_spectrum = false;  // section 3, opcode 01: to be read and thrown away

    std::uint8_t slots = 18;  // 0 to slots - 1 exist
    SlotSeventeen slot_seventeen = SlotSeventeen::saturation_at_4;
};

constexpr std::size_t packet_size(const Dialect& dialect, bool high_speed) {
    return high_speed && !dialect.full_speed_only ? high_speed_packet : full_speed_packet;
}

}  // namespace singel::firmware_bridge::wire::ooi
