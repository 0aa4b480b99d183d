#pragma once

#include "firmware-bridge/wire/decoded.hpp"
#include "firmware-bridge/wire/obp/errors.hpp"

// Ocean's binary protocol (OBP): one frame form in both directions, 44 bytes of head, a payload, 20 bytes of tail.
// Source: notes on the OBP protocol, section 8.1; little-endian throughout.
namespace singel::firmware_bridge::wire::obp {

inline constexpr std::uint16_t version_1 = 0x1100, version_2 = 0x2000;

// Always there, so read this much first; where packets are larger, a whole packet, or the rest of it overflows.
inline constexpr std::size_t smallest_frame = 64;
inline constexpr std::size_t immediate_limit = 16;    // longer arguments travel as payload
inline constexpr std::size_t payload_limit = 262144;  // our own: nothing that a device sends comes near

namespace flag {
inline constexpr std::uint16_t response = 1 << 0;
inline constexpr std::uint16_t ack = 1 << 1;
inline constexpr std::uint16_t ack_wanted = 1 << 2;  // host to device
inline constexpr std::uint16_t nack = 1 << 3;
inline constexpr std::uint16_t exception = 1 << 4;     // of the hardware
inline constexpr std::uint16_t old_protocol = 1 << 5;  // the host's version is deprecated
inline constexpr std::uint16_t deprecated = 1 << 6;    // the message type is
}  // namespace flag

enum class Checksum : std::uint8_t { none = 0, md5 = 1 };

struct Frame {
    std::uint16_t version = version_1;
    std::uint16_t flags = 0;
    std::uint16_t error = 0;      // a number of errors.hpp, or one that nobody has named
    std::uint32_t type = 0;       // messages.hpp
    std::uint32_t regarding = 0;  // echoed by the device: a counter here tells an old answer from the new one
    Checksum checksum = Checksum::none;
    Bytes data{};                // the argument or the answer
    bool short_payload = false;  // up to 16 bytes sent as payload all the same
    friend bool operator==(const Frame&, const Frame&) = default;

    bool has(std::uint16_t bit) const { return (flags & bit) != 0; }
};

// Asserts that data fit payload_limit.
Bytes encode(const Frame& frame);

// What is missing after the first 64 bytes of a frame. Refuses what is no start of a frame and lengths that cannot
// be: read and drop until the device falls silent, then ask again.
Decoded<std::size_t> bytes_still_to_come(ByteView first);

// Host side: a whole frame with a response flag, a right footer and a right checksum. Up to 3 bytes may follow that
// fill it up to a multiple of 4, as Flame-X wants its transfers.
Decoded<Frame> decode_reply(ByteView bytes);

// The answer to this request, and not one that an earlier session left behind.
bool answers(const Frame& reply, const Frame& request);

// Device side: what must be answered, and with which error. Malformed when it cannot even be answered.
struct Received {
    Frame frame;
    Error problem = Error::none;
    friend bool operator==(const Received&, const Received&) = default;
};
Decoded<Received> decode_request(ByteView bytes);

// "00110010": as the notes write message types.
std::string hex(std::uint32_t type);

}  // namespace singel::firmware_bridge::wire::obp
