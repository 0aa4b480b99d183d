#include "firmware-bridge/wire/bytes.hpp"
#include "firmware-bridge/wire/fid/eeprom.hpp"
#include "firmware-bridge/wire/fid/requests.hpp"
#include "tests/fuzz-wire/must.hpp"

// The device's side: a control transfer made of the input is refused, or is what the host's encoder makes of it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace singel::firmware_bridge::wire;
    using singel::test::must;
    Reader in({data, size});
    const fid::Board board = static_cast<fid::Board>(in.u8() % 3);
    fid::Request request;
    request.request_type = in.u8();
    request.request = in.u8();
    request.value = in.u16le();
    request.index = in.u16le();
    request.length = in.u16le();
    const ByteView rest = in.take(in.left());
    request.data.assign(rest.begin(), rest.end());
    const Decoded<fid::Received> received = fid::decode_request(board, request);
    if (!received) return 0;
    must(received->operation != nullptr && received->set == !request.in());
    if (const auto page = fid::written_page(*received)) must(received->data.size() == fid::page_bytes);
    if (received->operation == &fid::operation::auto_raman) {
        const auto asked = fid::decode_auto_raman(received->data);
        if (asked) must(*fid::decode_auto_raman(fid::encode_auto_raman(*asked)) == *asked);
    }
    const bool locked = received->operation->access == fid::Access::locked;
    if (!received->set || received->data_stage_missing || locked) return 0;
    const Decoded<fid::Received> again =
        fid::decode_request(board, fid::set(board, *received->operation, received->value));
    must(again && again->operation == received->operation && again->value == received->value);
    return 0;
}
