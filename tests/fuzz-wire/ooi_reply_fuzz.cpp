#include <cmath>

#include "firmware-bridge/wire/ooi/models.hpp"
#include "firmware-bridge/wire/ooi/replies.hpp"
#include "firmware-bridge/wire/ooi/spectrum.hpp"
#include "tests/fuzz-wire/must.hpp"

using namespace singel::firmware_bridge::wire;
using singel::test::must;

namespace {

void read_memory(ByteView bytes, std::uint8_t asked) {
    if (const auto reply = ooi::decode_slot(bytes, asked)) {
        must(reply->text.size() <= ooi::slot_data_bytes);
        if (const auto number = ooi::slot_number(*reply)) must(std::isfinite(*number));
        if (const auto number = ooi::second_slot_number(*reply)) must(std::isfinite(*number));
        for (const auto form : {ooi::SlotSeventeen::none, ooi::SlotSeventeen::saturation_at_4,
                                ooi::SlotSeventeen::saturation_at_0, ooi::SlotSeventeen::wide_saturation_at_4}) {
            must(ooi::autonull_saturation(*reply, form).has_value() == (form != ooi::SlotSeventeen::none));
        }
        (void)ooi::cooler_slot(*reply);
    }
    if (const auto serial = ooi::decode_serial(bytes)) must(serial->size() <= ooi::serial_bytes);
    if (const auto block = ooi::decode_irradiance(bytes)) must(ooi::encode_irradiance(*block).size() == 60);
}

void read_state(ByteView bytes, std::uint8_t asked) {
    for (const auto form : {ooi::StatusForm::family_a, ooi::StatusForm::family_b}) {
        if (const auto status = ooi::decode_status(bytes, form)) {
            must(*ooi::decode_status(ooi::encode_status(*status, form), form) == *status);
        }
    }
    if (const auto value = ooi::decode_register(bytes, asked)) {
        must(ooi::register_value(ooi::fpga_version(*value)) == *value);
        must(*ooi::decode_register(bytes, asked, ooi::ByteOrder::big) == ((*value << 8 | *value >> 8) & 0xFFFF));
        (void)ooi::register_order(*value);
    }
    if (const auto celsius = ooi::decode_temperature_celsius(bytes)) must(std::abs(*celsius) <= 128.0);
    if (const auto celsius = ooi::decode_heatsink_celsius(bytes)) must(std::abs(*celsius) <= 128.0);
    if (const auto celsius = ooi::decode_cooler_celsius(bytes)) must(std::abs(*celsius) <= 3276.8);
    if (const auto reply = ooi::decode_i2c_read(bytes, asked)) {
        must(*ooi::decode_i2c_read(ooi::encode_i2c_read(*reply), asked) == *reply);
    }
    if (const auto plug_ins = ooi::decode_plug_ins(bytes)) must(ooi::encode_plug_ins(*plug_ins).size() == 7);
    (void)ooi::decode_count(bytes);
    (void)ooi::decode_i2c_written(bytes);
}

void read_spectrum(ByteView bytes, ooi::Dialect dialect, std::size_t pixels) {
    dialect.pixels = pixels;
    const auto counts = ooi::decode_spectrum(bytes, dialect);
    if (!counts) return;
    must(counts->size() == pixels);
    must(*ooi::decode_spectrum(ooi::encode_spectrum(*counts, dialect), dialect) == *counts);
}

}  // namespace

// The host's side: every reply that a device may give, with the first byte as what was asked for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const ByteView bytes(data + 1, size - 1);
    read_memory(bytes, data[0]);
    read_state(bytes, data[0]);
    for (const ooi::Dialect& dialect :
         {ooi::dialects::family_a, ooi::dialects::usb2000_plus, ooi::dialects::hr4000, ooi::dialects::jaz}) {
        read_spectrum(bytes, dialect, data[0]);
    }
    return 0;
}
