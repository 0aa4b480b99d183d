#include "firmware-bridge/wire/fid/eeprom.hpp"

#include <algorithm>

#include "firmware-bridge/wire/bytes.hpp"

namespace singel::firmware_bridge::wire::fid {

namespace {

constexpr std::size_t bad_pixel_places = 15;
constexpr std::size_t intensity_coefficients = 8;

template <std::size_t n>
void read_floats(Reader& in, std::array<float, n>& values, std::size_t count = n) {
    for (std::size_t i = 0; i < count; ++i) values[i] = in.f32le();
}

template <std::size_t n>
void write_floats(Writer& out, const std::array<float, n>& values, std::size_t count = n) {
    for (std::size_t i = 0; i < count; ++i) out.f32le(values[i]);
}

void read_identity(Reader in, Eeprom& e) {
    e.format = Reader(in).seek(63).u8();
    e.model = in.text(16);
    e.serial = in.text(16);
    e.baud_rate = in.u32le();
    e.has_cooling = in.u8() != 0;
    e.has_battery = in.u8() != 0;
    e.has_laser = in.u8() != 0;
    const std::uint16_t shared = in.u16le();
    if (e.format >= 9) e.feature_mask = shared;
    if (e.format < 4) e.excitation_nm = shared;
    e.slit_um = in.u16le();
    if (e.format < 3) return;
    e.startup_integration = std::chrono::milliseconds(in.u16le());
    e.startup_detector_celsius = in.s16le();
    e.startup_trigger = in.u8();
    e.gain = in.f32le();
    e.offset = in.s16le();
    e.gain_odd = in.f32le();
    e.offset_odd = in.s16le();
    if (e.format >= 16) e.laser_tec_setpoint = in.u16le();
}

void read_wavelengths(Reader in, Eeprom& e) {
    read_floats(in, e.wavelength_nm, 4);
    read_floats(in, e.celsius_to_dac);
    e.max_detector_celsius = in.s16le();
    e.min_detector_celsius = in.s16le();
    read_floats(in, e.adc_to_celsius);
    e.thermistor_ohms = in.s16le();
    e.thermistor_beta = in.s16le();
    e.calibration_date = in.text(12);
    e.calibrated_by = in.text(3);
}

void read_detector(Reader in, Eeprom& e) {
    e.detector = in.text(16);
    e.active_pixels = in.u16le();
    const std::uint8_t warm_up = in.u8();
    if (e.format >= 10) e.laser_warm_up = std::chrono::seconds(warm_up);
    e.active_rows = in.u16le();
    if (e.format >= 8) e.wavelength_nm[4] = in.f32le();
    if (e.format < 5) {
        e.min_integration = std::chrono::milliseconds(in.seek(21).u16le());
        e.max_integration = std::chrono::milliseconds(in.u16le());
    }
    in.seek(25);
    e.actual_pixels = in.u16le();
    e.roi.start = in.u16le();
    e.roi.end = in.u16le();
    for (PixelSpan& region : e.vertical_roi) {
        region.start = in.u16le();
        region.end = in.u16le();
    }
    read_floats(in, e.linearity);
}

void read_laser(Reader in, Eeprom& e) {
    in.seek(12);
    read_floats(in, e.laser_percent_of_mw);
    e.max_laser_mw = in.f32le();
    e.min_laser_mw = in.f32le();
    const float excitation = in.f32le();
    if (e.format >= 4) e.excitation_nm = excitation;
    if (e.format >= 5) {
        e.min_integration = std::chrono::milliseconds(in.u32le());
        e.max_integration = std::chrono::milliseconds(in.u32le());
    }
    if (e.format >= 7) e.resolution_cm1 = in.seek(48).f32le();
    if (e.format >= 15) {
        e.laser_watchdog = std::chrono::seconds(in.seek(52).u16le());
        e.light_source = in.u8();
    }
    if (e.format >= 16) {
        e.power_timeout = std::chrono::seconds(in.seek(55).u16le());
        e.detector_timeout = std::chrono::seconds(in.u16le());
        e.horizontal_binning = in.u8();
    }
}

void read_pixels(Reader in, Eeprom& e) {
    for (std::size_t i = 0; i < bad_pixel_places; ++i) {
        const std::int16_t pixel = in.s16le();
        if (pixel >= 0) e.bad_pixels.push_back(static_cast<std::uint16_t>(pixel));
    }
    if (e.format >= 5) e.product_configuration = in.text(16);
    if (e.format >= 7) e.subformat = static_cast<Subformat>(in.seek(63).u8());
}

void read_intensity(Reader in, Eeprom& e) {
    if (e.subformat != Subformat::raman_intensity && e.subformat != Subformat::untethered) return;
    const std::size_t order = in.u8();
    if (order == 0 || order >= intensity_coefficients) return;
    e.raman_intensity.resize(order + 1);
    for (float& coefficient : e.raman_intensity) coefficient = in.f32le();
}

Writer write_identity(const Eeprom& e) {
    Writer out(page_bytes);
    out.text(e.model, 16).text(e.serial, 16).u32le(e.baud_rate);
    out.u8(e.has_cooling ? 1 : 0).u8(e.has_battery ? 1 : 0).u8(e.has_laser ? 1 : 0);
    out.u16le(e.format < 4 ? static_cast<std::uint16_t>(e.excitation_nm) : e.feature_mask).u16le(e.slit_um);
    if (e.format >= 3) {
        out.u16le(static_cast<std::uint16_t>(e.startup_integration.count())).s16le(e.startup_detector_celsius);
        out.u8(e.startup_trigger).f32le(e.gain).s16le(e.offset).f32le(e.gain_odd).s16le(e.offset_odd);
    }
    if (e.format >= 16) out.u16le(e.laser_tec_setpoint);
    out.seek(63).u8(e.format);
    return out;
}

Writer write_wavelengths(const Eeprom& e) {
    Writer out(page_bytes);
    write_floats(out, e.wavelength_nm, 4);
    write_floats(out, e.celsius_to_dac);
    out.s16le(e.max_detector_celsius).s16le(e.min_detector_celsius);
    write_floats(out, e.adc_to_celsius);
    out.s16le(e.thermistor_ohms).s16le(e.thermistor_beta).text(e.calibration_date, 12).text(e.calibrated_by, 3);
    return out;
}

Writer write_detector(const Eeprom& e) {
    Writer out(page_bytes);
    out.text(e.detector, 16).u16le(e.active_pixels);
    out.u8(e.format >= 10 ? static_cast<std::uint8_t>(e.laser_warm_up.count()) : 0).u16le(e.active_rows);
    if (e.format >= 8) out.f32le(e.wavelength_nm[4]);
    if (e.format < 5) {
        out.seek(21).u16le(static_cast<std::uint16_t>(e.min_integration.count()));
        out.u16le(static_cast<std::uint16_t>(e.max_integration.count()));
    }
    out.seek(25).u16le(e.actual_pixels).u16le(e.roi.start).u16le(e.roi.end);
    for (const PixelSpan& region : e.vertical_roi) out.u16le(region.start).u16le(region.end);
    write_floats(out, e.linearity);
    return out;
}

Writer write_laser(const Eeprom& e) {
    Writer out(page_bytes);
    out.seek(12);
    write_floats(out, e.laser_percent_of_mw);
    out.f32le(e.max_laser_mw).f32le(e.min_laser_mw);
    if (e.format >= 4) out.f32le(e.excitation_nm);
    if (e.format >= 5) {
        out.seek(40).u32le(static_cast<std::uint32_t>(e.min_integration.count()));
        out.u32le(static_cast<std::uint32_t>(e.max_integration.count()));
    }
    if (e.format >= 7) out.seek(48).f32le(e.resolution_cm1);
    if (e.format >= 15) out.seek(52).u16le(static_cast<std::uint16_t>(e.laser_watchdog.count())).u8(e.light_source);
    if (e.format >= 16) {
        out.seek(55).u16le(static_cast<std::uint16_t>(e.power_timeout.count()));
        out.u16le(static_cast<std::uint16_t>(e.detector_timeout.count())).u8(e.horizontal_binning);
    }
    return out;
}

Writer write_pixels(const Eeprom& e) {
    Writer out(page_bytes);
    for (std::size_t i = 0; i < bad_pixel_places; ++i) {
        out.u16le(i < e.bad_pixels.size() ? e.bad_pixels[i] : 0xFFFF);
    }
    if (e.format >= 5) out.text(e.product_configuration, 16);
    if (e.format >= 7) out.seek(63).u8(static_cast<std::uint8_t>(e.subformat));
    return out;
}

Writer write_intensity(const Eeprom& e) {
    Writer out(page_bytes);
    if (e.raman_intensity.empty()) return out;
    out.u8(static_cast<std::uint8_t>(e.raman_intensity.size() - 1));
    for (const float coefficient : e.raman_intensity) out.f32le(coefficient);
    return out;
}

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
    read_identity(Reader(pages[0]), e);
    read_wavelengths(Reader(pages[1]), e);
    read_detector(Reader(pages[2]), e);
    read_laser(Reader(pages[3]), e);
    e.user_text = Reader(pages[4]).text(page_bytes);
    read_pixels(Reader(pages[5]), e);
    read_intensity(Reader(pages[6]), e);
    return e;
}

Decoded<std::vector<Page>> encode_eeprom(const Eeprom& e) {
    if (e.bad_pixels.size() > bad_pixel_places) return malformed("EEPROM: more than 15 bad pixels");
    if (e.raman_intensity.size() > intensity_coefficients || e.raman_intensity.size() == 1) {
        return malformed("EEPROM: " + std::to_string(e.raman_intensity.size()) + " intensity coefficients");
    }
    const std::array writers{write_identity(e),
                             write_wavelengths(e),
                             write_detector(e),
                             write_laser(e),
                             Writer(page_bytes).text(e.user_text, page_bytes),
                             write_pixels(e),
                             write_intensity(e)};
    std::vector<Page> pages(page_count);
    for (std::size_t i = 0; i < writers.size(); ++i) {
        if (!writers[i].ok()) return malformed("EEPROM page " + std::to_string(i) + ": a text is too long");
        std::copy(writers[i].bytes().begin(), writers[i].bytes().end(), pages[i].begin());
    }
    return pages;
}

double polynomial(std::span<const float> coefficients, double x) {
    double sum = 0;
    for (std::size_t i = coefficients.size(); i-- > 0;) sum = sum * x + static_cast<double>(coefficients[i]);
    return sum;
}

}  // namespace singel::firmware_bridge::wire::fid
