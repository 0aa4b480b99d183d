#include "firmware-bridge/virtual/obp_memory.hpp"

#include <algorithm>
#include <cmath>

#include "firmware-bridge/wire/obp/arguments.hpp"

namespace singel::firmware_bridge::virtual_instrument {

namespace obp = wire::obp;
namespace message = wire::obp::message;
namespace message2 = wire::obp::message2;
using obp::Error;
using wire::Bytes;
using wire::ByteView;

namespace {

constexpr std::uint8_t hardware_revision = 1;
constexpr std::uint16_t firmware_revision = 0x0123;
constexpr std::size_t nonlinearity_coefficients = 8;
constexpr float detector_celsius = 27.5F, board_celsius = 31.25F;

ObpHandler constant(Bytes value) {
    return obp_get([value = std::move(value)](Clock) { return value; });
}

ObpHandler text_of(const std::string& value) {
    return obp_get([&value](Clock) { return obp::text(value); });
}

// "Valid, but the information does not exist."
ObpHandler missing() {
    return [](const ObpRequest&) -> ObpAnswer { return {.error = Error::no_such_information}; };
}

Error write_text(std::string& where, ByteView argument) {
    where.assign(argument.begin(), argument.end());
    return Error::none;
}

Error write_coefficient(std::vector<float>& where, ByteView argument) {
    wire::Reader in(argument);
    const std::size_t index = in.u8();
    const float value = in.f32le();
    if (index >= where.size() || !std::isfinite(value)) return Error::invalid_payload;
    where[index] = value;
    return Error::none;
}

Bytes or_ones(Bytes value, const std::function<bool()>& erased) {
    if (erased()) std::fill(value.begin(), value.end(), std::uint8_t{0xFF});
    return value;
}

void add_coefficients(ObpHandlers& handlers, std::uint32_t first, std::vector<float>& values,
                      const std::function<bool()>& erased) {
    constexpr std::uint32_t get = 0x01, set = 0x11;  // after the message that tells how many there are
    handlers[first] = constant(obp::u8(static_cast<std::uint8_t>(values.size())));
    handlers[first + get] = obp_get_of(
        values.size(), [&values, erased](std::size_t index) { return or_ones(obp::f32(values[index]), erased); });
    handlers[first + set] = obp_set(
        1 + sizeof(float), [&values](ByteView argument, Clock) { return write_coefficient(values, argument); });
}

// psb skips the first float of these arrays, so there is one that is no coefficient: how many follow.
Bytes with_leading_float(const std::vector<float>& values) {
    std::vector<float> all{static_cast<float>(values.size())};
    all.insert(all.end(), values.begin(), values.end());
    return obp::f32_list(all);
}

std::vector<obp::PixelRange> dark_ranges(const obp::Model& model) {
    return {model.dark.begin(), model.dark.begin() + static_cast<std::ptrdiff_t>(model.dark_ranges)};
}

std::vector<obp::PixelRange> active_ranges(const obp::Model& model) {
    constexpr obp::PixelRange qe_pro{10, 1033};
    if (model.readout == obp::Readout::buffered) return {qe_pro};
    return {{0, static_cast<std::uint32_t>(model.pixels - 1)}};
}

}  // namespace

ObpMemory::ObpMemory(const ObpModel& model, std::string serial, const std::vector<std::size_t>& hot_pixels)
    : model_(model),
      serial_(std::move(serial)),
      user_strings_(user_strings),
      wavelengths_(model.wavelength_nm.begin(), model.wavelength_nm.end()),
      nonlinearity_(nonlinearity_coefficients),
      stray_light_(2) {
    std::transform(model.nonlinearity.begin(), model.nonlinearity.end(), nonlinearity_.begin(),
                   [](double c) { return static_cast<float>(c); });
    for (const std::size_t pixel : hot_pixels) hot_pixels_.push_back(static_cast<std::uint16_t>(pixel));
    std::sort(hot_pixels_.begin(), hot_pixels_.end());
}

void ObpMemory::add_to(ObpHandlers& handlers, const std::function<bool()>& erased) {
    if (model_.wire.version == obp::version_2) return add_obp2(handlers, erased);
    add_names(handlers);
    add_calibration(handlers, erased);
    add_detector(handlers);
    add_bench(handlers);
}

void ObpMemory::add_names(ObpHandlers& handlers) {
    handlers[message::get_hardware_revision] = constant(obp::u8(hardware_revision));
    handlers[message::get_firmware_revision] = constant(obp::u16(firmware_revision));
    handlers[message::get_serial] = text_of(serial_);
    handlers[message::get_serial_length] = constant(obp::u8(serial_bytes));
    handlers[message::get_alias] = text_of(alias_);
    handlers[message::get_alias_length] = constant(obp::u8(alias_bytes));
    handlers[message::set_alias] =
        obp_set_up_to(alias_bytes, [this](ByteView argument) { return write_text(alias_, argument); });
    handlers[message::get_user_string_count] = constant(obp::u8(user_strings));
    handlers[message::get_user_string_length] = constant(obp::u16(user_string_bytes));
    handlers[message::get_user_string] =
        obp_get_of(user_strings, [this](std::size_t index) { return obp::text(user_strings_[index]); });
    handlers[message::set_user_string] = obp_set_up_to(1 + user_string_bytes, [this](ByteView argument) {
        if (argument.empty() || argument[0] >= user_strings) return Error::invalid_payload;
        return write_text(user_strings_[argument[0]], argument.subspan(1));
    });
    handlers[message::get_vendor_id] = constant(obp::u16(model_.wire.vendor_id));
    handlers[message::get_product_id] = constant(obp::u16(model_.wire.product_id));
    handlers[message::get_manufacturer] = constant(obp::text("Ocean Optics (virtual)"));
    handlers[message::get_product] = constant(obp::text(std::string(model_.wire.name) + " (virtual)"));
}

void ObpMemory::add_calibration(ObpHandlers& handlers, const std::function<bool()>& erased) {
    add_coefficients(handlers, message::get_wavelength_coefficient_count, wavelengths_, erased);
    add_coefficients(handlers, message::get_nonlinearity_coefficient_count, nonlinearity_, erased);
    add_coefficients(handlers, message::get_stray_light_coefficient_count, stray_light_, erased);
    handlers[message::get_irradiance] = missing();
    handlers[message::get_irradiance_count] = constant(obp::u32(0));
    handlers[message::get_collection_area] = missing();
    handlers[message::get_hot_pixels] = obp_get([this](Clock) { return obp::u16_list(hot_pixels_); });
    handlers[message::set_hot_pixels] = obp_set_up_to(2 * model_.wire.pixels, [this](ByteView argument) {
        const auto pixels = obp::read_u16_list(argument);
        if (!pixels) return Error::wrong_payload_length;
        const auto beyond = [this](std::uint16_t pixel) { return pixel >= model_.wire.pixels; };
        if (std::any_of(pixels->begin(), pixels->end(), beyond)) return Error::invalid_payload;
        hot_pixels_ = *pixels;
        return Error::none;
    });
}

void ObpMemory::add_detector(ObpHandlers& handlers) {
    const obp::Model& wire = model_.wire;
    const auto baseline = static_cast<std::uint32_t>(std::lround(model_.offset * wire.full_scale));
    handlers[message::get_shortest_integration_time] = constant(obp::u32(wire.min_integration_us));
    handlers[message::get_longest_integration_time] = constant(obp::u32(wire.max_integration_us));
    handlers[message::get_integration_time_step] = constant(obp::u32(wire.step_us));
    handlers[message::get_pixels] = constant(obp::u32(static_cast<std::uint32_t>(wire.pixels)));
    handlers[message::get_active_pixels] = constant(obp::ranges(active_ranges(wire)));
    handlers[message::get_optical_dark_pixels] = constant({});
    handlers[message::get_electric_dark_pixels] = constant(obp::ranges(dark_ranges(wire)));
    handlers[message::get_saturation_level] = constant(obp::u32(wire.full_scale));
    handlers[message::get_baseline_level] = constant(obp::u32(baseline));
    handlers[message::get_largest_saturation] = constant(obp::u32(wire.full_scale));
    handlers[message::get_largest_baseline] = constant(obp::u32(wire.full_scale));
    if (model_.largest_binning > 0)
        handlers[message::get_largest_binning] = constant(obp::u8(model_.largest_binning));
    if (model_.buffer_spectra > 0) handlers[message::get_largest_buffer] = constant(obp::u32(model_.buffer_spectra));
    const std::vector<float> celsius{detector_celsius, board_celsius};
    handlers[message::get_temperature_count] = constant(obp::u8(static_cast<std::uint8_t>(celsius.size())));
    handlers[message::get_temperature] =
        obp_get_of(celsius.size(), [celsius](std::size_t index) { return obp::f32(celsius[index]); });
    handlers[message::get_temperatures] = constant(obp::f32_list(celsius));
}

void ObpMemory::add_bench(ObpHandlers& handlers) {
    handlers[message::get_bench_id] = constant(obp::text("virtual bench"));
    handlers[message::get_bench_serial] = constant(obp::text("VB0001"));
    handlers[message::get_slit_um] = constant(obp::u16(model_.slit_um));
    handlers[message::get_fibre_um] = constant(obp::u16(400));
    handlers[message::get_grating] = constant(obp::text("600"));
    handlers[message::get_filter] = constant(obp::text("OFLV"));
    handlers[message::get_coating] = constant(obp::text("UV2"));
}

void ObpMemory::add_obp2(ObpHandlers& handlers, const std::function<bool()>& erased) {
    handlers[message2::get_serial] = text_of(serial_);
    handlers[message2::get_wavelengths] =
        obp_get([this, erased](Clock) { return or_ones(with_leading_float(wavelengths_), erased); });
    handlers[message2::get_nonlinearity] =
        obp_get([this, erased](Clock) { return or_ones(with_leading_float(nonlinearity_), erased); });
    std::vector<std::uint32_t> dark;
    for (const obp::PixelRange& range : dark_ranges(model_.wire))
        for (std::uint32_t pixel = range.first; pixel <= range.last; ++pixel) dark.push_back(pixel);
    handlers[message2::get_dark_pixels] = constant(obp::u32_list(dark));
    handlers[message2::get_largest_autonull] = constant(obp::u32(model_.wire.full_scale));
    handlers[message2::get_saturation_level] = constant(obp::u32(model_.wire.full_scale));
    handlers[message2::get_baseline_level] =
        constant(obp::u32(static_cast<std::uint32_t>(std::lround(model_.offset * model_.wire.full_scale))));
}

}  // namespace singel::firmware_bridge::virtual_instrument
