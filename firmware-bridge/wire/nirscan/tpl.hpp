#pragma once

#include <span>
#include <string_view>

#include "firmware-bridge/wire/bytes.hpp"

// The envelope of every file of the instrument: a "tpl image", which says itself what is in it. See README.md.
namespace singel::firmware_bridge::wire::nirscan {

// What is expected: the types of the fields, and the length of each field that is an array.
struct TplShape {
    std::string_view format;
    std::span<const std::uint32_t> lengths;
    std::size_t data_bytes = 0;  // of all fields together: they stand one after another without gaps
};

// The fields of an image of exactly this shape. What follows the image is ignored: the instrument sends its whole
// buffer. Refuses another format, other lengths, the other byte order, and sizes that do not agree.
Decoded<ByteView> open_tpl(ByteView bytes, const TplShape& shape);

// The image of fields that were written one after another.
Bytes make_tpl(const TplShape& shape, ByteView data);

std::size_t tpl_bytes(const TplShape& shape);

}  // namespace singel::firmware_bridge::wire::nirscan
