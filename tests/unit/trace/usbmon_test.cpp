#include "firmware-bridge/trace/usbmon.hpp"

#include <cstring>
#include <gtest/gtest.h>

namespace singel::firmware_bridge::trace {
namespace {

using namespace std::chrono_literals;
using virtual_instrument::Status;
using Bytes = std::vector<std::uint8_t>;

template <class T>
void put(Bytes& bytes, std::size_t at, T value) {
    std::memcpy(bytes.data() + at, &value, sizeof value);
}

struct Event {
    std::uint64_t id = 1;
    char type = 'S';
    std::uint8_t kind = 3, endpoint = 0x81, device = 5;
    std::int64_t us = 0;
    std::int32_t status = 0;
    std::uint32_t length = 0, captured = 0;
};

// By the offsets of the kernel's documentation.
Bytes record(const Event& event) {
    Bytes bytes(usbmon_record_bytes);
    put(bytes, 0, event.id);
    bytes[8] = static_cast<std::uint8_t>(event.type);
    bytes[9] = event.kind;
    bytes[10] = event.endpoint;
    bytes[11] = event.device;
    put(bytes, 16, event.us / 1000000);
    put(bytes, 24, static_cast<std::int32_t>(event.us % 1000000));
    put(bytes, 28, event.status);
    put(bytes, 32, event.length);
    put(bytes, 36, event.captured);
    return bytes;
}

TEST(Usbmon, PutsSubmissionAndCompletionTogether) {
    Usbmon usbmon(5);
    auto nothing = usbmon.hear(record({.us = 1000000, .length = 512}), {});
    ASSERT_TRUE(nothing);
    EXPECT_FALSE(*nothing);
    const Bytes data{1, 2, 3};
    const auto ended = usbmon.hear(record({.type = 'C', .us = 1000250, .length = 3, .captured = 3}), data);
    ASSERT_TRUE(ended && *ended);
    EXPECT_EQ((*ended)->at, 250us);
    EXPECT_EQ((*ended)->took, 250us);
    EXPECT_EQ((*ended)->asked, 512u);
    EXPECT_EQ((*ended)->data, data);
    EXPECT_EQ((*ended)->status, Status::ok);
}

TEST(Usbmon, KeepsTheSetupOfAControlTransfer) {
    Usbmon usbmon(5);
    Bytes bytes = record({.kind = 2, .endpoint = 0x80, .length = 64});
    const Bytes setup{0xC0, 0xFF, 1, 0, 2, 0, 64, 0};
    std::copy(setup.begin(), setup.end(), bytes.begin() + 40);
    ASSERT_TRUE(usbmon.hear(bytes, {}));
    const auto ended = usbmon.hear(record({.type = 'C', .kind = 2, .endpoint = 0x80, .status = -32}), {});
    ASSERT_TRUE(ended && *ended);
    EXPECT_TRUE((*ended)->control);
    EXPECT_EQ((*ended)->setup.index, 2);
    EXPECT_EQ((*ended)->setup.length, 64);
    EXPECT_EQ((*ended)->status, Status::stall);
}

TEST(Usbmon, LeavesOutOtherDevicesAndWhatBeganBefore) {
    Usbmon usbmon(5);
    const auto other = usbmon.hear(record({.device = 6}), {});
    ASSERT_TRUE(other);
    EXPECT_FALSE(*other);
    const auto unknown = usbmon.hear(record({.id = 99, .type = 'C'}), {});
    ASSERT_TRUE(unknown);
    EXPECT_FALSE(*unknown);
}

TEST(Usbmon, CountsDataThatWereCut) {
    Usbmon usbmon(5);
    ASSERT_TRUE(usbmon.hear(record({.length = 9000}), {}));
    const Bytes data(100);
    const auto ended = usbmon.hear(record({.type = 'C', .length = 9000, .captured = 100}), data);
    ASSERT_TRUE(ended && *ended);
    EXPECT_EQ((*ended)->actual, 100u);
    EXPECT_EQ(usbmon.cut(), 1u);
}

TEST(Usbmon, RefusesWhatCannotBe) {
    Usbmon usbmon(5);
    EXPECT_FALSE(usbmon.hear(Bytes(63), {}));
    EXPECT_FALSE(usbmon.hear(record({.us = -5}), {}));
    EXPECT_FALSE(usbmon.hear(record({.length = 4, .captured = 4}), {})) << "four bytes promised, none given";
    EXPECT_FALSE(usbmon.hear(record({.length = 1, .captured = 4}), Bytes(4)));
}

}  // namespace
}  // namespace singel::firmware_bridge::trace
