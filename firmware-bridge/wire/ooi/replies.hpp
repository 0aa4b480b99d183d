#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "firmware-bridge/wire/decoded.hpp"

// What a family B device answers, read on endpoint 0x81 (spectra on 0x82). Source: notes on the OOI protocol,
// sections 3 to 6. Encoders are the device's side, decoders the host's.
namespace singel::firmware_bridge::wire::ooi {

// ---- query_slot: one line of calibration memory -------------------------------------------------------------

inline constexpr std::size_t slot_reply_bytes = 17;
inline constexpr std::size_t slot_data_bytes = 15;

namespace slot {
inline constexpr std::uint8_t serial = 0;
inline constexpr std::uint8_t wavelength = 1;  // c0 to c3 in slots 1 to 4: nm, polynomial in the raw pixel index
inline constexpr std::uint8_t wavelengths = 4;
inline constexpr std::uint8_t stray_light = 5;
inline constexpr std::uint8_t nonlinearity = 6;  // c0 to c7 in slots 6 to 13
inline constexpr std::uint8_t nonlinearities = 8;
inline constexpr std::uint8_t nonlinearity_order = 14;  // N: c0 to cN count
inline constexpr std::uint8_t bench = 15;
inline constexpr std::uint8_t configuration = 16;
inline constexpr std::uint8_t autonull = 17;  // binary
}  // namespace slot

struct SlotReply {
    std::uint8_t slot = 0;
    std::array<std::uint8_t, slot_data_bytes> data{};
    std::string text;  // up to the first NUL or 0xFF, blanks dropped; empty in erased memory
};

// text longer than 15 bytes is cut. Real firmware leaves old bytes after the NUL: garbage fills them.
Bytes encode_slot(std::uint8_t slot, std::string_view text, std::uint8_t garbage = 0xFF);
// Refuses an answer to another slot: the reply queue holds an older answer, drain it and ask again.
Decoded<SlotReply> decode_slot(ByteView bytes, std::uint8_t asked);

// A coefficient: decimal text with a point in every locale, finite, nothing after it but blanks.
Decoded<double> slot_number(const SlotReply& reply);
// Slot 17 of the USB2000+: counts at which the detector saturates, where the firmware scales to full range.
std::uint16_t autonull_saturation(const SlotReply& reply);

// ---- query_status -------------------------------------------------------------------------------------------

inline constexpr std::size_t status_bytes = 16;

struct Status {
    std::uint16_t pixels = 0;
    std::chrono::microseconds integration_time{};
    bool lamp = false;
    std::uint8_t trigger = 0;
    std::uint8_t acquisition = 0;  // bit 1: a request is outstanding, bit 2: data are ready
    std::uint8_t packets_per_spectrum = 0;
    bool powered = true;               // a captured, working USB2000+ reports false: do not judge by it
    std::uint8_t packets_waiting = 0;  // in the endpoint's queue now: greater than 0 before a request means stale
    std::optional<bool> high_speed;    // unknown when the byte is neither 0x80 nor 0x00
    friend bool operator==(const Status&, const Status&) = default;
};

inline constexpr std::uint8_t acquisition_requested = 0x02;
inline constexpr std::uint8_t acquisition_ready = 0x04;

Bytes encode_status(const Status& status);
Decoded<Status> decode_status(ByteView bytes);

// ---- read_register ------------------------------------------------------------------------------------------

inline constexpr std::size_t register_reply_bytes = 3;
inline constexpr std::uint8_t fpga_version_register = 0x04;
inline constexpr std::uint8_t flame_echo = 0xFE;  // a Flame-S answers with this instead of the address

Bytes encode_register(std::uint8_t echo, std::uint16_t value);
// Accepts the address asked for, or flame_echo in its place.
Decoded<std::uint16_t> decode_register(ByteView bytes, std::uint8_t asked);

struct FpgaVersion {
    unsigned major = 0, minor = 0, patch = 0;  // a major of 3 or more on 2457:101E is a Flame-S
    friend bool operator==(const FpgaVersion&, const FpgaVersion&) = default;
};
FpgaVersion fpga_version(std::uint16_t register_value);
std::uint16_t register_value(FpgaVersion version);

// ---- query_temperature --------------------------------------------------------------------------------------

inline constexpr std::size_t temperature_reply_bytes = 3;
inline constexpr double celsius_per_count = 0.003906;

Bytes encode_temperature(double celsius);
Decoded<double> decode_temperature_celsius(ByteView bytes);

}  // namespace singel::firmware_bridge::wire::ooi
