#include "firmware-bridge/wire/ooi/replies.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "firmware-bridge/wire/bytes.hpp"
#include "firmware-bridge/wire/ooi/commands.hpp"

namespace singel::firmware_bridge::wire::ooi {

namespace {

constexpr std::uint8_t success = 0x08;
constexpr std::uint8_t high_speed_byte = 0x80;

}  // namespace

Bytes encode_slot(std::uint8_t slot, std::string_view text, std::uint8_t garbage) {
    Writer out;
    out.u8(static_cast<std::uint8_t>(Opcode::query_slot)).u8(slot);
    const std::string_view kept = text.substr(0, slot_data_bytes);
    out.text(kept, kept.size());
    if (kept.size() < slot_data_bytes) out.u8(0).text({}, slot_data_bytes - kept.size() - 1, garbage);
    return out.bytes();
}

Decoded<SlotReply> decode_slot(ByteView bytes, std::uint8_t asked) {
    if (bytes.size() < slot_reply_bytes) return wrong_length("slot reply", bytes.size(), slot_reply_bytes);
    if (bytes[0] != static_cast<std::uint8_t>(Opcode::query_slot) || bytes[1] != asked) {
        return malformed("slot reply: asked for slot " + std::to_string(asked) + ", got bytes " +
                         std::to_string(bytes[0]) + " " + std::to_string(bytes[1]));
    }
    SlotReply reply;
    reply.slot = asked;
    std::copy_n(bytes.begin() + 2, slot_data_bytes, reply.data.begin());
    reply.text = Reader(reply.data).text(slot_data_bytes);
    return reply;
}

Decoded<double> slot_number(const SlotReply& reply) {
    const std::string name = "slot " + std::to_string(reply.slot);
    std::string_view text = reply.text;
    if (text.empty()) return malformed(name + ": holds no number");
    if (text.front() == '+') text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
        return malformed(name + ": \"" + reply.text + "\" is not a finite number");
    }
    return value;
}

std::uint16_t autonull_saturation(const SlotReply& reply) {
    return static_cast<std::uint16_t>(reply.data[4] | reply.data[5] << 8);
}

Bytes encode_status(const Status& status) {
    Writer out(status_bytes);
    out.u16le(status.pixels).u32le(static_cast<std::uint32_t>(status.integration_time.count()));
    out.u8(status.lamp ? 1 : 0).u8(status.trigger).u8(status.acquisition).u8(status.packets_per_spectrum);
    out.u8(status.powered ? 1 : 0).u8(status.packets_waiting);
    constexpr std::uint8_t unknown_speed = 0x01;
    out.seek(14).u8(!status.high_speed ? unknown_speed : *status.high_speed ? high_speed_byte : 0);
    out.u8(0x55);  // as captured from a USB2000+
    return out.bytes();
}

Decoded<Status> decode_status(ByteView bytes) {
    if (bytes.size() < status_bytes) return wrong_length("status", bytes.size(), status_bytes);
    Reader in(bytes);
    Status status;
    status.pixels = in.u16le();
    status.integration_time = std::chrono::microseconds(in.u32le());
    status.lamp = in.u8() != 0;
    status.trigger = in.u8();
    status.acquisition = in.u8();
    status.packets_per_spectrum = in.u8();
    status.powered = in.u8() != 0;
    status.packets_waiting = in.u8();
    const std::uint8_t speed = in.seek(14).u8();
    if (speed == high_speed_byte || speed == 0) status.high_speed = speed == high_speed_byte;
    return status;
}

Bytes encode_register(std::uint8_t echo, std::uint16_t value) {
    return Writer().u8(echo).u16le(value).bytes();
}

Decoded<std::uint16_t> decode_register(ByteView bytes, std::uint8_t asked) {
    if (bytes.size() < register_reply_bytes)
        return wrong_length("register reply", bytes.size(), register_reply_bytes);
    if (bytes[0] != asked && bytes[0] != flame_echo) {
        return malformed("register reply: asked for " + std::to_string(asked) + ", got " + std::to_string(bytes[0]));
    }
    return Reader(bytes.subspan(1)).u16le();
}

FpgaVersion fpga_version(std::uint16_t value) {
    return {static_cast<unsigned>(value >> 12), static_cast<unsigned>(value >> 4 & 0xFF),
            static_cast<unsigned>(value & 0xF)};
}

std::uint16_t register_value(FpgaVersion version) {
    return static_cast<std::uint16_t>((version.major & 0xF) << 12 | (version.minor & 0xFF) << 4 |
                                      (version.patch & 0xF));
}

Bytes encode_temperature(double celsius) {
    const double counts = std::clamp(std::round(celsius / celsius_per_count), -32768.0, 32767.0);
    return Writer().u8(success).s16le(static_cast<std::int16_t>(counts)).bytes();
}

Decoded<double> decode_temperature_celsius(ByteView bytes) {
    if (bytes.size() < temperature_reply_bytes) {
        return wrong_length("temperature reply", bytes.size(), temperature_reply_bytes);
    }
    if (bytes[0] != success) return malformed("temperature reply: status " + std::to_string(bytes[0]));
    return Reader(bytes.subspan(1)).s16le() * celsius_per_count;
}

}  // namespace singel::firmware_bridge::wire::ooi
