#include "firmware-bridge/wire/fid/eeprom_fields.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <fmt/format.h>
#include <type_traits>

namespace singel::firmware_bridge::wire::fid {

namespace {

using enum Stored;

template <auto member>
constexpr auto the = +[](Eeprom& e) -> auto& {
    return e.*member;
};
template <auto member, std::size_t index>
constexpr auto part = +[](Eeprom& e) -> auto& {
    return (e.*member)[index];
};
template <auto edge>
constexpr auto roi = +[](Eeprom& e) -> auto& {
    return e.roi.*edge;
};
template <std::size_t index, auto edge>
constexpr auto rows = +[](Eeprom& e) -> auto& {
    return e.vertical_roi[index].*edge;
};

constexpr auto start = &PixelSpan::start, end = &PixelSpan::end;

const std::array table{
    Field{"model", 0, 0, text, the<&Eeprom::model>, 0, 0xFF, 16},
    Field{"serial number", 0, 16, text, the<&Eeprom::serial>, 0, 0xFF, 16},
    Field{"baud rate", 0, 32, u32, the<&Eeprom::baud_rate>},
    Field{"has cooling", 0, 36, boolean, the<&Eeprom::has_cooling>},
    Field{"has battery", 0, 37, boolean, the<&Eeprom::has_battery>},
    Field{"has laser", 0, 38, boolean, the<&Eeprom::has_laser>},
    Field{"excitation wavelength", 0, 39, u16, the<&Eeprom::excitation_nm>, 0, 3},
    Field{"feature mask", 0, 39, u16, the<&Eeprom::feature_mask>, 9},
    Field{"slit", 0, 41, u16, the<&Eeprom::slit_um>},
    Field{"start-up integration time", 0, 43, u16, the<&Eeprom::startup_integration>, 3},
    Field{"start-up detector temperature", 0, 45, s16, the<&Eeprom::startup_detector_celsius>, 3},
    Field{"start-up trigger", 0, 47, u8, the<&Eeprom::startup_trigger>, 3},
    Field{"detector gain", 0, 48, f32, the<&Eeprom::gain>, 3},
    Field{"detector offset", 0, 52, s16, the<&Eeprom::offset>, 3},
    Field{"detector gain, odd pixels", 0, 54, f32, the<&Eeprom::gain_odd>, 3},
    Field{"detector offset, odd pixels", 0, 58, s16, the<&Eeprom::offset_odd>, 3},
    Field{"laser TEC setpoint", 0, 60, u16, the<&Eeprom::laser_tec_setpoint>, 16},
    Field{"format", 0, 63, u8, the<&Eeprom::format>},

    Field{"wavelength c0", 1, 0, f32, part<&Eeprom::wavelength_nm, 0>},
    Field{"wavelength c1", 1, 4, f32, part<&Eeprom::wavelength_nm, 1>},
    Field{"wavelength c2", 1, 8, f32, part<&Eeprom::wavelength_nm, 2>},
    Field{"wavelength c3", 1, 12, f32, part<&Eeprom::wavelength_nm, 3>},
    Field{"degC to DAC c0", 1, 16, f32, part<&Eeprom::celsius_to_dac, 0>},
    Field{"degC to DAC c1", 1, 20, f32, part<&Eeprom::celsius_to_dac, 1>},
    Field{"degC to DAC c2", 1, 24, f32, part<&Eeprom::celsius_to_dac, 2>},
    Field{"detector temperature max", 1, 28, s16, the<&Eeprom::max_detector_celsius>},
    Field{"detector temperature min", 1, 30, s16, the<&Eeprom::min_detector_celsius>},
    Field{"ADC to degC c0", 1, 32, f32, part<&Eeprom::adc_to_celsius, 0>},
    Field{"ADC to degC c1", 1, 36, f32, part<&Eeprom::adc_to_celsius, 1>},
    Field{"ADC to degC c2", 1, 40, f32, part<&Eeprom::adc_to_celsius, 2>},
    Field{"thermistor at 298 K", 1, 44, s16, the<&Eeprom::thermistor_ohms>},
    Field{"thermistor beta", 1, 46, s16, the<&Eeprom::thermistor_beta>},
    Field{"calibration date", 1, 48, text, the<&Eeprom::calibration_date>, 0, 0xFF, 12},
    Field{"calibrated by", 1, 60, text, the<&Eeprom::calibrated_by>, 0, 0xFF, 3},

    Field{"detector", 2, 0, text, the<&Eeprom::detector>, 0, 0xFF, 16},
    Field{"active pixels", 2, 16, u16, the<&Eeprom::active_pixels>},
    Field{"laser warm-up", 2, 18, u8, the<&Eeprom::laser_warm_up>, 10},
    Field{"active rows", 2, 19, u16, the<&Eeprom::active_rows>},
    Field{"integration time min", 2, 21, u16, the<&Eeprom::min_integration>, 0, 4},
    Field{"integration time max", 2, 23, u16, the<&Eeprom::max_integration>, 0, 4},
    Field{"wavelength c4", 2, 21, f32, part<&Eeprom::wavelength_nm, 4>, 8},
    Field{"actual pixels", 2, 25, u16, the<&Eeprom::actual_pixels>},
    Field{"region of interest start", 2, 27, u16, roi<start>},
    Field{"region of interest end", 2, 29, u16, roi<end>},
    Field{"rows 1 start", 2, 31, u16, rows<0, start>},
    Field{"rows 1 end", 2, 33, u16, rows<0, end>},
    Field{"rows 2 start", 2, 35, u16, rows<1, start>},
    Field{"rows 2 end", 2, 37, u16, rows<1, end>},
    Field{"rows 3 start", 2, 39, u16, rows<2, start>},
    Field{"rows 3 end", 2, 41, u16, rows<2, end>},
    Field{"linearity c0", 2, 43, f32, part<&Eeprom::linearity, 0>},
    Field{"linearity c1", 2, 47, f32, part<&Eeprom::linearity, 1>},
    Field{"linearity c2", 2, 51, f32, part<&Eeprom::linearity, 2>},
    Field{"linearity c3", 2, 55, f32, part<&Eeprom::linearity, 3>},
    Field{"linearity c4", 2, 59, f32, part<&Eeprom::linearity, 4>},

    Field{"laser temperature max", 3, 11, s8, the<&Eeprom::max_laser_celsius>, 18},
    Field{"laser power c0", 3, 12, f32, part<&Eeprom::laser_percent_of_mw, 0>},
    Field{"laser power c1", 3, 16, f32, part<&Eeprom::laser_percent_of_mw, 1>},
    Field{"laser power c2", 3, 20, f32, part<&Eeprom::laser_percent_of_mw, 2>},
    Field{"laser power c3", 3, 24, f32, part<&Eeprom::laser_percent_of_mw, 3>},
    Field{"laser power max", 3, 28, f32, the<&Eeprom::max_laser_mw>},
    Field{"laser power min", 3, 32, f32, the<&Eeprom::min_laser_mw>},
    Field{"excitation wavelength", 3, 36, f32, the<&Eeprom::excitation_nm>, 4},
    Field{"integration time min", 3, 40, u32, the<&Eeprom::min_integration>, 5},
    Field{"integration time max", 3, 44, u32, the<&Eeprom::max_integration>, 5},
    Field{"average resolution", 3, 48, f32, the<&Eeprom::resolution_cm1>, 7},
    Field{"laser watchdog", 3, 52, u16, the<&Eeprom::laser_watchdog>, 15},
    Field{"light source", 3, 54, u8, the<&Eeprom::light_source>, 15},
    Field{"power timeout", 3, 55, u16, the<&Eeprom::power_timeout>, 16},
    Field{"detector timeout", 3, 57, u16, the<&Eeprom::detector_timeout>, 16},
    Field{"horizontal binning", 3, 59, u8, the<&Eeprom::horizontal_binning>, 16},
    Field{"start-up scans", 3, 60, u8, the<&Eeprom::startup_scans>, 18},
    Field{"laser attenuator", 3, 61, u8, the<&Eeprom::laser_attenuator>, 18},

    Field{"product configuration", 5, 30, text, the<&Eeprom::product_configuration>, 5, 0xFF, 16},
    Field{"subformat", 5, 63, u8, the<&Eeprom::subformat>, 7},

    Field{"laser password", 8, 0, text, the<&Eeprom::laser_password>, 18, 0xFF, 16},
    Field{"XS feature mask", 8, 16, u32, the<&Eeprom::xs_features>, 18},
    Field{"accessory state", 8, 20, u16, the<&Eeprom::accessory_state>, 19},
    Field{"strobe period", 8, 24, u32, the<&Eeprom::strobe_period>, 19},
    Field{"strobe width", 8, 28, u32, the<&Eeprom::strobe_width>, 19},
    Field{"strobe delay", 8, 32, u32, the<&Eeprom::strobe_delay>, 19},
    Field{"strobe count", 8, 36, u16, the<&Eeprom::strobe_count>, 19},
    Field{"battery temperature max", 8, 38, s8, the<&Eeprom::max_battery_celsius>, 19},
    Field{"pixel correction", 8, 39, u8, the<&Eeprom::pixel_correction>, 19},
    Field{"USB manufacturer", 8, 40, text, the<&Eeprom::usb_manufacturer>, 19, 0xFF, 20},
    Field{"latched failures", 8, 63, u8, the<&Eeprom::latched_failures>, 19},
};

std::int64_t read_whole(Stored stored, Reader in) {
    switch (stored) {
        case s8: return static_cast<std::int8_t>(in.u8());
        case u16: return in.u16le();
        case s16: return in.s16le();
        case u32: return in.u32le();
        case boolean: return in.u8() != 0 ? 1 : 0;
        default: return in.u8();
    }
}

struct Range {
    std::int64_t low, high;
    std::size_t bytes;
};

Range range_of(Stored stored) {
    switch (stored) {
        case s8: return {-128, 127, 1};
        case u16: return {0, 0xFFFF, 2};
        case s16: return {-0x8000, 0x7FFF, 2};
        case u32: return {0, 0xFFFFFFFF, 4};
        case boolean: return {0, 1, 1};
        default: return {0, 0xFF, 1};
    }
}

template <class T>
concept Time = requires(T time) {
    time.count();
};

template <class T>
std::int64_t whole(const T& value) {
    if constexpr (Time<T>)
        return value.count();
    else if constexpr (std::is_same_v<T, float>)
        return std::isfinite(value) && std::abs(value) < 1e9F ? static_cast<std::int64_t>(value) : -1;
    else
        return static_cast<std::int64_t>(value);
}

// The value behind a place, of a memory that is only looked at.
template <class T>
const T& look(T& (*place)(Eeprom&), const Eeprom& eeprom) {
    return place(const_cast<Eeprom&>(eeprom));
}

}  // namespace

std::span<const Field> eeprom_fields() {
    return table;
}

void read_field(const Field& field, const Page& page, Eeprom& eeprom) {
    const auto read = [&](auto place) {
        auto& value = place(eeprom);
        using T = std::remove_reference_t<decltype(value)>;
        Reader in(page);
        in.seek(field.offset);
        if constexpr (std::is_same_v<T, std::string>)
            value = in.text(field.length);
        else if (field.stored == f32) {
            if constexpr (std::is_same_v<T, float>) value = in.f32le();
        } else
            value = static_cast<T>(read_whole(field.stored, in));
    };
    std::visit(read, field.place);
}

bool write_field(const Field& field, const Eeprom& eeprom, Page& page) {
    Writer out(page.size());
    const auto write = [&](auto place) {
        const auto& value = look(place, eeprom);
        using T = std::remove_cvref_t<decltype(value)>;
        if constexpr (std::is_same_v<T, std::string>)
            out.text(value, field.length);
        else if (field.stored == f32) {
            if constexpr (std::is_same_v<T, float>) out.f32le(value);
        } else {
            const Range range = range_of(field.stored);
            const std::int64_t number = whole(value);
            if (number < range.low || number > range.high) return false;
            out.little(static_cast<std::uint64_t>(number), range.bytes);
        }
        return out.ok();
    };
    if (!std::visit(write, field.place)) return false;
    const std::size_t bytes = field.stored == text  ? field.length
                              : field.stored == f32 ? 4
                                                    : range_of(field.stored).bytes;
    std::copy_n(out.bytes().begin(), bytes, page.begin() + field.offset);
    return true;
}

std::string field_text(const Field& field, const Eeprom& eeprom) {
    const auto value = [&](auto place) {
        const auto& found = look(place, eeprom);
        using T = std::remove_cvref_t<decltype(found)>;
        if constexpr (Time<T> || std::is_enum_v<T>)
            return fmt::format("{}", whole(found));
        else
            return fmt::format("{}", found);
    };
    return fmt::format("page {}, offset {}, {}: {}", field.page, field.offset, field.name,
                       std::visit(value, field.place));
}

std::string field_text(std::string_view name, const Eeprom& eeprom) {
    for (const Field& field : table)
        if (field.name == name && has(field, eeprom.format)) return field_text(field, eeprom);
    assert(false);
    return std::string(name);
}

}  // namespace singel::firmware_bridge::wire::fid
