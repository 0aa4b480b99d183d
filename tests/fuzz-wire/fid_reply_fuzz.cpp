#include "firmware-bridge/wire/fid/requests.hpp"
#include "tests/fuzz-wire/must.hpp"

// The host's side: every reply that a board may give.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace singel::firmware_bridge::wire;
    using singel::test::must;
    const ByteView bytes(data, size);
    for (const fid::Operation* row : fid::operation::all) {
        const Decoded<std::uint64_t> value = fid::decode_number(*row, bytes);
        must(value.has_value() == (size >= row->reply_bytes));
    }
    if (const auto version = fid::decode_firmware_version(bytes)) {
        must(*fid::decode_firmware_version(fid::encode_firmware_version(*version)) == *version);
    }
    if (const auto text = fid::decode_fpga_version(bytes)) must(text->size() <= 7);
    (void)fid::watchdog_readings(bytes);
    if (const auto counts = fid::decode_spectrum(bytes, size / 2)) {
        must(fid::encode_spectrum(*counts) == Bytes(bytes.begin(), bytes.end()));
    }
    return 0;
}
