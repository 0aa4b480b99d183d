#include "firmware-bridge/wire/ooi/slots.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>

#include "firmware-bridge/wire/bytes.hpp"

namespace singel::firmware_bridge::wire::ooi {

namespace {

Decoded<double> number(std::string_view text, const std::string& name) {
    if (text.empty()) return malformed(name + ": holds no number");
    const std::string quoted = std::string(1, '"').append(text).append(1, '"');
    if (text.front() == '+') text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
        return malformed(name + ": " + quoted + " is not a finite number");
    }
    return value;
}

std::string name_of(const SlotReply& reply) {
    return "slot " + std::to_string(reply.slot);
}

}  // namespace

SlotData slot_data(std::string_view text, std::uint8_t garbage) {
    SlotData data;
    data.fill(garbage);
    const std::string_view kept = text.substr(0, slot_data_bytes);
    std::transform(kept.begin(), kept.end(), data.begin(), [](char c) { return static_cast<std::uint8_t>(c); });
    if (kept.size() < slot_data_bytes) data[kept.size()] = 0;
    return data;
}

Bytes encode_slot(std::uint8_t slot, const SlotData& data) {
    return Writer().u8(static_cast<std::uint8_t>(Opcode::query_slot)).u8(slot).raw(data).bytes();
}

Bytes encode_slot(std::uint8_t slot, std::string_view text, std::uint8_t garbage) {
    return encode_slot(slot, slot_data(text, garbage));
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
    return number(reply.text, name_of(reply));
}

std::optional<double> second_slot_number(const SlotReply& reply) {
    const auto nul = std::find(reply.data.begin(), reply.data.end(), std::uint8_t{0});
    if (nul == reply.data.end()) return std::nullopt;
    Reader rest(ByteView(reply.data).subspan(static_cast<std::size_t>(nul - reply.data.begin()) + 1));
    const Decoded<double> second = number(rest.text(rest.left()), name_of(reply));
    return second ? std::optional<double>(*second) : std::nullopt;
}

std::optional<std::uint32_t> autonull_saturation(const SlotReply& reply, SlotSeventeen form) {
    Reader in(reply.data);
    switch (form) {
        case SlotSeventeen::saturation_at_0: return in.u16le();
        case SlotSeventeen::saturation_at_4: return in.seek(4).u16le();
        case SlotSeventeen::wide_saturation_at_4: return in.seek(4).u32le();
        case SlotSeventeen::cooler:
        case SlotSeventeen::none: break;
    }
    return std::nullopt;
}

SlotData autonull_data(std::uint32_t saturation, SlotSeventeen form) {
    Writer out(slot_data_bytes, 0xFF);
    const std::size_t size = form == SlotSeventeen::wide_saturation_at_4 ? 4 : 2;
    if (form != SlotSeventeen::none && form != SlotSeventeen::cooler) {
        out.seek(form == SlotSeventeen::saturation_at_0 ? 0 : 4).little(saturation, size);
    }
    SlotData data{};
    std::copy(out.bytes().begin(), out.bytes().end(), data.begin());
    return data;
}

CoolerSlot cooler_slot(const SlotReply& reply) {
    Reader in(reply.data);
    const bool enabled = in.u8() != 0, fan = in.u8() != 0;
    return {enabled, fan, in.s16le()};
}

SlotData cooler_data(const CoolerSlot& cooler) {
    const Bytes bytes =
        Writer().u8(cooler.enabled ? 1 : 0).u8(cooler.fan ? 1 : 0).s16le(cooler.setpoint_tenths_celsius).bytes();
    SlotData data;
    data.fill(0xFF);
    std::copy(bytes.begin(), bytes.end(), data.begin());
    return data;
}

Bytes encode_serial(std::string_view serial) {
    const std::string_view kept = serial.substr(0, serial_bytes);
    return Writer().u8(static_cast<std::uint8_t>(Opcode::query_serial)).text(kept, serial_bytes).bytes();
}

Decoded<std::string> decode_serial(ByteView bytes) {
    if (bytes.size() < serial_reply_bytes) return wrong_length("serial reply", bytes.size(), serial_reply_bytes);
    if (bytes[0] != static_cast<std::uint8_t>(Opcode::query_serial)) {
        return malformed("serial reply: begins with byte " + std::to_string(bytes[0]) + " instead of 8");
    }
    return Reader(bytes.subspan(1)).text(serial_bytes);
}

Bytes encode_irradiance(const std::array<float, irradiances_per_block>& values) {
    Writer out;
    for (const float value : values) out.big(std::bit_cast<std::uint32_t>(value), 4);
    return out.bytes();
}

Decoded<std::array<float, irradiances_per_block>> decode_irradiance(ByteView bytes) {
    if (bytes.size() < irradiance_bytes) return wrong_length("irradiance reply", bytes.size(), irradiance_bytes);
    Reader in(bytes);
    std::array<float, irradiances_per_block> values{};
    for (float& value : values) value = std::bit_cast<float>(static_cast<std::uint32_t>(in.big(4)));
    return values;
}

}  // namespace singel::firmware_bridge::wire::ooi
