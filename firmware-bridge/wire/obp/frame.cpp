#include "firmware-bridge/wire/obp/frame.hpp"

#include <algorithm>
#include <cassert>

#include "firmware-bridge/wire/bytes.hpp"
#include "firmware-bridge/wire/md5.hpp"

namespace singel::firmware_bridge::wire::obp {

namespace {

constexpr std::uint16_t start_word = 0xC0C1;
constexpr std::uint32_t footer_word = 0xC2C3C4C5;
constexpr std::size_t head_bytes = 44, checksum_bytes = 16, tail_bytes = 20, remaining_at = 40;

// Suspicion and the sentence that goes with it.
struct Doubt {
    Error error = Error::none;
    std::string what;
};

struct Parsed {
    Frame frame;
    Doubt doubt;
};

Decoded<std::size_t> remaining_bytes(ByteView bytes) {
    if (bytes.size() < smallest_frame) return wrong_length("OBP frame", bytes.size(), smallest_frame);
    Reader in(bytes);
    if (const std::uint16_t start = in.u16le(); start != start_word) {
        return malformed("OBP frame: starts with " + hex(start).substr(4) + " instead of C0C1");
    }
    const std::uint32_t remaining = in.seek(remaining_at).u32le();
    if (remaining < tail_bytes || remaining > tail_bytes + payload_limit) {
        return malformed("OBP frame: " + std::to_string(remaining) + " bytes remaining, possible are 20 to " +
                         std::to_string(tail_bytes + payload_limit));
    }
    return std::size_t{remaining};
}

Doubt doubt_of_head(const Frame& frame, std::uint8_t checksum, std::size_t immediate, std::size_t payload) {
    if (frame.version != version_1 && frame.version != version_2) {
        return {Error::unsupported_protocol, "version " + hex(frame.version).substr(4) + " is not 1100 or 2000"};
    }
    if (immediate > immediate_limit) {
        return {Error::invalid_payload, "immediate data of " + std::to_string(immediate) + " bytes, at most 16 fit"};
    }
    if (immediate > 0 && payload > 0) {
        return {Error::invalid_payload, "immediate data of " + std::to_string(immediate) +
                                            " bytes and a payload of " + std::to_string(payload) + " at once"};
    }
    if (checksum > static_cast<std::uint8_t>(Checksum::md5)) {
        return {Error::unknown_checksum_type, "checksum type " + std::to_string(checksum) + " is not 0 or 1"};
    }
    return {};
}

Doubt doubt_of_tail(const Frame& frame, ByteView whole) {
    const std::size_t size = whole.size() - tail_bytes;
    if (const std::uint32_t footer = Reader(whole.last(4)).u32le(); footer != footer_word) {
        return {Error::not_ended, "ends with " + hex(footer) + " instead of C2C3C4C5"};
    }
    if (frame.checksum == Checksum::none) return {};
    if (!std::ranges::equal(md5(whole.first(size)), whole.subspan(size, checksum_bytes))) {
        return {Error::bad_checksum, "its MD5 checksum is wrong"};
    }
    return {};
}

Decoded<Parsed> parse(ByteView bytes) {
    const Decoded<std::size_t> remaining = remaining_bytes(bytes);
    if (!remaining) return tl::unexpected(remaining.error());
    const std::size_t size = head_bytes + *remaining, payload = *remaining - tail_bytes;
    constexpr std::size_t filling = 3;
    if (bytes.size() < size || bytes.size() > size + filling) return wrong_length("OBP frame", bytes.size(), size);
    Reader in(bytes);
    Parsed parsed;
    Frame& frame = parsed.frame;
    frame.version = in.skip(2).u16le();
    frame.flags = in.u16le();
    frame.error = in.u16le();
    frame.type = in.u32le();
    frame.regarding = in.u32le();
    const std::uint8_t checksum = in.seek(22).u8();
    const std::size_t immediate = in.u8();
    parsed.doubt = doubt_of_head(frame, checksum, immediate, payload);
    if (parsed.doubt.error != Error::none) return parsed;
    frame.checksum = static_cast<Checksum>(checksum);
    const ByteView data = payload > 0 ? bytes.subspan(head_bytes, payload) : in.take(immediate);
    frame.data.assign(data.begin(), data.end());
    frame.short_payload = payload > 0 && payload <= immediate_limit;
    parsed.doubt = doubt_of_tail(frame, bytes.first(size));
    return parsed;
}

}  // namespace

Bytes encode(const Frame& frame) {
    assert(frame.data.size() <= payload_limit);
    const bool immediate = frame.data.size() <= immediate_limit && !(frame.short_payload && !frame.data.empty());
    Writer out;
    out.u16le(start_word).u16le(frame.version).u16le(frame.flags).u16le(frame.error);
    out.u32le(frame.type).u32le(frame.regarding).little(0, 6).u8(static_cast<std::uint8_t>(frame.checksum));
    out.u8(immediate ? static_cast<std::uint8_t>(frame.data.size()) : 0);
    if (immediate) out.raw(frame.data);
    out.seek(remaining_at);
    out.u32le(static_cast<std::uint32_t>(tail_bytes + (immediate ? 0 : frame.data.size())));
    if (!immediate) out.raw(frame.data);
    if (frame.checksum == Checksum::md5) {
        out.raw(md5(out.bytes()));
    } else {
        out.seek(out.bytes().size() + checksum_bytes);
    }
    return out.u32le(footer_word).bytes();
}

Decoded<std::size_t> bytes_still_to_come(ByteView first) {
    const Decoded<std::size_t> remaining = remaining_bytes(first);
    if (!remaining) return tl::unexpected(remaining.error());
    return *remaining - tail_bytes;
}

Decoded<Frame> decode_reply(ByteView bytes) {
    Decoded<Parsed> parsed = parse(bytes);
    if (!parsed) return tl::unexpected(parsed.error());
    const std::string who = "OBP reply to " + hex(parsed->frame.type) + ": ";
    if (parsed->doubt.error != Error::none) return malformed(who + parsed->doubt.what);
    if (!parsed->frame.has(flag::response)) {
        return malformed(who + "flags " + hex(parsed->frame.flags).substr(4) + " do not mark an answer");
    }
    return std::move(parsed->frame);
}

bool answers(const Frame& reply, const Frame& request) {
    return reply.has(flag::response) && reply.type == request.type && reply.regarding == request.regarding;
}

Decoded<Received> decode_request(ByteView bytes) {
    Decoded<Parsed> parsed = parse(bytes);
    if (!parsed) return tl::unexpected(parsed.error());
    return Received{std::move(parsed->frame), parsed->doubt.error};
}

std::string hex(std::uint32_t type) {
    std::string text(8, '0');
    for (std::size_t i = 8; i-- > 0; type >>= 4) text[i] = "0123456789ABCDEF"[type & 0xF];
    return text;
}

}  // namespace singel::firmware_bridge::wire::obp
