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

constexpr std::uint16_t eeprom_start_fx2 = 0x3C00;
constexpr std::size_t eeprom_page_bytes = 64;

const Operation* find(Board board, Tier tier, unsigned opcode, bool set) {
    for (const Operation* row : operation::all) {
        const bool known = set ? can_set(*row, board) : can_get(*row, board);
        if (known && row->tier == tier && (set ? row->set : row->get) == opcode) return row;
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

Request write(const Operation& row, std::uint64_t value, Bytes data) {
    Request request{
        host_to_device,  row.set, static_cast<std::uint16_t>(value), static_cast<std::uint16_t>(value >> 16),
        std::move(data), 0};
    if (row.tier == Tier::second) {
        request.request = second_tier;
        request.index = request.value;
        request.value = row.set;
    }
    return request;
}

Bytes payload(Board board, const Operation& row, std::uint64_t value) {
    if (row.argument == Argument::bits40) {
        return Writer(payload_bytes).u8(static_cast<std::uint8_t>(value >> 32)).bytes();
    }
    return Bytes(board == Board::arm || row.fx2_payload ? payload_bytes : 0);
}

}  // namespace

Request set(Board board, const Operation& row, std::uint64_t value) {
    assert(can_set(row, board) && row.access == Access::open && value >> bits(row.argument) == 0);
    return write(row, value, payload(board, row, value));
}

Request request_locked(Board board, const Operation& row, std::uint16_t value, Bytes data) {
    assert(can_set(row, board) && row.access == Access::locked);
    if (board == Board::arm && data.size() < payload_bytes) data.resize(payload_bytes);
    return write(row, value, std::move(data));
}

Request write_eeprom_page(Board board, std::uint16_t page, ByteView bytes) {
    assert(page < 256 && bytes.size() == eeprom_page_bytes);
    const Bytes data(bytes.begin(), bytes.end());
    if (board == Board::arm) return request_locked(board, operation::eeprom_write_arm, page, data);
    const auto address = static_cast<std::uint16_t>(eeprom_start_fx2 + page * eeprom_page_bytes);
    return request_locked(board, operation::eeprom_write_fx2, address, data);
}

std::optional<std::uint16_t> written_page(const Received& received) {
    if (received.data.size() != eeprom_page_bytes) return std::nullopt;
    if (received.operation == &operation::eeprom_write_arm) return static_cast<std::uint16_t>(received.value);
    const bool fits = received.operation == &operation::eeprom_write_fx2 && received.value >= eeprom_start_fx2 &&
                      (received.value - eeprom_start_fx2) % eeprom_page_bytes == 0;
    if (!fits) return std::nullopt;
    return static_cast<std::uint16_t>((received.value - eeprom_start_fx2) / eeprom_page_bytes);
}

Request get(Board board, const Operation& row, std::uint16_t index) {
    assert(can_get(row, board) && row.access == Access::open);
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

Bytes encode_auto_raman(const AutoRaman& r) {
    const auto ms = [](std::chrono::milliseconds time) { return static_cast<std::uint16_t>(time.count()); };
    Writer out;
    out.u16le(ms(r.most)).u16le(ms(r.start_integration)).u8(r.start_gain);
    out.u16le(ms(r.max_integration)).u16le(ms(r.min_integration)).u8(r.max_gain).u8(r.min_gain);
    out.u16le(r.target_counts).u16le(r.max_counts).u16le(r.min_counts).u8(r.max_factor);
    out.u16le(gain_word(r.drop_factor)).u16le(r.saturation).u8(r.max_averages);
    return out.bytes();
}

Decoded<AutoRaman> decode_auto_raman(ByteView bytes) {
    if (bytes.size() < auto_raman_bytes) return wrong_length("auto-Raman", bytes.size(), auto_raman_bytes);
    Reader in(bytes);
    const auto ms = [&in] { return std::chrono::milliseconds(in.u16le()); };
    AutoRaman r;
    r.most = ms();
    r.start_integration = ms();
    r.start_gain = in.u8();
    r.max_integration = ms();
    r.min_integration = ms();
    r.max_gain = in.u8();
    r.min_gain = in.u8();
    r.target_counts = in.u16le();
    r.max_counts = in.u16le();
    r.min_counts = in.u16le();
    r.max_factor = in.u8();
    r.drop_factor = gain_of(in.u16le());
    r.saturation = in.u16le();
    r.max_averages = in.u8();
    return r;
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
    const Operation* row =
        find(board, second ? Tier::second : Tier::first, second ? request.value : request.request, !in);
    if (row == nullptr) {
        return malformed("opcode " + std::to_string(request.request) + " value " + std::to_string(request.value) +
                         ": not known to this board");
    }
    const bool short_payload = !in && request.data.size() < payload_bytes;
    if (short_payload && board == Board::arm) return wrong_length(row->name, request.data.size(), payload_bytes);
    return Received{row, !in, argument_of(*row, request), short_payload && row->argument == Argument::bits40,
                    request.data};
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
