#include <cmath>

#include "firmware-bridge/wire/ooi/replies.hpp"
#include "firmware-bridge/wire/ooi/spectrum.hpp"
#include "tests/fuzz-wire/must.hpp"

// The host's side: every reply that a device may give, with the first byte as what was asked for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace singel::firmware_bridge::wire;
    using singel::test::must;
    if (size == 0) return 0;
    const ByteView bytes(data + 1, size - 1);
    if (const auto reply = ooi::decode_slot(bytes, data[0])) {
        must(reply->text.size() <= ooi::slot_data_bytes);
        if (const auto number = ooi::slot_number(*reply)) must(std::isfinite(*number));
        (void)ooi::autonull_saturation(*reply);
    }
    if (const auto status = ooi::decode_status(bytes)) {
        must(*ooi::decode_status(ooi::encode_status(*status)) == *status);
    }
    if (const auto value = ooi::decode_register(bytes, data[0])) {
        must(ooi::register_value(ooi::fpga_version(*value)) == *value);
    }
    if (const auto celsius = ooi::decode_temperature_celsius(bytes)) must(std::abs(*celsius) <= 128.0);
    const std::size_t pixels = data[0];
    if (const auto counts = ooi::decode_spectrum(bytes, pixels)) {
        must(counts->size() == pixels && ooi::encode_spectrum(*counts) == Bytes(bytes.begin(), bytes.end()));
    }
    return 0;
}
