#pragma once

#include <array>

#include "firmware-bridge/wire/decoded.hpp"

namespace singel::firmware_bridge::wire {

// RFC 1321. A checksum against accidents on the wire and nothing more: it withstands no intent.
std::array<std::uint8_t, 16> md5(ByteView bytes);

}  // namespace singel::firmware_bridge::wire
