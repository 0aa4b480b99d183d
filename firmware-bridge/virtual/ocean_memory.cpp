#include "firmware-bridge/virtual/ocean_memory.hpp"

#include <algorithm>
#include <charconv>

#include "firmware-bridge/wire/bytes.hpp"

namespace singel::firmware_bridge::virtual_instrument {

namespace ooi = wire::ooi;

namespace {

constexpr std::uint8_t old_byte = 0xB7;  // what earlier, longer texts left after the NUL
constexpr std::uint8_t erased_byte = 0xFF;
constexpr std::uint8_t spoilt_slot = ooi::slot::wavelength + 1;

ooi::SlotData erased() {
    ooi::SlotData data;
    data.fill(erased_byte);
    return data;
}

std::string number_text(double value) {
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific, 5).ptr;
    return {text, end};
}

// The same number or text in all of the field's bytes: more digits in front of the exponent, blanks behind a word.
ooi::SlotData filled(const ooi::SlotData& data) {
    std::string text = wire::Reader(data).text(data.size());
    const std::size_t exponent = text.find('e');
    const bool number = exponent != std::string::npos && text.find('.') < exponent;
    const std::size_t missing = data.size() - text.size();
    text.insert(number ? exponent : text.size(), missing, number ? '0' : ' ');
    return ooi::slot_data(text);
}

}  // namespace

OceanMemory::OceanMemory(const OceanModel& model, std::string_view serial) : serial_(serial) {
    const OceanCalibration& calibration = model.calibration;
    const auto text = [this](std::size_t slot, std::string_view value) {
        slots_[static_cast<std::uint8_t>(slot)] = ooi::slot_data(value, old_byte);
    };
    text(ooi::slot::serial, serial);
    for (std::size_t i = 0; i < calibration.wavelength_nm.size(); ++i)
        text(ooi::slot::wavelength + i, number_text(calibration.wavelength_nm[i]));
    text(ooi::slot::stray_light, "0");
    for (std::size_t i = 0; i < calibration.nonlinearity.size(); ++i)
        text(ooi::slot::nonlinearity + i, number_text(calibration.nonlinearity[i]));
    text(ooi::slot::nonlinearity_order, std::to_string(calibration.nonlinearity_order));
    text(ooi::slot::bench, "2 OFLV 25");
    text(ooi::slot::configuration, "SLV 1");
    const ooi::SlotSeventeen form = model.facts.dialect.slot_seventeen;
    slots_[ooi::slot::autonull] = form == ooi::SlotSeventeen::cooler
                                      ? ooi::cooler_data({true, true, model.cooler.setpoint_tenths})
                                      : ooi::autonull_data(calibration.autonull_saturation, form);
    const std::size_t pixels = model.facts.dialect.knows.irradiance ? model.facts.detector_pixels : 0;
    wire::Writer curve;
    for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
        const double microjoules_per_count = 2.4e-4 * (1 + static_cast<double>(pixel) / static_cast<double>(pixels));
        curve.big(std::bit_cast<std::uint32_t>(static_cast<float>(microjoules_per_count)), 4);
    }
    irradiance_ = curve.bytes();
}

ooi::SlotData OceanMemory::slot(std::uint8_t number, const Conditions& conditions) const {
    const auto found = slots_.find(number);
    if (conditions.all_ones_memory || found == slots_.end()) return erased();
    if (number == ooi::slot::autonull) return found->second;
    if (conditions.nan_coefficient && number == spoilt_slot) return ooi::slot_data("nan", old_byte);
    ooi::SlotData data = conditions.unterminated_text ? filled(found->second) : found->second;
    if (conditions.comma_coefficient && number == spoilt_slot) std::ranges::replace(data, '.', ',');
    return data;
}

std::vector<std::uint8_t> OceanMemory::irradiance(std::uint16_t address, const Conditions& conditions) const {
    std::vector<std::uint8_t> block(ooi::irradiance_bytes, erased_byte);
    if (conditions.all_ones_memory) return block;
    for (std::size_t i = 0; i < block.size() && address + i < irradiance_.size(); ++i) {
        block[i] = irradiance_[address + i];
    }
    return block;
}

void OceanMemory::write_irradiance(std::uint16_t address, std::span<const std::uint8_t> data) {
    if (irradiance_.size() < address + data.size()) irradiance_.resize(address + data.size(), erased_byte);
    std::ranges::copy(data, irradiance_.begin() + address);
}

void OceanMemory::write_serial(std::string_view serial) {
    serial_ = serial;
    slots_[ooi::slot::serial] = ooi::slot_data(serial, old_byte);
}

}  // namespace singel::firmware_bridge::virtual_instrument
