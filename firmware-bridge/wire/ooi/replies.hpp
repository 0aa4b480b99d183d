#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>

#include "firmware-bridge/wire/decoded.hpp"
#include "firmware-bridge/wire/ooi/dialect.hpp"
#include "firmware-bridge/wire/ooi/slots.hpp"

// What a device answers, read on the reply endpoint (calibration memory: slots.hpp, spectra: spectrum.hpp). Source:
// notes on the OOI protocol, sections 3 and 4. Encoders are the device's side, decoders the host's.
namespace singel::firmware_bridge::wire::ooi {

// ---- query_status -------------------------------------------------------------------------------------------

inline constexpr std::size_t status_bytes = 16;

struct Status {
    std::uint16_t pixels = 0;
    std::chrono::microseconds integration_time{};
    bool lamp = false;
    std::uint8_t trigger = 0;
    std::uint8_t acquisition = 0;  // bit 1: a request is outstanding, bit 2: data are ready
    // Family A does not tell what follows, and it keeps these values.
    std::uint8_t packets_per_spectrum = 0;
    bool powered = true;               // a captured, working USB2000+ reports false: do not judge by it
    std::uint8_t packets_waiting = 0;  // in the endpoint's queue now: greater than 0 before a request means stale
    std::optional<bool> high_speed;    // unknown when the byte is neither 0x80 nor 0x00
    friend bool operator==(const Status&, const Status&) = default;
};

inline constexpr std::uint8_t acquisition_requested = 0x02;
inline constexpr std::uint8_t acquisition_ready = 0x04;

Bytes encode_status(const Status& status, StatusForm form = StatusForm::family_b);
// Family A: the order of the two bytes of the pixel count is not settled; the larger count that a family A detector
// may have is taken.
Decoded<Status> decode_status(ByteView bytes, StatusForm form = StatusForm::family_b);

// ---- read_register ------------------------------------------------------------------------------------------

inline constexpr std::size_t register_reply_bytes = 3;
inline constexpr std::uint8_t fpga_version_register = 0x04;
inline constexpr std::uint8_t flame_echo = 0xFE;  // a Flame-S answers with this instead of the address

// Of the value's two bytes. Data sheets of the USB4000 and HR2000+ say big, everything else little.
enum class ByteOrder : std::uint8_t { little, big };

Bytes encode_register(std::uint8_t echo, std::uint16_t value, ByteOrder order = ByteOrder::little);
// Accepts the address asked for, or flame_echo in its place.
Decoded<std::uint16_t> decode_register(ByteView bytes, std::uint8_t asked, ByteOrder order = ByteOrder::little);

struct FpgaVersion {
    unsigned major = 0, minor = 0, patch = 0;
    friend bool operator==(const FpgaVersion&, const FpgaVersion&) = default;
};
FpgaVersion fpga_version(std::uint16_t register_value);
std::uint16_t register_value(FpgaVersion version);
// Major numbers that are known: 1 to 4.
bool plausible(FpgaVersion version);
// The order in which this version register, read as little, makes sense; little when both do or neither does.
ByteOrder register_order(std::uint16_t version_read_as_little);
// Surer where it can be read: register 0x64 (USB2000+) or 0x7C (USB4000) holds 0x5501. None when it holds neither
// that nor the same the other way round.
inline constexpr std::uint16_t fpga_programmed = 0x5501;
std::optional<ByteOrder> register_order_by_constant(std::uint16_t read_as_little);

// ---- query_temperature, query_cooler ------------------------------------------------------------------------

inline constexpr std::size_t temperature_reply_bytes = 3, heatsink_reply_bytes = 6, cooler_reply_bytes = 2;
inline constexpr double celsius_per_count = 0.003906;

Bytes encode_temperature(double celsius, std::optional<double> heatsink_celsius = std::nullopt);
Decoded<double> decode_temperature_celsius(ByteView bytes);
// None when the reply ends before it, or its status is not success.
std::optional<double> decode_heatsink_celsius(ByteView bytes);

Bytes encode_cooler(std::int16_t tenths_celsius);
Decoded<double> decode_cooler_celsius(ByteView bytes);

// ---- plug-ins, I2C, channels --------------------------------------------------------------------------------

inline constexpr std::size_t plug_in_places = 7;
using PlugIns = std::array<std::uint8_t, plug_in_places>;  // 0: none, 1: ISS-VIS/NIR, 2: LS-450, 3: ISS-UV/VIS

Bytes encode_plug_ins(const PlugIns& plug_ins);
Decoded<PlugIns> decode_plug_ins(ByteView bytes);

Bytes encode_count(std::uint8_t count);  // of plug-ins, of channels
Decoded<std::uint8_t> decode_count(ByteView bytes);

enum class I2cStatus : std::uint8_t { bit_error = 6, no_acknowledge = 7, success = 8, timeout = 9 };

struct I2cReply {
    I2cStatus status = I2cStatus::success;
    std::uint8_t address = 0;
    Bytes data;
    friend bool operator==(const I2cReply&, const I2cReply&) = default;
};
Bytes encode_i2c_read(const I2cReply& reply);
Decoded<I2cReply> decode_i2c_read(ByteView bytes, std::uint8_t asked);
Bytes encode_i2c_written(I2cStatus status);
Decoded<I2cStatus> decode_i2c_written(ByteView bytes);

}  // namespace singel::firmware_bridge::wire::ooi
