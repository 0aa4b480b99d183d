#include "firmware-bridge/wire/nirscan/column.hpp"
#include "firmware-bridge/wire/nirscan/message.hpp"
#include "tests/fuzz-wire/must.hpp"

// Messages of both sides, and every file that an instrument may send.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace singel::firmware_bridge::wire;
    using singel::test::must;
    const ByteView bytes(data, size);
    if (const auto request = nirscan::decode_request(bytes)) {
        must(*nirscan::decode_request(nirscan::encode(*request)) == *request);
        must(*nirscan::request_size(bytes) <= size);
    }
    if (const auto reply = nirscan::decode_reply(bytes)) must(*nirscan::reply_size(bytes) <= size);
    if (const auto calibration = nirscan::decode_calibration(bytes))
        must(*nirscan::decode_calibration(nirscan::encode(*calibration)) == *calibration);
    if (const auto configuration = nirscan::decode_configuration(bytes))
        must(*nirscan::decode_configuration(nirscan::encode(*configuration)) == *configuration);
    if (const auto scan = nirscan::decode_scan(bytes)) {
        must(*nirscan::decode_scan(nirscan::encode(*scan)) == *scan);
        const auto interpreted = nirscan::interpret(*scan);
        if (interpreted) must(interpreted->wavelength_nm.size() == interpreted->intensity.size());
    }
    return 0;
}
