#pragma once

#include <string>
#include <vector>

#include "firmware-bridge/wire/bytes.hpp"

// Arguments and answers of OBP messages: numbers one after another, text, lists. Both sides use all of them.
namespace singel::firmware_bridge::wire::obp {

inline Bytes u8(std::uint8_t value) {
    return {value};
}
inline Bytes u16(std::uint16_t value) {
    return Writer().u16le(value).bytes();
}
inline Bytes u32(std::uint32_t value) {
    return Writer().u32le(value).bytes();
}
inline Bytes f32(float value) {
    return Writer().f32le(value).bytes();
}
Bytes text(std::string_view value);

// Exactly as long as the number: anything else is malformed.
Decoded<std::uint8_t> read_u8(ByteView data);
Decoded<std::uint16_t> read_u16(ByteView data);
Decoded<std::uint32_t> read_u32(ByteView data);
Decoded<float> read_f32(ByteView data);  // finite

// Up to the first NUL; never fails.
std::string read_text(ByteView data);

Bytes f32_list(const std::vector<float>& values);
Decoded<std::vector<float>> read_f32_list(ByteView data);  // all finite
Bytes u16_list(const std::vector<std::uint16_t>& values);
Decoded<std::vector<std::uint16_t>> read_u16_list(ByteView data);
Bytes u32_list(const std::vector<std::uint32_t>& values);
Decoded<std::vector<std::uint32_t>> read_u32_list(ByteView data);

struct PixelRange {
    std::uint32_t first = 0, last = 0;  // both belong to it
    friend bool operator==(const PixelRange&, const PixelRange&) = default;
};
Bytes ranges(const std::vector<PixelRange>& values);
// Refuses a range that ends before it begins or at a pixel that is not there.
Decoded<std::vector<PixelRange>> read_ranges(ByteView data, std::size_t pixels);

// Light source messages: module and index come first.
struct LightSource {
    std::uint8_t module = 0, index = 0;
    friend bool operator==(const LightSource&, const LightSource&) = default;
};
Bytes light_source(LightSource which);
Bytes light_source(LightSource which, bool on);
Bytes light_source(LightSource which, float intensity);  // 0 to 1

}  // namespace singel::firmware_bridge::wire::obp
