#include "firmware-bridge/wire/fid/eeprom_pages.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "firmware-bridge/wire/bytes.hpp"

namespace singel::firmware_bridge::wire::fid {

namespace {

constexpr std::size_t bad_pixel_places = 15;
constexpr std::size_t most_intensity = 8, most_second_intensity = 5;
constexpr std::size_t spline_range_offset = 56;  // on page 4, behind the last four points
constexpr std::size_t region_bytes = 20;
constexpr std::size_t second_intensity_offset = 34, second_binning_offset = 58;

struct SplinePlace {
    std::size_t page, offset;
};
constexpr std::size_t most_spline_points = 14;

constexpr SplinePlace spline_place(std::size_t point) {
    constexpr std::size_t point_bytes = 12;
    if (point < 5) return {6, 4 + point * point_bytes};
    if (point < 10) return {7, (point - 5) * point_bytes};
    return {4, (point - 10) * point_bytes};
}

bool has_intensity(Subformat subformat) {
    return subformat == Subformat::raman_intensity || subformat == Subformat::untethered ||
           subformat == Subformat::multi_wavelength;
}

// An order, then one coefficient more than that. An order of 0 or beyond the places: none.
std::vector<float> read_intensity(Reader in, std::size_t most) {
    std::vector<float> coefficients;
    const std::size_t order = in.u8();
    if (order == 0 || order >= most) return coefficients;
    coefficients.resize(order + 1);
    for (float& coefficient : coefficients) coefficient = in.f32le();
    return coefficients;
}

void write_intensity(Writer& out, const std::vector<float>& coefficients) {
    if (coefficients.empty()) return;
    out.u8(static_cast<std::uint8_t>(coefficients.size() - 1));
    for (const float coefficient : coefficients) out.f32le(coefficient);
}

void write_intensity(Page& page, std::size_t offset, const std::vector<float>& coefficients) {
    Writer out;
    write_intensity(out, coefficients);
    std::copy(out.bytes().begin(), out.bytes().end(), page.begin() + static_cast<std::ptrdiff_t>(offset));
}

void put(Page& page, std::size_t offset, const Writer& what) {
    std::copy(what.bytes().begin(), what.bytes().end(), page.begin() + static_cast<std::ptrdiff_t>(offset));
}

PixelSpan read_span(Reader& in) {
    PixelSpan span;
    span.start = in.u16le();
    span.end = in.u16le();
    return span;
}

Spline read_spline(std::span<const Page> pages) {
    Spline spline;
    Reader range(pages[4]);
    spline.min = range.seek(spline_range_offset).f32le();
    spline.max = range.f32le();
    const std::size_t points = pages[6][0];
    if (points > most_spline_points) return spline;
    for (std::size_t i = 0; i < points; ++i) {
        const SplinePlace place = spline_place(i);
        Reader in(pages[place.page]);
        SplinePoint& point = spline.points.emplace_back();
        point.wavelength_nm = in.seek(place.offset).f32le();
        point.y = in.f32le();
        point.y2 = in.f32le();
    }
    return spline;
}

void write_spline(const Spline& spline, std::span<Page> pages) {
    pages[6][0] = static_cast<std::uint8_t>(spline.points.size());
    for (std::size_t i = 0; i < spline.points.size(); ++i) {
        const SplinePoint& point = spline.points[i];
        const SplinePlace place = spline_place(i);
        put(pages[place.page], place.offset, Writer().f32le(point.wavelength_nm).f32le(point.y).f32le(point.y2));
    }
    put(pages[4], spline_range_offset, Writer().f32le(spline.min).f32le(spline.max));
}

Untethered read_untethered(Reader in) {
    Untethered u;
    u.library_type = in.u8();
    u.library_id = in.u16le();
    u.scans_to_average = in.u8();
    u.min_ramp_pixels = in.u8();
    u.min_peak_height = in.u16le();
    u.match_threshold = in.u8();
    u.library_count = in.u8();
    u.throwaways = in.u8();
    u.mask = in.u8();
    return u;
}

void write_untethered(const Untethered& u, Page& page) {
    Writer out;
    out.u8(u.library_type).u16le(u.library_id).u8(u.scans_to_average).u8(u.min_ramp_pixels);
    out.u16le(u.min_peak_height).u8(u.match_threshold).u8(u.library_count).u8(u.throwaways).u8(u.mask);
    put(page, 0, out);
}

DetectorRegions read_regions(std::span<const Page> pages) {
    DetectorRegions all;
    for (std::size_t i = 0; i < all.regions.size(); ++i) {
        Reader in(pages[6]);
        in.seek(i * region_bytes);
        all.regions[i].pixels = read_span(in);
        for (float& coefficient : all.regions[i].wavelength_nm) coefficient = in.f32le();
    }
    all.count = pages[7][0];
    return all;
}

void write_regions(const DetectorRegions& all, std::span<Page> pages) {
    for (std::size_t i = 0; i < all.regions.size(); ++i) {
        Writer out;
        out.u16le(all.regions[i].pixels.start).u16le(all.regions[i].pixels.end);
        for (const float coefficient : all.regions[i].wavelength_nm) out.f32le(coefficient);
        put(pages[6], i * region_bytes, out);
    }
    pages[7][0] = all.count;
}

SecondExcitation read_second(Reader in) {
    SecondExcitation second;
    second.excitation_nm = in.f32le();
    for (float& coefficient : second.wavelength_nm) coefficient = in.f32le();
    in.seek(26);
    second.roi = read_span(in);
    second.resolution_cm1 = in.f32le();
    second.raman_intensity = read_intensity(in, most_second_intensity);
    second.binning = in.seek(second_binning_offset).u8();
    return second;
}

void write_second(const SecondExcitation& second, Page& page) {
    Writer out;
    out.f32le(second.excitation_nm);
    for (const float coefficient : second.wavelength_nm) out.f32le(coefficient);
    out.seek(26).u16le(second.roi.start).u16le(second.roi.end).f32le(second.resolution_cm1);
    put(page, 0, out);
    write_intensity(page, second_intensity_offset, second.raman_intensity);
    page[second_binning_offset] = second.binning;
}

// Why the lists do not fit into their pages; empty when they do.
std::string too_long(const Eeprom& e) {
    const auto fits = [](const std::vector<float>& coefficients, std::size_t most) {
        return coefficients.empty() || (coefficients.size() > 1 && coefficients.size() <= most);
    };
    if (e.bad_pixels.size() > bad_pixel_places)
        return fmt::format("page 5, offset 0, bad pixels: {} of at most {}", e.bad_pixels.size(), bad_pixel_places);
    if (!fits(e.raman_intensity, most_intensity))
        return fmt::format("page 6, offset 0, intensity coefficients: {}", e.raman_intensity.size());
    if (e.spline && e.spline->points.size() > most_spline_points)
        return fmt::format("page 6, offset 0, spline points: {} of at most {}", e.spline->points.size(),
                           most_spline_points);
    if (e.second_excitation && !fits(e.second_excitation->raman_intensity, most_second_intensity))
        return fmt::format("page 7, offset {}, intensity coefficients: {}", second_intensity_offset,
                           e.second_excitation->raman_intensity.size());
    if (!e.spline && e.user_text.size() > page_bytes)
        return fmt::format("page 4, offset 0, user text: {} characters", e.user_text.size());
    return {};
}

}  // namespace

void read_lists(std::span<const Page> pages, Eeprom& e) {
    Reader bad(pages[5]);
    for (std::size_t i = 0; i < bad_pixel_places; ++i) {
        const std::int16_t pixel = bad.s16le();
        if (pixel >= 0) e.bad_pixels.push_back(static_cast<std::uint16_t>(pixel));
    }
    if (has_intensity(e.subformat)) e.raman_intensity = read_intensity(Reader(pages[6]), most_intensity);
    switch (e.subformat) {
        case Subformat::spline: e.spline = read_spline(pages); return;
        case Subformat::untethered: e.untethered = read_untethered(Reader(pages[7])); break;
        case Subformat::detector_regions: e.regions = read_regions(pages); break;
        case Subformat::multi_wavelength: e.second_excitation = read_second(Reader(pages[7])); break;
        default: break;
    }
    e.user_text = Reader(pages[4]).text(page_bytes);
}

Decoded<void> write_lists(const Eeprom& e, std::span<Page> pages) {
    if (std::string why = too_long(e); !why.empty()) return malformed(std::move(why));
    Writer bad;
    for (std::size_t i = 0; i < bad_pixel_places; ++i) bad.u16le(i < e.bad_pixels.size() ? e.bad_pixels[i] : 0xFFFF);
    put(pages[5], 0, bad);
    if (has_intensity(e.subformat)) write_intensity(pages[6], 0, e.raman_intensity);
    if (!e.spline) put(pages[4], 0, Writer().text(e.user_text, page_bytes));
    if (e.spline) write_spline(*e.spline, pages);
    if (e.untethered) write_untethered(*e.untethered, pages[7]);
    if (e.regions) write_regions(*e.regions, pages);
    if (e.second_excitation) write_second(*e.second_excitation, pages[7]);
    return {};
}

}  // namespace singel::firmware_bridge::wire::fid
