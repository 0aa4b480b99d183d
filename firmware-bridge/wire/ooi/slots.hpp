#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware-bridge/wire/decoded.hpp"
#include "firmware-bridge/wire/ooi/commands.hpp"

// Calibration memory: the slots of text, the binary slot 17, and the irradiance blocks beyond them. Source: notes on
// the OOI protocol, section 5. Encoders are the device's side, decoders the host's.
namespace singel::firmware_bridge::wire::ooi {

inline constexpr std::size_t slot_reply_bytes = 17;

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
inline constexpr std::uint8_t autonull = 17;  // binary: see SlotSeventeen
}  // namespace slot

using SlotData = std::array<std::uint8_t, slot_data_bytes>;

struct SlotReply {
    std::uint8_t slot = 0;
    SlotData data{};
    std::string text;  // up to the first NUL or 0xFF, blanks dropped; empty in erased memory
};

// What is written for a text; one longer than 15 bytes is cut. Real firmware leaves old bytes after the NUL: garbage
// fills them.
SlotData slot_data(std::string_view text, std::uint8_t garbage = 0xFF);
Bytes encode_slot(std::uint8_t slot, const SlotData& data);
Bytes encode_slot(std::uint8_t slot, std::string_view text, std::uint8_t garbage = 0xFF);
// Refuses an answer to another slot: the reply queue holds an older answer, drain it and ask again.
Decoded<SlotReply> decode_slot(ByteView bytes, std::uint8_t asked);

// A coefficient: decimal text with a point in every locale, finite, nothing after it but blanks.
Decoded<double> slot_number(const SlotReply& reply);
// The second coefficient that some units keep behind the first one's NUL (stray light); none in garbage.
std::optional<double> second_slot_number(const SlotReply& reply);

// Counts at which the converter saturates, where the firmware scales to full range. None in the forms without one;
// 0 and values above full scale mean nothing.
std::optional<std::uint32_t> autonull_saturation(const SlotReply& reply, SlotSeventeen form);
SlotData autonull_data(std::uint32_t saturation, SlotSeventeen form);

struct CoolerSlot {  // SlotSeventeen::cooler
    bool enabled = false, fan = false;
    std::int16_t setpoint_tenths_celsius = 0;
    friend bool operator==(const CoolerSlot&, const CoolerSlot&) = default;
};
CoolerSlot cooler_slot(const SlotReply& reply);
SlotData cooler_data(const CoolerSlot& cooler);

// query_serial: opcode and 16 characters.
inline constexpr std::size_t serial_reply_bytes = 1 + serial_bytes;
Bytes encode_serial(std::string_view serial);
Decoded<std::string> decode_serial(ByteView bytes);

// query_irradiance: 15 numbers of one pixel each, the first byte the most significant; erased ones are not numbers.
inline constexpr std::size_t irradiances_per_block = irradiance_bytes / 4;
Bytes encode_irradiance(const std::array<float, irradiances_per_block>& values);
Decoded<std::array<float, irradiances_per_block>> decode_irradiance(ByteView bytes);

}  // namespace singel::firmware_bridge::wire::ooi
