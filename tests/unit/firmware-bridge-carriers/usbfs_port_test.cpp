#include "firmware-bridge/carriers/usbfs_port.hpp"

#include <array>
#include <cerrno>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/usb/loopback_device.hpp"

namespace singel::firmware_bridge::carriers {
namespace {

using namespace tests::loopback;
using tests::LoopbackDevice;
using Clock = UsbfsPort::Clock;
using std::chrono::milliseconds;

// The port with two open files; time is a number, memory an address.
class Port : public testing::Test {
protected:
    Port() {
        port_.open(first_);
        port_.open(second_);
    }
    int read(OpenFile file, std::uint64_t address, std::size_t capacity = frame_size,
             std::uint8_t endpoint = frame_in) {
        const std::vector<std::uint8_t> room(capacity);
        return port_.submit(file, {address, false, endpoint, room, {}}, now_);
    }
    int write(OpenFile file, std::uint64_t address, std::vector<std::uint8_t> data) {
        return port_.submit(file, {address, false, command_out, data, {}}, now_);
    }
    FinishedUrb reap(OpenFile file) {
        FinishedUrb finished;
        EXPECT_EQ(port_.reap(file, finished), 0);
        return finished;
    }
    int reap_error(OpenFile file) {
        FinishedUrb finished;
        return port_.reap(file, finished);
    }

    const int marks_[2] = {};
    const OpenFile first_ = &marks_[0], second_ = &marks_[1];
    LoopbackDevice device_{"TEST", LoopbackDevice::Speed::high};
    UsbfsPort port_{device_};
    Clock now_{0};
};

TEST_F(Port, ReapsEachUrbFromTheFileThatSubmittedIt) {
    ASSERT_EQ(read(first_, 0x1000), 0);
    EXPECT_EQ(reap_error(first_), EAGAIN);
    ASSERT_EQ(write(second_, 0x2000, {make_frame_at_once}), 0);
    const FinishedUrb frame = reap(first_);
    EXPECT_EQ(frame.address, 0x1000U);
    EXPECT_EQ(frame.status, 0);
    EXPECT_EQ(frame.actual, frame_size);
    EXPECT_EQ(reap(second_).address, 0x2000U);
    EXPECT_EQ(reap_error(first_), EAGAIN);
    EXPECT_EQ(reap_error(second_), EAGAIN);
}

TEST_F(Port, IsReadyWhileSomethingIsToBeReaped) {
    EXPECT_FALSE(port_.anything_to_reap());
    ASSERT_EQ(write(first_, 1, {set_delay, 5}), 0);
    EXPECT_TRUE(port_.anything_to_reap());
    reap(first_);
    EXPECT_FALSE(port_.anything_to_reap());
}

TEST_F(Port, KeepsTheMemoryOfAnUrbUntilItIsReaped) {
    auto memory = std::make_shared<int>(7);
    const std::weak_ptr<int> watch = memory;
    const std::array<std::uint8_t, 2> data{set_delay, 0};
    ASSERT_EQ(port_.submit(first_, {1, false, command_out, data, std::move(memory)}, now_), 0);
    EXPECT_FALSE(watch.expired());
    reap(first_);
    EXPECT_TRUE(watch.expired());
}

TEST_F(Port, GivesAnInterfaceToOneFileOnly) {
    EXPECT_EQ(port_.claim(first_, 0, now_), 0);
    EXPECT_EQ(port_.claim(first_, 0, now_), 0) << "again by its holder";
    EXPECT_EQ(port_.claim(second_, 0, now_), EBUSY);
    EXPECT_EQ(read(second_, 1), EBUSY) << "its endpoints too";
    EXPECT_EQ(port_.clear_halt(second_, frame_in), EBUSY);
    EXPECT_EQ(port_.release(first_, 0, now_), 0);
    EXPECT_EQ(port_.claim(second_, 0, now_), 0);
}

TEST_F(Port, RefusesWhatIsNotThere) {
    EXPECT_EQ(port_.claim(first_, 1, now_), ENOENT);
    EXPECT_EQ(port_.release(first_, 0, now_), EINVAL) << "never claimed";
    EXPECT_EQ(read(first_, 1, 64, 0x8F), ENOENT);
    EXPECT_EQ(port_.clear_halt(first_, 0x8F), ENOENT);
    EXPECT_EQ(port_.discard(first_, 0x1234, now_), EINVAL);
    EXPECT_EQ(port_.set_configuration(first_, 2, now_), EINVAL);
    EXPECT_EQ(port_.set_interface(first_, 3, 0, now_), ENOENT);
}

TEST_F(Port, RefusesMalformedControlRequests) {
    const std::array<std::uint8_t, 7> short_setup{};
    EXPECT_EQ(port_.submit(first_, {1, true, 0, short_setup, {}}, now_), EINVAL);
    const std::array<std::uint8_t, 8> promises_more{0xC0, echo_request, 0, 0, 0, 0, 4, 0};
    EXPECT_EQ(port_.submit(first_, {1, true, 0, promises_more, {}}, now_), EINVAL);
    const std::array<std::uint8_t, 8> fine{0x40, store_request, 0, 0, 0, 0, 0, 0};
    EXPECT_EQ(port_.submit(first_, {1, true, 0x01, fine, {}}, now_), ENOENT) << "control only on endpoint 0";
    EXPECT_EQ(reap_error(first_), EAGAIN);
}

TEST_F(Port, AnswersAControlRequestWithItsData) {
    std::array<std::uint8_t, 12> buffer{0xC0, echo_request, 0x34, 0x12, 0x78, 0x56, 4, 0};
    ASSERT_EQ(port_.submit(first_, {1, true, 0x80, buffer, {}}, now_), 0);
    const FinishedUrb answer = reap(first_);
    EXPECT_TRUE(answer.control);
    EXPECT_THAT(answer.in, testing::ElementsAre(0x34, 0x12, 0x78, 0x56));
}

TEST_F(Port, DiscardsAnUrbOfItsOwnFileOnly) {
    ASSERT_EQ(read(first_, 0x1000), 0);
    EXPECT_EQ(port_.discard(second_, 0x1000, now_), EINVAL);
    EXPECT_EQ(port_.discard(first_, 0x1000, now_), 0);
    EXPECT_EQ(reap(first_).status, -ENOENT);
    EXPECT_EQ(port_.discard(first_, 0x1000, now_), EINVAL) << "no longer in flight";
}

TEST_F(Port, CancelsWhatAClosedFileHadInFlight) {
    ASSERT_EQ(port_.claim(first_, 0, now_), 0);
    ASSERT_EQ(read(first_, 0x1000), 0);
    port_.close(first_, now_);
    ASSERT_EQ(port_.claim(second_, 0, now_), 0);
    ASSERT_EQ(read(second_, 0x2000), 0);
    ASSERT_EQ(write(second_, 0x3000, {make_frame_at_once}), 0);
    EXPECT_EQ(reap(second_).actual, 1U) << "the command";
    const FinishedUrb frame = reap(second_);
    EXPECT_EQ(frame.address, 0x2000U);
    EXPECT_EQ(frame.actual, frame_size);
}

TEST_F(Port, EndsTransfersOfAReleasedInterface) {
    ASSERT_EQ(port_.claim(first_, 0, now_), 0);
    ASSERT_EQ(read(first_, 0x1000), 0);
    ASSERT_EQ(port_.release(first_, 0, now_), 0);
    EXPECT_EQ(reap(first_).status, -ENOENT);
}

TEST_F(Port, ReportsStallAndOverflowAsUsbfsDoes) {
    ASSERT_EQ(write(first_, 1, {overlong_packet}), 0);
    reap(first_);
    ASSERT_EQ(read(first_, 2, 100), 0);
    EXPECT_EQ(reap(first_).status, -EOVERFLOW);
    ASSERT_EQ(read(first_, 3), 0);
    ASSERT_EQ(write(first_, 4, {stall_frames}), 0);
    EXPECT_EQ(reap(first_).address, 4U);
    EXPECT_EQ(reap(first_).status, -EPIPE);
    ASSERT_EQ(port_.clear_halt(first_, frame_in), 0);
    ASSERT_EQ(read(first_, 5), 0);
    EXPECT_EQ(reap_error(first_), EAGAIN);
}

TEST_F(Port, ResetEndsTransfersAndClaims) {
    ASSERT_EQ(port_.claim(first_, 0, now_), 0);
    ASSERT_EQ(read(first_, 1), 0);
    ASSERT_EQ(port_.reset(first_, now_), 0);
    EXPECT_EQ(reap(first_).status, -ENOENT);
    EXPECT_EQ(port_.claim(second_, 0, now_), 0);
}

TEST_F(Port, IsNotReconfiguredWhileAnInterfaceIsClaimed) {
    EXPECT_EQ(port_.set_configuration(second_, 1, now_), 0);
    ASSERT_EQ(port_.claim(first_, 0, now_), 0);
    EXPECT_EQ(port_.set_configuration(second_, 1, now_), EBUSY);
    EXPECT_EQ(port_.set_interface(second_, 0, 0, now_), EBUSY);
    EXPECT_EQ(port_.set_interface(first_, 0, 0, now_), 0);
    EXPECT_EQ(reap_error(first_), EAGAIN) << "what the kernel sends itself is nobody's to reap";
}

TEST_F(Port, UnplugEndsEverythingAndLeavesItToBeReaped) {
    ASSERT_EQ(read(first_, 1), 0);
    port_.unplug(now_);
    EXPECT_EQ(read(first_, 2), ENODEV);
    EXPECT_EQ(port_.claim(first_, 0, now_), ENODEV);
    EXPECT_EQ(port_.discard(first_, 1, now_), ENODEV);
    EXPECT_EQ(reap(first_).status, -ESHUTDOWN);
    EXPECT_EQ(reap_error(first_), ENODEV);
}

TEST_F(Port, LeavesFilesOfAnEarlierPlugDead) {
    ASSERT_EQ(port_.claim(first_, 0, now_), 0);
    port_.unplug(now_);
    port_.plug(now_, now_);
    EXPECT_EQ(read(first_, 1), ENODEV);
    EXPECT_EQ(reap_error(first_), ENODEV);
    const int mark = 0;
    const OpenFile later = &mark;
    port_.open(later);
    EXPECT_EQ(port_.claim(later, 0, now_), 0) << "the dead file's claim is dead too";
    port_.close(first_, now_);
    EXPECT_EQ(port_.connected(later), 0);
}

TEST_F(Port, RefusesClaimsUntilItIsReady) {
    port_.plug(now_, now_ + milliseconds(50));
    const int mark = 0;
    port_.open(&mark);
    EXPECT_EQ(port_.claim(&mark, 0, milliseconds(49)), ENOENT);
    EXPECT_EQ(port_.claim(&mark, 0, milliseconds(50)), 0);
}

}  // namespace
}  // namespace singel::firmware_bridge::carriers
