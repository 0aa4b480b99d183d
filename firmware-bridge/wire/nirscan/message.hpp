#pragma once

#include <cstdint>

#include "firmware-bridge/wire/bytes.hpp"

// Messages over the HID interface: a header of four bytes and up to 512 bytes, cut into reports of 64. See README.md.
namespace singel::firmware_bridge::wire::nirscan {

inline constexpr std::size_t header_bytes = 4;

enum class Answer : std::uint8_t { success = 0, error = 1, busy = 2 };

struct Request {
    bool read = false;  // asks for a value, otherwise does something
    bool reply_wanted = true;
    std::uint8_t sequence = 0;
    std::uint16_t command = 0;
    Bytes argument{};
    friend bool operator==(const Request&, const Request&) = default;
};

struct Reply {
    bool read = false;  // as in the request
    Answer answer = Answer::success;
    std::uint8_t sequence = 0;  // of the request
    Bytes data{};
    friend bool operator==(const Reply&, const Reply&) = default;
};

// Whole reports; what is left of the last one is zero. The argument must leave room for the command.
Bytes encode(const Request& request);
Bytes encode(const Reply& reply);

// Bytes of the message that begins here, header included and fill left out: how many reports are still to come.
// Refuses lengths and flags that no message has.
Decoded<std::size_t> request_size(ByteView first_report);
Decoded<std::size_t> reply_size(ByteView first_report);

// A whole message; what follows it in the last report is ignored.
Decoded<Request> decode_request(ByteView reports);
Decoded<Reply> decode_reply(ByteView reports);

// Exactly one number, little-endian.
Decoded<std::uint32_t> read_u32(ByteView data);
Decoded<std::uint8_t> read_u8(ByteView data);

}  // namespace singel::firmware_bridge::wire::nirscan
