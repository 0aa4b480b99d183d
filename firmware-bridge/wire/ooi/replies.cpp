#include "firmware-bridge/wire/ooi/replies.hpp"

#include <algorithm>
#include <cmath>

#include "firmware-bridge/wire/bytes.hpp"

namespace singel::firmware_bridge::wire::ooi {

namespace {

constexpr std::uint8_t success = 0x08;
constexpr std::uint8_t high_speed_byte = 0x80;
constexpr std::uint16_t most_pixels_of_family_a = 4096;

std::uint16_t swapped(std::uint16_t value) {
    return static_cast<std::uint16_t>(value << 8 | value >> 8);
}

Bytes encode_family_a(const Status& status) {
    Writer out(status_bytes);
    out.u16le(status.pixels);
    out.u16be(static_cast<std::uint16_t>(status.integration_time / std::chrono::milliseconds(1)));
    out.u8(status.lamp ? 1 : 0).u8(status.trigger);
    out.u8((status.acquisition & acquisition_requested) != 0 ? 1 : 0);
    out.seek(8).u8((status.acquisition & acquisition_ready) != 0 ? 1 : 0);
    return out.bytes();
}

Status decode_family_a(Reader in) {
    Status status;
    const std::uint16_t pixels = in.u16le(), other = swapped(pixels);
    const bool take_other = other <= most_pixels_of_family_a && (other > pixels || pixels > most_pixels_of_family_a);
    status.pixels = take_other ? other : pixels;
    status.integration_time = std::chrono::milliseconds(in.u16be());
    status.lamp = in.u8() != 0;
    status.trigger = in.u8();
    const bool requested = in.u8() != 0, ready = in.seek(8).u8() != 0;
    status.acquisition =
        static_cast<std::uint8_t>((requested ? acquisition_requested : 0) | (ready ? acquisition_ready : 0));
    return status;
}

Writer& put_temperature(Writer& out, double celsius) {
    const double counts = std::clamp(std::round(celsius / celsius_per_count), -32768.0, 32767.0);
    return out.u8(success).s16le(static_cast<std::int16_t>(counts));
}

Decoded<I2cStatus> i2c_status(std::uint8_t code) {
    if (code < static_cast<std::uint8_t>(I2cStatus::bit_error) ||
        code > static_cast<std::uint8_t>(I2cStatus::timeout)) {
        return malformed("I2C reply: status " + std::to_string(code) + " is not known");
    }
    return static_cast<I2cStatus>(code);
}

}  // namespace

Bytes encode_status(const Status& status, StatusForm form) {
    if (form == StatusForm::family_a) return encode_family_a(status);
    Writer out(status_bytes);
    out.u16le(status.pixels).u32le(static_cast<std::uint32_t>(status.integration_time.count()));
    out.u8(status.lamp ? 1 : 0).u8(status.trigger).u8(status.acquisition).u8(status.packets_per_spectrum);
    out.u8(status.powered ? 1 : 0).u8(status.packets_waiting);
    constexpr std::uint8_t unknown_speed = 0x01;
    out.seek(14).u8(!status.high_speed ? unknown_speed : *status.high_speed ? high_speed_byte : 0);
    out.u8(0x55);  // as captured from a USB2000+
    return out.bytes();
}

Decoded<Status> decode_status(ByteView bytes, StatusForm form) {
    if (bytes.size() < status_bytes) return wrong_length("status", bytes.size(), status_bytes);
    Reader in(bytes);
    if (form == StatusForm::family_a) return decode_family_a(in);
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

Bytes encode_register(std::uint8_t echo, std::uint16_t value, ByteOrder order) {
    return Writer().u8(echo).u16le(order == ByteOrder::big ? swapped(value) : value).bytes();
}

Decoded<std::uint16_t> decode_register(ByteView bytes, std::uint8_t asked, ByteOrder order) {
    if (bytes.size() < register_reply_bytes)
        return wrong_length("register reply", bytes.size(), register_reply_bytes);
    if (bytes[0] != asked && bytes[0] != flame_echo) {
        return malformed("register reply: asked for " + std::to_string(asked) + ", got " + std::to_string(bytes[0]));
    }
    const std::uint16_t value = Reader(bytes.subspan(1)).u16le();
    return order == ByteOrder::big ? swapped(value) : value;
}

FpgaVersion fpga_version(std::uint16_t value) {
    return {static_cast<unsigned>(value >> 12), static_cast<unsigned>(value >> 4 & 0xFF),
            static_cast<unsigned>(value & 0xF)};
}

std::uint16_t register_value(FpgaVersion version) {
    return static_cast<std::uint16_t>((version.major & 0xF) << 12 | (version.minor & 0xFF) << 4 |
                                      (version.patch & 0xF));
}

bool plausible(FpgaVersion version) {
    return version.major >= 1 && version.major <= 4;
}

ByteOrder register_order(std::uint16_t version_read_as_little) {
    const bool only_swapped =
        !plausible(fpga_version(version_read_as_little)) && plausible(fpga_version(swapped(version_read_as_little)));
    return only_swapped ? ByteOrder::big : ByteOrder::little;
}

std::optional<ByteOrder> register_order_by_constant(std::uint16_t read_as_little) {
    if (read_as_little == fpga_programmed) return ByteOrder::little;
    if (swapped(read_as_little) == fpga_programmed) return ByteOrder::big;
    return std::nullopt;
}

Bytes encode_temperature(double celsius, std::optional<double> heatsink_celsius) {
    Writer out;
    put_temperature(out, celsius);
    if (heatsink_celsius) put_temperature(out, *heatsink_celsius);
    return out.bytes();
}

Decoded<double> decode_temperature_celsius(ByteView bytes) {
    if (bytes.size() < temperature_reply_bytes) {
        return wrong_length("temperature reply", bytes.size(), temperature_reply_bytes);
    }
    if (bytes[0] != success) return malformed("temperature reply: status " + std::to_string(bytes[0]));
    return Reader(bytes.subspan(1)).s16le() * celsius_per_count;
}

std::optional<double> decode_heatsink_celsius(ByteView bytes) {
    if (bytes.size() < heatsink_reply_bytes) return std::nullopt;
    const Decoded<double> celsius = decode_temperature_celsius(bytes.subspan(temperature_reply_bytes));
    return celsius ? std::optional<double>(*celsius) : std::nullopt;
}

Bytes encode_cooler(std::int16_t tenths_celsius) {
    return Writer().s16le(tenths_celsius).bytes();
}

Decoded<double> decode_cooler_celsius(ByteView bytes) {
    if (bytes.size() < cooler_reply_bytes) return wrong_length("cooler reply", bytes.size(), cooler_reply_bytes);
    return Reader(bytes).s16le() / 10.0;
}

Bytes encode_plug_ins(const PlugIns& plug_ins) {
    return {plug_ins.begin(), plug_ins.end()};
}

Decoded<PlugIns> decode_plug_ins(ByteView bytes) {
    if (bytes.size() < plug_in_places) return wrong_length("plug-in reply", bytes.size(), plug_in_places);
    PlugIns plug_ins{};
    std::copy_n(bytes.begin(), plug_in_places, plug_ins.begin());
    return plug_ins;
}

Bytes encode_count(std::uint8_t count) {
    return {count};
}

Decoded<std::uint8_t> decode_count(ByteView bytes) {
    if (bytes.empty()) return wrong_length("count reply", 0, 1);
    return bytes[0];
}

Bytes encode_i2c_read(const I2cReply& reply) {
    Writer out;
    out.u8(static_cast<std::uint8_t>(reply.status)).u8(reply.address);
    return out.u8(static_cast<std::uint8_t>(reply.data.size())).raw(reply.data).bytes();
}

Decoded<I2cReply> decode_i2c_read(ByteView bytes, std::uint8_t asked) {
    Reader in(bytes);
    const Decoded<I2cStatus> status = i2c_status(in.u8());
    I2cReply reply;
    reply.address = in.u8();
    const std::size_t count = in.u8();
    const ByteView data = in.take(count);
    if (!in.ok()) return wrong_length("I2C reply", bytes.size(), 3 + count);
    if (!status) return tl::unexpected<Malformed>(status.error());
    if (reply.address != asked) {
        return malformed("I2C reply: asked for address " + std::to_string(asked) + ", got " +
                         std::to_string(reply.address));
    }
    reply.status = *status;
    reply.data.assign(data.begin(), data.end());
    return reply;
}

Bytes encode_i2c_written(I2cStatus status) {
    return {static_cast<std::uint8_t>(status)};
}

Decoded<I2cStatus> decode_i2c_written(ByteView bytes) {
    if (bytes.empty()) return wrong_length("I2C reply", 0, 1);
    return i2c_status(bytes[0]);
}

}  // namespace singel::firmware_bridge::wire::ooi
