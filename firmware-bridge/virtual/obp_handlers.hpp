#pragma once

#include <functional>
#include <map>

#include "firmware-bridge/virtual/device.hpp"
#include "firmware-bridge/wire/obp/frame.hpp"

namespace singel::firmware_bridge::virtual_instrument {

struct ObpRequest {
    wire::obp::Frame frame;
    std::uint8_t reply_endpoint = 0x81;
    Clock now{0};
};

struct ObpAnswer {
    wire::obp::Error error = wire::obp::Error::none;
    wire::Bytes data{};
    bool only_if_wanted = false;  // a setting: acknowledged when the host wants that; errors are always told
    bool later = false;           // whoever handled it answers when it is time
};

using ObpHandler = std::function<ObpAnswer(const ObpRequest&)>;
// What a unit understands; anything else is answered with "unknown message".
using ObpHandlers = std::map<std::uint32_t, ObpHandler>;

// A question without an argument.
ObpHandler obp_get(std::function<wire::Bytes(Clock now)> value);
// A question whose argument is one byte, the index of one of count things.
ObpHandler obp_get_of(std::size_t count, std::function<wire::Bytes(std::size_t index)> value);
// A setting whose argument has exactly so many bytes.
ObpHandler obp_set(std::size_t bytes, std::function<wire::obp::Error(wire::ByteView argument, Clock now)> set);
// A setting of text or a list, at most so many bytes.
ObpHandler obp_set_up_to(std::size_t bytes, std::function<wire::obp::Error(wire::ByteView argument)> set);
// A command without an argument.
ObpHandler obp_do(std::function<wire::obp::Error(Clock now)> action);

}  // namespace singel::firmware_bridge::virtual_instrument
