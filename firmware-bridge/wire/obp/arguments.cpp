#include "firmware-bridge/wire/obp/arguments.hpp"

#include <cmath>

namespace singel::firmware_bridge::wire::obp {

namespace {

template <class Number>
Decoded<Number> read_number(ByteView data) {
    if (data.size() != sizeof(Number)) return wrong_length("OBP number", data.size(), sizeof(Number));
    return static_cast<Number>(Reader(data).little(sizeof(Number)));
}

template <class Number>
Bytes number_list(const std::vector<Number>& values) {
    Writer out;
    for (const Number value : values) out.little(value, sizeof(Number));
    return out.bytes();
}

template <class Number>
Decoded<std::vector<Number>> read_number_list(ByteView data) {
    if (data.size() % sizeof(Number) != 0) {
        return malformed("OBP list: " + std::to_string(data.size()) + " bytes are no whole number of " +
                         std::to_string(sizeof(Number)) + "-byte values");
    }
    Reader in(data);
    std::vector<Number> values(data.size() / sizeof(Number));
    for (Number& value : values) value = static_cast<Number>(in.little(sizeof(Number)));
    return values;
}

}  // namespace

Bytes text(std::string_view value) {
    return {value.begin(), value.end()};
}

Decoded<std::uint8_t> read_u8(ByteView data) {
    return read_number<std::uint8_t>(data);
}

Decoded<std::uint16_t> read_u16(ByteView data) {
    return read_number<std::uint16_t>(data);
}

Decoded<std::uint32_t> read_u32(ByteView data) {
    return read_number<std::uint32_t>(data);
}

Decoded<float> read_f32(ByteView data) {
    const Decoded<std::vector<float>> one = read_f32_list(data);
    if (!one) return tl::unexpected(one.error());
    if (one->size() != 1) return wrong_length("OBP number", data.size(), sizeof(float));
    return one->front();
}

std::string read_text(ByteView data) {
    return Reader(data).text(data.size());
}

Bytes f32_list(const std::vector<float>& values) {
    Writer out;
    for (const float value : values) out.f32le(value);
    return out.bytes();
}

Decoded<std::vector<float>> read_f32_list(ByteView data) {
    const Decoded<std::vector<std::uint32_t>> words = read_number_list<std::uint32_t>(data);
    if (!words) return tl::unexpected(words.error());
    Reader in(data);
    std::vector<float> values(words->size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = in.f32le();
        if (!std::isfinite(values[i])) return malformed("OBP number " + std::to_string(i) + ": not finite");
    }
    return values;
}

Bytes u16_list(const std::vector<std::uint16_t>& values) {
    return number_list(values);
}

Decoded<std::vector<std::uint16_t>> read_u16_list(ByteView data) {
    return read_number_list<std::uint16_t>(data);
}

Bytes u32_list(const std::vector<std::uint32_t>& values) {
    return number_list(values);
}

Decoded<std::vector<std::uint32_t>> read_u32_list(ByteView data) {
    return read_number_list<std::uint32_t>(data);
}

Bytes ranges(const std::vector<PixelRange>& values) {
    Writer out;
    for (const PixelRange& range : values) out.u32le(range.first).u32le(range.last);
    return out.bytes();
}

Decoded<std::vector<PixelRange>> read_ranges(ByteView data, std::size_t pixels) {
    const Decoded<std::vector<std::uint32_t>> numbers = read_u32_list(data);
    if (!numbers) return tl::unexpected(numbers.error());
    if (numbers->size() % 2 != 0) return malformed("OBP pixel ranges: an odd number of ends");
    std::vector<PixelRange> values;
    for (std::size_t i = 0; i < numbers->size(); i += 2) {
        const PixelRange range{(*numbers)[i], (*numbers)[i + 1]};
        if (range.first > range.last || range.last >= pixels) {
            return malformed("OBP pixel range: " + std::to_string(range.first) + " to " + std::to_string(range.last) +
                             " of " + std::to_string(pixels) + " pixels");
        }
        values.push_back(range);
    }
    return values;
}

Bytes light_source(LightSource which) {
    return {which.module, which.index};
}

Bytes light_source(LightSource which, bool on) {
    return {which.module, which.index, static_cast<std::uint8_t>(on ? 1 : 0)};
}

Bytes light_source(LightSource which, float intensity) {
    return Writer().u8(which.module).u8(which.index).f32le(intensity).bytes();
}

}  // namespace singel::firmware_bridge::wire::obp
