#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "firmware-bridge/wire/decoded.hpp"

namespace singel::firmware_bridge::wire {

// Reads numbers out of bytes that are only looked at. A read past the end gives zero and makes ok() false for
// good, so that a decoder reads everything first and asks once.
class Reader {
public:
    explicit Reader(ByteView bytes) : bytes_(bytes) {}

    bool ok() const { return ok_; }
    std::size_t position() const { return position_; }
    std::size_t left() const { return bytes_.size() - position_; }

    Reader& seek(std::size_t position);  // from the beginning; past the end fails
    Reader& skip(std::size_t count);

    // count <= 8 bytes as an unsigned number.
    std::uint64_t little(std::size_t count);
    std::uint64_t big(std::size_t count);

    std::uint8_t u8() { return static_cast<std::uint8_t>(little(1)); }
    std::uint16_t u16le() { return static_cast<std::uint16_t>(little(2)); }
    std::int16_t s16le() { return static_cast<std::int16_t>(little(2)); }
    std::uint32_t u32le() { return static_cast<std::uint32_t>(little(4)); }
    std::uint16_t u16be() { return static_cast<std::uint16_t>(big(2)); }
    float f32le();  // IEEE 754; may be NaN or infinite

    ByteView take(std::size_t count);  // empty when there are fewer
    // count bytes of text: ends at the first NUL or 0xFF (erased memory); blanks around it are dropped, anything
    // but printable ASCII becomes '?'.
    std::string text(std::size_t count);

private:
    ByteView bytes_;
    std::size_t position_ = 0;
    bool ok_ = true;
};

// Writes numbers into bytes. A fixed writer (of a page) fails for good when written past its end; a growing one
// never does.
class Writer {
public:
    Writer() = default;
    explicit Writer(std::size_t fixed_size, std::uint8_t fill = 0) : bytes_(fixed_size, fill), growing_(false) {}

    bool ok() const { return ok_; }
    const Bytes& bytes() const { return bytes_; }

    Writer& seek(std::size_t position);  // a growing writer fills the gap with zeros
    Writer& little(std::uint64_t value, std::size_t count);
    Writer& big(std::uint64_t value, std::size_t count);

    Writer& u8(std::uint8_t value) { return little(value, 1); }
    Writer& u16le(std::uint16_t value) { return little(value, 2); }
    Writer& s16le(std::int16_t value) { return little(static_cast<std::uint16_t>(value), 2); }
    Writer& u32le(std::uint32_t value) { return little(value, 4); }
    Writer& u16be(std::uint16_t value) { return big(value, 2); }
    Writer& f32le(float value);

    Writer& raw(ByteView bytes);
    // Exactly size bytes; a longer text fails, a shorter one is filled up.
    Writer& text(std::string_view text, std::size_t size, std::uint8_t fill = 0);

private:
    void put(std::uint8_t byte);
    Bytes bytes_;
    std::size_t position_ = 0;
    bool growing_ = true;
    bool ok_ = true;
};

// Detector counts as both families send them: 16 bits each, low byte first.
Bytes encode_counts(std::span<const std::uint16_t> counts);
// size / 2 counts; an odd byte at the end is left out.
std::vector<std::uint16_t> decode_counts(ByteView bytes);

}  // namespace singel::firmware_bridge::wire
