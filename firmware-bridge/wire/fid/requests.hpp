#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "firmware-bridge/wire/decoded.hpp"
#include "firmware-bridge/wire/fid/operations.hpp"

// Control transfers made from the table of operations, and back. A transfer that succeeds only says that the packet
// was accepted: setters have no result, read back. Status bytes that an ARM board returns for setters are inverted
// and are ignored.
namespace singel::firmware_bridge::wire::fid {

// One control transfer. Out: data is the data stage. In: length is how many bytes to ask for.
struct Request {
    std::uint8_t request_type = 0;  // 0x40 host to device, 0xC0 device to host
    std::uint8_t request = 0;
    std::uint16_t value = 0;
    std::uint16_t index = 0;
    Bytes data;
    std::uint16_t length = 0;

    bool in() const { return (request_type & 0x80) != 0; }
    friend bool operator==(const Request&, const Request&) = default;
};

// ---- host ---------------------------------------------------------------------------------------------------

// Asserts that the operation can be set on this board, is not locked, and that the value fits its argument.
Request set(Board board, const Operation& operation, std::uint64_t value = 0);
// index is the page of eeprom_page. An ARM board is asked for 8 bytes at least.
Request get(Board board, const Operation& operation, std::uint16_t index = 0);

// A locked operation with its data stage, for a tool that a person has unlocked, and for tests. Filled up to 8 bytes
// on an ARM board.
Request request_locked(Board board, const Operation& operation, std::uint16_t value, Bytes data = {});
// Asserts page < 256. An FX2 board addresses bytes, from 0x3C00 on.
Request write_eeprom_page(Board board, std::uint16_t page, ByteView bytes);

// The reply as an unsigned number (reply_bytes of it, in the operation's order).
Decoded<std::uint64_t> decode_number(const Operation& operation, ByteView reply);

Request set_integration_time(Board board, std::chrono::milliseconds time);  // asserts 0 <= time < 2^24 ms

// Gain is fixed point 8.8: high byte integer, low byte fraction. Asserts 0 <= gain < 256.
std::uint16_t gain_word(double gain);
double gain_of(std::uint16_t word);

struct FirmwareVersion {
    std::uint8_t a = 0, b = 0, c = 0, d = 0;
    auto operator<=>(const FirmwareVersion&) const = default;
    std::string text() const;  // "10.0.0.11"
};
Decoded<FirmwareVersion> decode_firmware_version(ByteView reply);  // bytes arrive reversed
Decoded<std::string> decode_fpga_version(ByteView reply);          // 7 characters, printable

// The watchdog's seconds read in both byte orders; trust it only after its cut-off was measured (section 9.4).
struct WatchdogReadings {
    std::chrono::seconds little{}, big{};
};
Decoded<WatchdogReadings> watchdog_readings(ByteView reply);

// What an XS does by itself after FD (section 8). It drives the laser: ON from FD until the frame has come and
// laser_firing reads 0.
struct AutoRaman {
    std::chrono::milliseconds most{10000}, start_integration{100}, max_integration{2000}, min_integration{10};
    std::uint8_t start_gain = 0, max_gain = 30, min_gain = 0;  // dB
    std::uint16_t target_counts = 45000, max_counts = 50000, min_counts = 40000;
    std::uint8_t max_factor = 5;
    double drop_factor = 0.5;  // 8.8
    std::uint16_t saturation = 65000;
    std::uint8_t max_averages = 100;
    friend bool operator==(const AutoRaman&, const AutoRaman&) = default;
};
inline constexpr std::size_t auto_raman_bytes = 23;
Bytes encode_auto_raman(const AutoRaman& request);
Decoded<AutoRaman> decode_auto_raman(ByteView bytes);

// ---- spectrum -----------------------------------------------------------------------------------------------

// Bytes to read from each endpoint, in this order. No length byte and no marker follow: a length that is a whole
// number of packets ends without a short packet, so never ask for more than capacity().
struct Readout {
    std::size_t first_bytes = 0;   // from 0x82
    std::size_t second_bytes = 0;  // from 0x86, 0: silent
    friend bool operator==(const Readout&, const Readout&) = default;
};
constexpr Readout readout(Board board, std::size_t pixels) {
    return board != Board::arm && pixels == 2048 ? Readout{2048, 2048} : Readout{2 * pixels, 0};
}
// Whole packets: 3904 bytes are asked for as 4096, 2048 as 2048.
constexpr std::size_t capacity(std::size_t bytes, std::size_t packet_size) {
    return (bytes + packet_size - 1) / packet_size * packet_size;
}

Bytes encode_spectrum(std::span<const std::uint16_t> counts);
Decoded<std::vector<std::uint16_t>> decode_spectrum(ByteView bytes, std::size_t pixels);

// ---- device -------------------------------------------------------------------------------------------------

struct Received {
    const Operation* operation = nullptr;
    bool set = false;
    std::uint64_t value = 0;          // argument of a setter, index of a getter
    bool data_stage_missing = false;  // a 40-bit setter with fewer than 8 payload bytes: FX2 firmware locks up
    Bytes data;                       // the data stage
};

// Malformed: unknown opcode or direction, an operation of another board, on ARM fewer than 8 payload bytes. Locked
// operations are understood.
Decoded<Received> decode_request(Board board, const Request& request);
// The reply to a getter, at most as long as the host asked; an ARM board fills up to that with zeros.
Bytes encode_number(Board board, const Operation& operation, std::uint64_t value, std::uint16_t asked);
Bytes encode_firmware_version(FirmwareVersion version);
std::optional<std::uint16_t> written_page(const Received& received);  // of both EEPROM write operations

}  // namespace singel::firmware_bridge::wire::fid
