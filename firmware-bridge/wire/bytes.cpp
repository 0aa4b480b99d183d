#include "firmware-bridge/wire/bytes.hpp"

#include <algorithm>
#include <bit>

namespace singel::firmware_bridge::wire {

Reader& Reader::seek(std::size_t position) {
    if (position > bytes_.size()) {
        ok_ = false;
        position = bytes_.size();
    }
    position_ = position;
    return *this;
}

Reader& Reader::skip(std::size_t count) {
    take(count);
    return *this;
}

std::uint64_t Reader::little(std::size_t count) {
    std::uint64_t value = 0;
    const ByteView bytes = take(count);
    for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | bytes[i];
    return value;
}

std::uint64_t Reader::big(std::size_t count) {
    std::uint64_t value = 0;
    for (const std::uint8_t byte : take(count)) value = value << 8 | byte;
    return value;
}

float Reader::f32le() {
    return std::bit_cast<float>(u32le());
}

ByteView Reader::take(std::size_t count) {
    if (count > left()) {
        ok_ = false;
        position_ = bytes_.size();
        return {};
    }
    const ByteView taken = bytes_.subspan(position_, count);
    position_ += count;
    return taken;
}

std::string Reader::text(std::size_t count) {
    const ByteView field = take(count);
    const auto end = std::find_if(field.begin(), field.end(), [](std::uint8_t c) { return c == 0 || c == 0xFF; });
    std::string text(field.begin(), end);
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c < 0x20 || c > 0x7E; }, '?');
    const auto first = text.find_first_not_of(' ');
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

void Writer::put(std::uint8_t byte) {
    if (position_ < bytes_.size()) {
        bytes_[position_++] = byte;
    } else if (growing_) {
        bytes_.push_back(byte);
        ++position_;
    } else {
        ok_ = false;
    }
}

Writer& Writer::seek(std::size_t position) {
    if (position > bytes_.size()) {
        if (growing_) {
            bytes_.resize(position);
        } else {
            ok_ = false;
            position = bytes_.size();
        }
    }
    position_ = position;
    return *this;
}

Writer& Writer::little(std::uint64_t value, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) put(static_cast<std::uint8_t>(value >> (8 * i) & 0xFF));
    return *this;
}

Writer& Writer::big(std::uint64_t value, std::size_t count) {
    for (std::size_t i = count; i-- > 0;) put(static_cast<std::uint8_t>(value >> (8 * i) & 0xFF));
    return *this;
}

Writer& Writer::f32le(float value) {
    return u32le(std::bit_cast<std::uint32_t>(value));
}

Writer& Writer::raw(ByteView bytes) {
    for (const std::uint8_t byte : bytes) put(byte);
    return *this;
}

Writer& Writer::text(std::string_view text, std::size_t size, std::uint8_t fill) {
    if (text.size() > size) ok_ = false;
    for (std::size_t i = 0; i < size; ++i) put(i < text.size() ? static_cast<std::uint8_t>(text[i]) : fill);
    return *this;
}

Bytes encode_counts(std::span<const std::uint16_t> counts) {
    Bytes out;
    out.reserve(2 * counts.size() + 1);  // a sync byte may follow
    for (const std::uint16_t count : counts) {
        out.push_back(static_cast<std::uint8_t>(count & 0xFF));
        out.push_back(static_cast<std::uint8_t>(count >> 8));
    }
    return out;
}

std::vector<std::uint16_t> decode_counts(ByteView bytes) {
    std::vector<std::uint16_t> counts(bytes.size() / 2);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        counts[i] = static_cast<std::uint16_t>(bytes[2 * i] | bytes[2 * i + 1] << 8);
    }
    return counts;
}

}  // namespace singel::firmware_bridge::wire
