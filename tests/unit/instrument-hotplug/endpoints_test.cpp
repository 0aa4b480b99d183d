#include "instrument/endpoints.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "firmware-bridge/virtual/instruments.hpp"

namespace singel::instrument {
namespace {

namespace virtual_instrument = firmware_bridge::virtual_instrument;
using testing::HasSubstr;
using Bytes = std::vector<std::uint8_t>;

// One interface with a bulk endpoint 0x82 of 512 bytes and an interrupt endpoint 0x81 of 64 bytes.
Bytes configuration() {
    return {9,    2, 32, 0, 1,    1, 0,    0x80, 250, 9, 4, 0,    0, 2,  0xFF, 0xFF,
            0xFF, 0, 7,  5, 0x82, 2, 0x00, 0x02, 0,   7, 5, 0x81, 3, 64, 0,    1};
}

std::string refusal(const Bytes& bytes) {
    const auto read = read_endpoints(bytes);
    return read ? std::string() : read.error().what;
}

std::string refusal(std::vector<Endpoint> endpoints, BusSpeed speed) {
    const auto checked = check_endpoints(endpoints, speed);
    return checked ? std::string() : checked.error().what;
}

TEST(Endpoints, AreReadWithKindAndPacketSize) {
    const auto read = read_endpoints(configuration());
    ASSERT_TRUE(read.has_value());
    ASSERT_EQ(read->size(), 2u);
    const Endpoint* const interrupt = find_endpoint(*read, 0x81);
    ASSERT_NE(interrupt, nullptr);
    EXPECT_EQ(interrupt->kind, TransferKind::interrupt);
    EXPECT_EQ(interrupt->packet_size, 64);
    EXPECT_EQ(find_endpoint(*read, 0x82)->packet_size, 512);
    EXPECT_EQ(find_endpoint(*read, 0x86), nullptr);
}

TEST(Endpoints, OfAnotherInterfaceAreNotOurs) {
    Bytes bytes = configuration();
    bytes[11] = 1;
    const auto read = read_endpoints(bytes);
    ASSERT_TRUE(read.has_value());
    EXPECT_TRUE(read->empty());
}

TEST(Endpoints, RefuseLengthsThatDoNotAddUpByNameAndValue) {
    Bytes longer = configuration();
    longer[2] = 99;
    EXPECT_THAT(refusal(longer), HasSubstr("wTotalLength is 99, the configuration has 32 bytes"));
    Bytes endless = configuration();
    endless[18] = 0;
    EXPECT_THAT(refusal(endless), HasSubstr("bLength at byte 18 is 0"));
    Bytes beyond = configuration();
    beyond[25] = 200;
    EXPECT_THAT(refusal(beyond), HasSubstr("bLength at byte 25 is 200, 7 bytes are left"));
    EXPECT_THAT(refusal({}), HasSubstr("0 bytes"));
}

// Every prefix and every single changed byte: an answer, never a crash.
TEST(Endpoints, SurviveEveryTruncationAndEveryChangedByte) {
    const Bytes bytes = configuration();
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_FALSE(read_endpoints(std::span(bytes).first(size)).has_value()) << size;
    for (std::size_t at = 0; at < bytes.size(); ++at)
        for (int value = 0; value < 256; ++value) {
            Bytes changed = bytes;
            changed[at] = static_cast<std::uint8_t>(value);
            const auto read = read_endpoints(changed);
            EXPECT_LE(read ? read->size() : 0, 2u);
        }
}

TEST(Endpoints, RefusePacketsThatTheBusDoesNotCarry) {
    EXPECT_EQ(refusal({{0x82, TransferKind::bulk, 512}}, BusSpeed::high), "");
    EXPECT_EQ(refusal({{0x82, TransferKind::bulk, 64}}, BusSpeed::full), "");
    EXPECT_THAT(refusal({{0x82, TransferKind::bulk, 512}}, BusSpeed::full),
                HasSubstr("wMaxPacketSize of endpoint 0x82 is 512, at this speed it is 1 to 64"));
    EXPECT_THAT(refusal({{0x82, TransferKind::bulk, 0}}, BusSpeed::high), HasSubstr("is 0"));
    EXPECT_THAT(refusal({{0x82, TransferKind::bulk, 1024}}, BusSpeed::high), HasSubstr("is 1024"));
}

TEST(Endpoints, RefuseNoneAndOneTwice) {
    EXPECT_THAT(refusal({}, BusSpeed::high), HasSubstr("bNumEndpoints of interface 0 is 0"));
    const Endpoint one{0x82, TransferKind::bulk, 512};
    EXPECT_THAT(refusal({one, one}, BusSpeed::high), HasSubstr("bEndpointAddress 0x82"));
}

TEST(Endpoints, OfEveryVirtualModelCanBeAtBothSpeeds) {
    for (const std::string& model : virtual_instrument::models())
        for (const auto speed : {virtual_instrument::Speed::full, virtual_instrument::Speed::high}) {
            const auto device = virtual_instrument::make_instrument(model, {}, {}, {}, speed);
            const auto read = read_endpoints(device->descriptors().configuration);
            ASSERT_TRUE(read.has_value()) << model << ": " << read.error().what;
            const bool high = device->descriptors().speed == virtual_instrument::Speed::high;
            const auto checked = check_endpoints(*read, high ? BusSpeed::high : BusSpeed::full);
            EXPECT_TRUE(checked.has_value()) << model;
        }
}

}  // namespace
}  // namespace singel::instrument
