#include "firmware-bridge/wire/fid/eeprom.hpp"

#include <algorithm>

#include "firmware-bridge/wire/bytes.hpp"
#include "firmware-bridge/wire/fid/eeprom_fields.hpp"
#include "firmware-bridge/wire/fid/eeprom_pages.hpp"

namespace singel::firmware_bridge::wire::fid {

namespace {

constexpr std::size_t format_offset = 63;
constexpr std::size_t floats_on_a_page = page_bytes / 4;

}  // namespace

bool blank(std::span<const Page> pages) {
    return std::all_of(pages.begin(), pages.end(), [](const Page& page) {
        return std::all_of(page.begin(), page.end(), [](std::uint8_t byte) { return byte == 0xFF; });
    });
}

Decoded<Eeprom> decode_eeprom(std::span<const Page> pages) {
    if (pages.size() < pages_needed) {
        return malformed("EEPROM: " + std::to_string(pages.size()) + " of " + std::to_string(pages_needed) +
                         " pages");
    }
    if (blank(pages)) return malformed("EEPROM: blank, every byte is 0xFF");
    Eeprom e;
    e.format = pages[0][format_offset];
    for (const Field& field : eeprom_fields()) {
        if (has(field, e.format) && field.page < pages.size()) read_field(field, pages[field.page], e);
    }
    read_lists(pages, e);
    return e;
}

Decoded<std::vector<Page>> encode_eeprom(const Eeprom& e) {
    std::vector<Page> pages(page_count);
    if (auto lists = write_lists(e, pages); !lists) return tl::unexpected(std::move(lists.error()));
    for (const Field& field : eeprom_fields()) {
        if (!has(field, e.format)) continue;
        if (!write_field(field, e, pages[field.page])) return malformed(field_text(field, e) + " does not fit");
    }
    return pages;
}

std::size_t correction_pages(PixelCorrection kind, std::size_t pixels) {
    const std::size_t one = (pixels + floats_on_a_page - 1) / floats_on_a_page;
    return kind == PixelCorrection::etalon ? one : kind == PixelCorrection::ingaas ? 2 * one : 0;
}

Decoded<std::vector<float>> decode_correction(std::span<const Page> pages, std::size_t values) {
    if (pages.size() * floats_on_a_page < values)
        return wrong_length("pixel correction", pages.size() * page_bytes, values * 4);
    std::vector<float> all(values);
    for (std::size_t i = 0; i < values; ++i) {
        Reader in(pages[i / floats_on_a_page]);
        all[i] = in.seek(i % floats_on_a_page * 4).f32le();
    }
    return all;
}

std::vector<Page> encode_correction(std::span<const float> values) {
    std::vector<Page> pages((values.size() + floats_on_a_page - 1) / floats_on_a_page);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const Bytes bytes = Writer().f32le(values[i]).bytes();
        std::copy(bytes.begin(), bytes.end(),
                  pages[i / floats_on_a_page].begin() + static_cast<std::ptrdiff_t>(i % floats_on_a_page * 4));
    }
    return pages;
}

double polynomial(std::span<const float> coefficients, double x) {
    double sum = 0;
    for (std::size_t i = coefficients.size(); i-- > 0;) sum = sum * x + static_cast<double>(coefficients[i]);
    return sum;
}

}  // namespace singel::firmware_bridge::wire::fid
