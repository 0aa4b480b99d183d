#include "firmware-bridge/wire/fid/requests.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "firmware-bridge/wire/bytes.hpp"

namespace singel::firmware_bridge::wire::fid {

namespace {

constexpr std::uint8_t host_to_device = 0x40, device_to_host = 0xC0, second_tier = 0xFF;
constexpr std::size_t payload_bytes = 8;

constexpr unsigned bits(Argument argument) {
    switch (argument) {
        case Argument::none: return 0;
        case Argument::bits24: return 24;
        case Argument::bits40: return 40;
        default: return 16;
    }
}

const Operation* find(Tier tier, std::uint8_t opcode, bool set) {
    for (const Operation* row : operation::all) {
        if (row->tier == tier && opcode != 0 && (set ? row->set : row->get) == opcode) return row;
    }
    return nullptr;
}

std::uint64_t argument_of(const Operation& row, const Request& request) {
    const std::uint64_t value = request.value, index = request.index;
    if (row.tier == Tier::second || row.argument == Argument::index) return index;
    switch (row.argument) {
        case Argument::none: return 0;
        case Argument::bits24: return value | (index & 0xFF) << 16;
        case Argument::bits40:
            return value | index << 16 | std::uint64_t(request.data.empty() ? 0 : request.data[0]) << 32;
        default: return value;
    }
}

Bytes payload(Board board, const Operation& row, std::uint64_t value) {
    if (row.argument == Argument::bits40) {
        return Writer(payload_bytes).u8(static_cast<std::uint8_t>(value >> 32)).bytes();
    }
    return Bytes(board == Board::arm || row.fx2_payload ? payload_bytes : 0);
}

}  // namespace

Request set(Board board, const Operation& row, std::uint64_t value) {
    assert(row.set != 0 && value >> bits(row.argument) == 0);
    assert(board == Board::arm ? !row.fx2_only : !row.arm_only);
    Request request{host_to_device,
                    row.set,
                    static_cast<std::uint16_t>(value),
                    static_cast<std::uint16_t>(value >> 16),
                    payload(board, row, value),
                    0};
    if (row.tier == Tier::second) {
        request.request = second_tier;
        request.index = request.value;
        request.value = row.set;
    }
    return request;
}

Request get(Board board, const Operation& row, std::uint16_t index) {
    assert(row.get != 0 && (board == Board::arm || !row.arm_only));
    const std::size_t least = board == Board::arm ? payload_bytes : 1;
    Request request{
        device_to_host, row.get, 0,
        index,          {},      static_cast<std::uint16_t>(std::max<std::size_t>(row.reply_bytes, least))};
    if (row.tier == Tier::second) {
        request.request = second_tier;
        request.value = row.get;
    }
    return request;
}

Decoded<std::uint64_t> decode_number(const Operation& row, ByteView reply) {
    if (reply.size() < row.reply_bytes) return wrong_length(row.name, reply.size(), row.reply_bytes);
    Reader in(reply);
    return row.order == Order::little ? in.little(row.reply_bytes) : in.big(row.reply_bytes);
}

Request set_integration_time(Board board, std::chrono::milliseconds time) {
    assert(time.count() >= 0);
    return set(board, operation::integration_time, static_cast<std::uint64_t>(time.count()));
}

std::uint16_t gain_word(double gain) {
    assert(gain >= 0 && gain < 256);
    return static_cast<std::uint16_t>(std::min(std::lround(gain * 256), 0xFFFFL));
}

double gain_of(std::uint16_t word) {
    return word / 256.0;
}

std::string FirmwareVersion::text() const {
    return std::to_string(a) + "." + std::to_string(b) + "." + std::to_string(c) + "." + std::to_string(d);
}

Decoded<FirmwareVersion> decode_firmware_version(ByteView reply) {
    if (reply.size() < 4) return wrong_length("firmware version", reply.size(), 4);
    return FirmwareVersion{reply[3], reply[2], reply[1], reply[0]};
}

Decoded<std::string> decode_fpga_version(ByteView reply) {
    const std::size_t size = operation::fpga_version.reply_bytes;
    if (reply.size() < size) return wrong_length("FPGA version", reply.size(), size);
    std::string text = Reader(reply).text(size);
    if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; })) {
        return malformed("FPGA version: not printable");
    }
    return text;
}

Decoded<WatchdogReadings> watchdog_readings(ByteView reply) {
    if (reply.size() < 2) return wrong_length("laser watchdog", reply.size(), 2);
    return WatchdogReadings{std::chrono::seconds(Reader(reply).u16le()), std::chrono::seconds(Reader(reply).u16be())};
}

Bytes encode_spectrum(std::span<const std::uint16_t> counts) {
    return encode_counts(counts);
}

Decoded<std::vector<std::uint16_t>> decode_spectrum(ByteView bytes, std::size_t pixels) {
    if (bytes.size() != 2 * pixels) return wrong_length("spectrum", bytes.size(), 2 * pixels);
    return decode_counts(bytes);
}

Decoded<Received> decode_request(Board board, const Request& request) {
    const bool in = request.in();
    if (request.request_type != (in ? device_to_host : host_to_device)) {
        return malformed("request type " + std::to_string(request.request_type) + " is not a vendor's");
    }
    const bool second = request.request == second_tier;
    const Operation* row = second && request.value > 0xFF
                               ? nullptr
                               : find(second ? Tier::second : Tier::first,
                                      second ? static_cast<std::uint8_t>(request.value) : request.request, !in);
    if (row == nullptr || (board == Board::arm ? row->fx2_only && !in : row->arm_only)) {
        return malformed("opcode " + std::to_string(request.request) + " value " + std::to_string(request.value) +
                         ": not known to this board");
    }
    const bool short_payload = !in && request.data.size() < payload_bytes;
    if (short_payload && board == Board::arm) return wrong_length(row->name, request.data.size(), payload_bytes);
    return Received{row, !in, argument_of(*row, request), short_payload && row->argument == Argument::bits40};
}

Bytes encode_number(Board board, const Operation& row, std::uint64_t value, std::uint16_t asked) {
    Writer out;
    row.order == Order::little ? out.little(value, row.reply_bytes) : out.big(value, row.reply_bytes);
    Bytes bytes = out.bytes();
    if (board == Board::arm || bytes.size() > asked) bytes.resize(asked);
    return bytes;
}

Bytes encode_firmware_version(FirmwareVersion version) {
    return {version.d, version.c, version.b, version.a};
}

}  // namespace singel::firmware_bridge::wire::fid
