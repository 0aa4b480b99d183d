#include "firmware-bridge/wire/nirscan/tpl.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace singel::firmware_bridge::wire::nirscan {

namespace {

constexpr std::string_view magic = "tpl";
constexpr std::uint8_t big_endian = 0x01;
constexpr std::size_t begin_bytes = 8;  // magic, flags, size

}  // namespace

std::size_t tpl_bytes(const TplShape& shape) {
    return begin_bytes + shape.format.size() + 1 + 4 * shape.lengths.size() + shape.data_bytes;
}

Decoded<ByteView> open_tpl(ByteView bytes, const TplShape& shape) {
    const std::size_t whole = tpl_bytes(shape);
    Reader reader(bytes);
    const ByteView begin = reader.take(magic.size());
    if (!std::ranges::equal(begin, magic)) return malformed("file: it does not begin with \"tpl\"");
    const std::uint8_t flags = reader.u8();
    if ((flags & big_endian) != 0) return malformed("file: its numbers are big-endian");
    if (flags != 0) return malformed(fmt::format("file: flags {:02x}", flags));
    const std::uint32_t size = reader.u32le();
    const ByteView format = reader.take(shape.format.size());
    if (!reader.ok() || !std::ranges::equal(format, shape.format) || reader.u8() != 0)
        return malformed("file: its fields are not those that are known");
    if (size != whole) return malformed(fmt::format("file: it says {} instead of {} bytes", size, whole));
    for (const std::uint32_t length : shape.lengths) {
        const std::uint32_t said = reader.u32le();
        if (said != length) return malformed(fmt::format("file: an array of {} instead of {} values", said, length));
    }
    if (!reader.ok() || bytes.size() < whole) return wrong_length("file", bytes.size(), whole);
    return reader.take(shape.data_bytes);
}

Bytes make_tpl(const TplShape& shape, ByteView data) {
    Writer writer;
    for (const char letter : magic) writer.u8(static_cast<std::uint8_t>(letter));
    writer.u8(0).u32le(static_cast<std::uint32_t>(tpl_bytes(shape)));
    writer.text(shape.format, shape.format.size() + 1);
    for (const std::uint32_t length : shape.lengths) writer.u32le(length);
    writer.raw(data);
    return writer.bytes();
}

}  // namespace singel::firmware_bridge::wire::nirscan
