#include "firmware-bridge/wire/obp/frame.hpp"
#include "tests/fuzz-wire/must.hpp"

// Both sides: what is accepted means the same after it is encoded again, and a device always knows what to answer.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace singel::firmware_bridge::wire;
    using singel::test::must;
    const ByteView bytes(data, size);
    const Decoded<std::size_t> rest = obp::bytes_still_to_come(bytes);
    if (rest) must(*rest <= obp::payload_limit && size >= obp::smallest_frame);
    const Decoded<obp::Frame> reply = obp::decode_reply(bytes);
    if (reply) {
        must(rest && size - obp::smallest_frame - *rest < 4 && reply->has(obp::flag::response));
        must(*obp::decode_reply(obp::encode(*reply)) == *reply);
    }
    const Decoded<obp::Received> request = obp::decode_request(bytes);
    must(!reply || (request && request->problem == obp::Error::none));
    if (request) must(request->frame.data.size() <= obp::payload_limit);
    must(!obp::sentence(request ? request->frame.error : static_cast<std::uint16_t>(size)).empty());
    return 0;
}
