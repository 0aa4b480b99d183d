#include "firmware-bridge/wire/nirscan/message.hpp"

#include <fmt/format.h>

#include "firmware-bridge/wire/nirscan/commands.hpp"

namespace singel::firmware_bridge::wire::nirscan {

namespace {

constexpr std::uint8_t destination_bits = 0x03, reserved_bits = 0x0C, answer_bits = 0x30;
constexpr std::uint8_t reply_wanted_bit = 0x40, read_bit = 0x80;
constexpr int answer_shift = 4;
constexpr std::size_t command_bytes = 2;

struct Header {
    std::uint8_t flags = 0, sequence = 0;
    std::size_t length = 0;
};

Decoded<Header> read_header(ByteView bytes) {
    if (bytes.size() < header_bytes) return wrong_length("header", bytes.size(), header_bytes);
    Reader reader(bytes);
    Header header;
    header.flags = reader.u8();
    header.sequence = reader.u8();
    header.length = reader.u16le();
    if (header.length > longest_payload) return malformed(fmt::format("header: {} bytes announced", header.length));
    if ((header.flags & (destination_bits | reserved_bits)) != 0)
        return malformed(fmt::format("header: flags {:02x}", header.flags));
    return header;
}

Decoded<Header> request_header(ByteView bytes) {
    auto header = read_header(bytes);
    if (!header) return header;
    if ((header->flags & answer_bits) != 0) return malformed(fmt::format("request: flags {:02x}", header->flags));
    if (header->length < command_bytes) return malformed(fmt::format("request of {} bytes", header->length));
    return header;
}

Decoded<Header> reply_header(ByteView bytes) {
    auto header = read_header(bytes);
    if (!header) return header;
    if ((header->flags & answer_bits) == answer_bits || (header->flags & reply_wanted_bit) == 0)
        return malformed(fmt::format("reply: flags {:02x}", header->flags));
    return header;
}

Decoded<std::size_t> size_of(const Decoded<Header>& header) {
    if (!header) return tl::unexpected(header.error());
    return header_bytes + header->length;
}

Decoded<Bytes> payload(ByteView bytes, const Header& header) {
    const std::size_t size = header_bytes + header.length;
    if (bytes.size() < size) return wrong_length("message", bytes.size(), size);
    const ByteView data = bytes.subspan(header_bytes, header.length);
    return Bytes(data.begin(), data.end());
}

Bytes in_reports(const Writer& writer) {
    Bytes bytes = writer.bytes();
    bytes.resize((bytes.size() + packet_size - 1) / packet_size * packet_size);
    return bytes;
}

}  // namespace

Bytes encode(const Request& request) {
    const int flags = (request.read ? read_bit : 0) | (request.reply_wanted ? reply_wanted_bit : 0);
    Writer writer;
    writer.u8(static_cast<std::uint8_t>(flags)).u8(request.sequence);
    writer.u16le(static_cast<std::uint16_t>(command_bytes + request.argument.size()));
    writer.u16le(request.command).raw(request.argument);
    return in_reports(writer);
}

Bytes encode(const Reply& reply) {
    const int flags = (reply.read ? read_bit : 0) | reply_wanted_bit | static_cast<int>(reply.answer) << answer_shift;
    Writer writer;
    writer.u8(static_cast<std::uint8_t>(flags)).u8(reply.sequence);
    writer.u16le(static_cast<std::uint16_t>(reply.data.size())).raw(reply.data);
    return in_reports(writer);
}

Decoded<std::size_t> request_size(ByteView first_report) {
    return size_of(request_header(first_report));
}

Decoded<std::size_t> reply_size(ByteView first_report) {
    return size_of(reply_header(first_report));
}

Decoded<Request> decode_request(ByteView reports) {
    const auto header = request_header(reports);
    if (!header) return tl::unexpected(header.error());
    const auto data = payload(reports, *header);
    if (!data) return tl::unexpected(data.error());
    Request request;
    request.read = (header->flags & read_bit) != 0;
    request.reply_wanted = (header->flags & reply_wanted_bit) != 0;
    request.sequence = header->sequence;
    request.command = Reader(*data).u16le();
    request.argument.assign(data->begin() + command_bytes, data->end());
    return request;
}

Decoded<Reply> decode_reply(ByteView reports) {
    const auto header = reply_header(reports);
    if (!header) return tl::unexpected(header.error());
    auto data = payload(reports, *header);
    if (!data) return tl::unexpected(data.error());
    Reply reply;
    reply.read = (header->flags & read_bit) != 0;
    reply.answer = static_cast<Answer>((header->flags & answer_bits) >> answer_shift);
    reply.sequence = header->sequence;
    reply.data = std::move(*data);
    return reply;
}

Decoded<std::uint32_t> read_u32(ByteView data) {
    if (data.size() != 4) return wrong_length("number", data.size(), 4);
    return Reader(data).u32le();
}

Decoded<std::uint8_t> read_u8(ByteView data) {
    if (data.size() != 1) return wrong_length("number", data.size(), 1);
    return data.front();
}

}  // namespace singel::firmware_bridge::wire::nirscan
