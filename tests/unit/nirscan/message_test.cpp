#include "firmware-bridge/wire/nirscan/message.hpp"

#include <gmock/gmock.h>

#include "firmware-bridge/wire/nirscan/commands.hpp"

namespace singel::firmware_bridge::wire::nirscan {
namespace {

using testing::HasSubstr;

Request scan_request() {
    return {.read = false, .sequence = 7, .command = command::perform_scan, .argument = {0}};
}

TEST(NirscanRequest, StandsInAReportAsTheMakersProgramWritesIt) {
    Bytes expected(packet_size);
    const Bytes begin{0x40, 7, 3, 0, 0x18, 0x02, 0};
    std::copy(begin.begin(), begin.end(), expected.begin());
    EXPECT_EQ(encode(scan_request()), expected);
    EXPECT_EQ(encode(Request{.read = true, .command = command::version})[0], 0xC0);
}

TEST(NirscanRequest, GoesThereAndBackWhateverItsLength) {
    for (const std::size_t size : {0u, 1u, 57u, 58u, 59u, 122u, 123u, 510u}) {
        Request request = scan_request();
        request.argument.assign(size, 0xA5);
        const Bytes reports = encode(request);
        EXPECT_EQ(reports.size() % packet_size, 0u);
        EXPECT_EQ(*request_size(reports), header_bytes + 2 + size);
        EXPECT_EQ(*decode_request(reports), request);
    }
}

TEST(NirscanRequest, IsRefusedWhenItsHeaderCannotBe) {
    const Bytes good = encode(scan_request());
    struct Wrong {
        std::size_t place;
        std::uint8_t value;
    };
    for (const Wrong wrong : {Wrong{0, 0x50}, Wrong{0, 0x41}, Wrong{0, 0x44}, Wrong{2, 1}, Wrong{3, 3}}) {
        Bytes bytes = good;
        bytes[wrong.place] = wrong.value;
        EXPECT_FALSE(request_size(bytes)) << wrong.place;
        EXPECT_FALSE(decode_request(bytes)) << wrong.place;
    }
    EXPECT_FALSE(decode_request(ByteView(good).first(3)));
    EXPECT_FALSE(decode_request(ByteView(good).first(6)));
}

TEST(NirscanReply, GoesThereAndBackWithEveryAnswer) {
    for (const Answer answer : {Answer::success, Answer::error, Answer::busy}) {
        const Reply reply{.read = true, .answer = answer, .sequence = 200, .data = Bytes(130, 3)};
        EXPECT_EQ(*reply_size(encode(reply)), header_bytes + 130);
        EXPECT_EQ(*decode_reply(encode(reply)), reply);
    }
}

TEST(NirscanReply, NeedNotFillItsLastReport) {
    const Reply reply{.read = true, .sequence = 1, .data = {1, 2, 3}};
    Bytes bytes = encode(reply);
    bytes.resize(header_bytes + 3);
    EXPECT_EQ(*decode_reply(bytes), reply);
}

TEST(NirscanReply, IsRefusedWhenCutOffTooLongOrOfNoKnownAnswer) {
    Bytes bytes = encode(Reply{.data = Bytes(100)});
    EXPECT_THAT(decode_reply(ByteView(bytes).first(64)).error().what, HasSubstr("64 of 104"));
    bytes[0] |= 0x30;
    EXPECT_FALSE(decode_reply(bytes));
    EXPECT_FALSE(decode_reply(Bytes(packet_size)));  // the fill of another one: no reply was wanted
    bytes[0] = 0x40;
    bytes[3] = 0x02;  // 512 + 100
    EXPECT_THAT(reply_size(bytes).error().what, HasSubstr("612"));
}

TEST(NirscanNumber, IsExactlyAsLongAsItShouldBe) {
    EXPECT_EQ(*read_u32(Bytes{0xEE, 0x0E, 0, 0}), 3822u);
    EXPECT_FALSE(read_u32(Bytes{1, 2, 3}));
    EXPECT_FALSE(read_u32(Bytes{1, 2, 3, 4, 5}));
    EXPECT_EQ(*read_u8(Bytes{9}), 9);
    EXPECT_FALSE(read_u8(Bytes{}));
}

}  // namespace
}  // namespace singel::firmware_bridge::wire::nirscan
