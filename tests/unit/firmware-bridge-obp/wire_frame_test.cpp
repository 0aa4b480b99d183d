#include <gmock/gmock.h>

#include "firmware-bridge/wire/obp/arguments.hpp"
#include "firmware-bridge/wire/obp/frame.hpp"
#include "firmware-bridge/wire/obp/models.hpp"

namespace singel::test {

namespace wire = firmware_bridge::wire;
namespace obp = wire::obp;
using wire::Bytes;

namespace {

// The head of 44 bytes, the rest of a frame without payload; section 8.2 of the notes on the protocol.
Bytes example(const Bytes& first_16, std::uint8_t checksum, const Bytes& immediate, const Bytes& digest = Bytes(16)) {
    Bytes bytes = first_16;
    bytes.resize(22);
    bytes.push_back(checksum);
    bytes.push_back(static_cast<std::uint8_t>(immediate.size()));
    bytes.insert(bytes.end(), immediate.begin(), immediate.end());
    bytes.resize(40);
    bytes.insert(bytes.end(), {0x14, 0, 0, 0});
    bytes.insert(bytes.end(), digest.begin(), digest.end());
    bytes.insert(bytes.end(), {0xC5, 0xC4, 0xC3, 0xC2});
    return bytes;
}

const Bytes serial{0x53, 0x30, 0x33, 0x37, 0x33, 0x38};
const Bytes get_serial = example({0xC1, 0xC0, 0x00, 0x11, 0, 0, 0, 0, 0x00, 0x01, 0, 0, 0, 0, 0, 0}, 0, {});
const Bytes serial_reply = example({0xC1, 0xC0, 0x00, 0x11, 1, 0, 0, 0, 0x00, 0x01, 0, 0, 0, 0, 0, 0}, 0, serial);
const Bytes set_integration =
    example({0xC1, 0xC0, 0x00, 0x11, 4, 0, 0, 0, 0x10, 0x00, 0x11, 0, 0, 0, 0, 0}, 0, {0xA0, 0x86, 0x01, 0x00});
const Bytes ack = example({0xC1, 0xC0, 0x00, 0x11, 3, 0, 0, 0, 0x10, 0x00, 0x11, 0, 0, 0, 0, 0}, 0, {});
const Bytes nack = example({0xC1, 0xC0, 0x00, 0x11, 9, 0, 6, 0, 0x10, 0x00, 0x11, 0, 0, 0, 0, 0}, 0, {});
const Bytes serial_with_md5 =
    example({0xC1, 0xC0, 0x00, 0x11, 1, 0, 0, 0, 0x00, 0x01, 0, 0, 0, 0, 0, 0}, 1, serial,
            {0xCD, 0xD8, 0x96, 0x65, 0xEA, 0x6F, 0xE5, 0x6D, 0x50, 0xC4, 0xE1, 0x5B, 0x0F, 0x39, 0x03, 0x29});

obp::Frame reply_of(std::size_t bytes) {
    return {.flags = obp::flag::response, .type = 0x101100, .regarding = 77, .data = Bytes(bytes, 0x5A)};
}

std::string refusal(const Bytes& bytes) {
    const auto reply = obp::decode_reply(bytes);
    return reply ? "accepted" : reply.error().what;
}

obp::Error problem(const Bytes& bytes) {
    const auto received = obp::decode_request(bytes);
    EXPECT_TRUE(received);
    return received ? received->problem : obp::Error::none;
}

}  // namespace

TEST(ObpFrame, IsByteForByteAsInTheExamples) {
    namespace flag = obp::flag;
    EXPECT_EQ(obp::encode({.type = obp::message::get_serial}), get_serial);
    obp::Frame reply{.flags = flag::response, .type = obp::message::get_serial, .data = serial};
    EXPECT_EQ(obp::encode(reply), serial_reply);
    reply.checksum = obp::Checksum::md5;
    EXPECT_EQ(obp::encode(reply), serial_with_md5);
    constexpr std::uint32_t type = obp::message::set_integration_time;
    EXPECT_EQ(obp::encode({.flags = flag::ack_wanted, .type = type, .data = obp::u32(100'000)}), set_integration);
    EXPECT_EQ(obp::encode({.flags = flag::response | flag::ack, .type = type}), ack);
    EXPECT_EQ(obp::encode({.flags = flag::response | flag::nack, .error = 6, .type = type}), nack);
}

TEST(ObpFrame, IsReadBackAsItWasWritten) {
    EXPECT_EQ(obp::decode_reply(serial_with_md5)->data, serial);
    EXPECT_EQ(obp::decode_reply(nack)->error, 6);
    EXPECT_TRUE(obp::decode_reply(nack)->has(obp::flag::nack));
    for (const std::size_t size : {0u, 1u, 16u, 17u, 2048u, 65100u}) {
        for (const auto version : {obp::version_1, obp::version_2}) {
            for (const auto checksum : {obp::Checksum::none, obp::Checksum::md5}) {
                obp::Frame frame = reply_of(size);
                frame.version = version;
                frame.checksum = checksum;
                const Bytes bytes = obp::encode(frame);
                EXPECT_EQ(bytes.size(), 64 + (size > 16 ? size : 0));
                EXPECT_EQ(*obp::decode_reply(bytes), frame);
                EXPECT_EQ(*obp::bytes_still_to_come(wire::ByteView(bytes).first(64)), bytes.size() - 64);
            }
        }
    }
}

TEST(ObpFrame, ReadsAShortAnswerInPayloadForm) {
    obp::Frame frame = reply_of(4);
    frame.short_payload = true;
    const Bytes bytes = obp::encode(frame);
    EXPECT_EQ(bytes.size(), 68u);
    EXPECT_EQ(bytes[23], 0) << "never both";
    EXPECT_EQ(*obp::decode_reply(bytes), frame);
}

TEST(ObpFrame, MayBeFilledUpToAMultipleOfFourAndNoFurther) {
    Bytes bytes = obp::encode(reply_of(17));
    for (int filling = 0; filling < 3; ++filling) {
        bytes.push_back(0);
        EXPECT_EQ(*obp::decode_reply(bytes), reply_of(17));
    }
    bytes.push_back(0);
    EXPECT_THAT(refusal(bytes), testing::HasSubstr("85 of 81 bytes"));
}

TEST(ObpFrame, RefusesWhatIsNoStartOrTooShort) {
    EXPECT_FALSE(obp::bytes_still_to_come(Bytes(63)));
    EXPECT_FALSE(obp::bytes_still_to_come({}));
    Bytes bytes = serial_reply;
    bytes[0] = 0xC0;
    EXPECT_FALSE(obp::bytes_still_to_come(bytes));
    EXPECT_THAT(refusal(bytes), testing::HasSubstr("starts with C0C0 instead of C0C1"));
    EXPECT_THAT(refusal(Bytes(serial_reply.begin(), serial_reply.end() - 1)), testing::HasSubstr("63 of 64 bytes"));
}

TEST(ObpFrame, RefusesImpossibleLengths) {
    for (const std::uint32_t remaining : {0u, 19u, 20u + 262'144 + 1, 0x7FFFFFFFu, 0xFFFFFFFFu}) {
        Bytes bytes = serial_reply;
        for (int i = 0; i < 4; ++i) bytes[40 + i] = static_cast<std::uint8_t>(remaining >> 8 * i);
        const auto rest = obp::bytes_still_to_come(bytes);
        ASSERT_FALSE(rest) << remaining;
        EXPECT_THAT(rest.error().what, testing::HasSubstr(std::to_string(remaining)));
        EXPECT_FALSE(obp::decode_reply(bytes));
        EXPECT_FALSE(obp::decode_request(bytes)) << "where would it end?";
    }
}

TEST(ObpFrame, RefusesAWrongFooterAndAWrongChecksum) {
    Bytes footer = serial_reply;
    footer.back() = 0xC3;
    EXPECT_THAT(refusal(footer), testing::HasSubstr("C3C3C4C5 instead of C2C3C4C5"));
    for (const std::size_t at : {24u, 44u, 59u}) {
        Bytes checksum = serial_with_md5;
        checksum[at] ^= 1;
        EXPECT_THAT(refusal(checksum), testing::HasSubstr("MD5 checksum is wrong")) << at;
    }
    Bytes ignored = serial_reply;
    ignored[44] = 0xFF;
    EXPECT_EQ(obp::decode_reply(ignored)->data, serial) << "no checksum was announced";
    Bytes unknown = serial_reply;
    unknown[22] = 2;
    EXPECT_THAT(refusal(unknown), testing::HasSubstr("checksum type 2"));
}

TEST(ObpFrame, RefusesImmediateDataThatCannotBe) {
    Bytes long_one = serial_reply;
    long_one[23] = 17;
    EXPECT_THAT(refusal(long_one), testing::HasSubstr("immediate data of 17 bytes"));
    Bytes both = obp::encode(reply_of(20));
    both[23] = 4;
    EXPECT_THAT(refusal(both), testing::HasSubstr("a payload of 20 at once"));
}

TEST(ObpFrame, RefusesAnotherVersionAndARequestInPlaceOfAReply) {
    Bytes version = serial_reply;
    version[3] = 0x12;
    EXPECT_THAT(refusal(version), testing::HasSubstr("version 1200"));
    EXPECT_THAT(refusal(get_serial), testing::HasSubstr("do not mark an answer"));
    EXPECT_TRUE(obp::decode_request(get_serial));
}

TEST(ObpFrame, TellsADeviceWithWhichErrorToAnswer) {
    EXPECT_EQ(problem(get_serial), obp::Error::none);
    const auto changed = [](std::size_t at, std::uint8_t value) {
        Bytes bytes = set_integration;
        bytes[at] = value;
        return bytes;
    };
    EXPECT_EQ(problem(changed(3, 0x12)), obp::Error::unsupported_protocol);
    EXPECT_EQ(problem(changed(22, 1)), obp::Error::bad_checksum);
    EXPECT_EQ(problem(changed(22, 9)), obp::Error::unknown_checksum_type);
    EXPECT_EQ(problem(changed(23, 99)), obp::Error::invalid_payload);
    EXPECT_EQ(problem(changed(63, 0)), obp::Error::not_ended);
    EXPECT_EQ(obp::decode_request(changed(3, 0x12))->frame.type, obp::message::set_integration_time)
        << "the answer repeats it";
}

TEST(ObpFrame, IsMatchedOnTypeAndRegarding) {
    const obp::Frame request{.flags = obp::flag::ack_wanted, .type = 0x110010, .regarding = 7};
    obp::Frame reply{.flags = obp::flag::response | obp::flag::ack, .type = 0x110010, .regarding = 7};
    EXPECT_TRUE(obp::answers(reply, request));
    reply.regarding = 6;
    EXPECT_FALSE(obp::answers(reply, request)) << "left behind by an aborted session";
    reply = {.flags = obp::flag::response, .type = 0x110000, .regarding = 7};
    EXPECT_FALSE(obp::answers(reply, request));
    EXPECT_FALSE(obp::answers(request, request));
}

TEST(ObpError, IsASentenceForEachKnownNumberAndTheNumberForOthers) {
    EXPECT_EQ(obp::sentence(2), "the device does not know this message");
    EXPECT_EQ(obp::sentence(6), "the value is invalid");
    EXPECT_EQ(obp::sentence(255), "the answer is deferred");
    EXPECT_EQ(obp::sentence(77), "error 77");
    for (const int known : {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 100, 101, 102, 103, 104}) {
        EXPECT_THAT(obp::sentence(static_cast<std::uint16_t>(known)),
                    testing::Not(testing::HasSubstr("error " + std::to_string(known))));
    }
}

TEST(ObpModels, HaveIdsAndLimitsThatFitTogether) {
    EXPECT_EQ(obp::models.size(), 14u);
    for (const obp::Model& model : obp::models) {
        SCOPED_TRACE(std::string(model.name));
        EXPECT_NE(model.product_id, 0);
        EXPECT_EQ(model.version == obp::version_2, model.vendor_id == 0x0999);
        EXPECT_LT(model.min_integration_us, model.max_integration_us);
        EXPECT_EQ(model.min_integration_us % model.step_us, 0u);
        EXPECT_LE(64 + 32 + 4 * model.pixels, obp::payload_limit);
        for (std::size_t i = 0; i < model.dark_ranges; ++i) {
            EXPECT_LE(model.dark.at(i).first, model.dark.at(i).last);
            EXPECT_LT(model.dark.at(i).last, model.pixels);
        }
        EXPECT_EQ(obp::filled_up(model, 4272 + 64), 4336u);
    }
    EXPECT_EQ(obp::filled_up(obp::flame_x, 65), 68u);
}

}  // namespace singel::test
