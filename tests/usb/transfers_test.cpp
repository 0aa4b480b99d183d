#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <thread>

#include "tests/usb/client.hpp"

namespace singel::tests {
namespace {

class Transfers : public UsbClient {
protected:
    void SetUp() override {
        handle_ = open_and_claim();
        ASSERT_NE(handle_, nullptr);
        ASSERT_EQ(command({loopback::set_delay, 0}), 0);
    }
    int command(Bytes bytes) { return UsbClient::command(handle_.get(), std::move(bytes)); }
    BulkResult read_frame(milliseconds limit = patience) {
        return read(handle_.get(), loopback::frame_in, loopback::frame_size, limit);
    }
    std::unique_ptr<PendingRead> submit_read(std::size_t capacity = loopback::frame_size) {
        auto pending = std::make_unique<PendingRead>(handle_.get(), loopback::frame_in, capacity);
        EXPECT_EQ(pending->submit(), 0);
        return pending;
    }
    int control(std::uint8_t type, std::uint8_t request, std::uint16_t value, std::uint16_t index,
                std::span<std::uint8_t> data) {
        return libusb_control_transfer(handle_.get(), type, request, value, index, data.data(),
                                       static_cast<std::uint16_t>(data.size()), patience.count());
    }
    Handle handle_;
};

constexpr std::uint8_t vendor_in = 0xC0, vendor_out = 0x40;

TEST_F(Transfers, CarryVendorControlRequestsBothWays) {
    std::array<std::uint8_t, 4> echo{};
    EXPECT_EQ(control(vendor_in, loopback::echo_request, 0x1234, 0x5678, echo), 4);
    EXPECT_EQ(echo, (std::array<std::uint8_t, 4>{0x34, 0x12, 0x78, 0x56}));
    std::array<std::uint8_t, 3> sent{7, 8, 9}, recalled{};
    EXPECT_EQ(control(vendor_out, loopback::store_request, 0, 0, sent), 3);
    EXPECT_EQ(control(vendor_in, loopback::recall_request, 0, 0, recalled), 3);
    EXPECT_EQ(recalled, sent);
}

TEST_F(Transfers, AnswerAnUnknownControlRequestWithPipe) {
    std::array<std::uint8_t, 4> data{};
    EXPECT_EQ(control(vendor_in, 0x77, 0, 0, data), LIBUSB_ERROR_PIPE);
    EXPECT_EQ(control(vendor_in, loopback::echo_request, 1, 2, data), 4) << "a stalled control request halts nothing";
}

TEST_F(Transfers, BringBackWhatWentOut) {
    Bytes sent(100);
    for (std::size_t i = 0; i < sent.size(); ++i) sent[i] = static_cast<std::uint8_t>(i * 7);
    int count = 0;
    ASSERT_EQ(libusb_bulk_transfer(handle_.get(), loopback::echo_out, sent.data(), 100, &count, patience.count()), 0);
    EXPECT_EQ(count, 100);
    EXPECT_EQ(read(handle_.get(), loopback::echo_in, 512).data, sent);
}

TEST_F(Transfers, CompleteQueuedReadsInOrder) {
    ASSERT_EQ(command({loopback::set_delay, 20}), 0);
    std::vector<std::unique_ptr<PendingRead>> reads;
    for (int i = 0; i < 6; ++i) reads.push_back(submit_read());
    for (int i = 0; i < 6; ++i) ASSERT_EQ(command({loopback::make_frame}), 0);
    ASSERT_TRUE(pump_until([&] { return reads.back()->done(); }));
    for (std::size_t i = 0; i < reads.size(); ++i) {
        ASSERT_EQ(reads[i]->status(), LIBUSB_TRANSFER_COMPLETED);
        ASSERT_EQ(reads[i]->data().size(), loopback::frame_size);
        EXPECT_EQ(reads[i]->data().back(), loopback::end_of_frame);
        EXPECT_EQ(reads[i]->data().front(), static_cast<std::uint8_t>(reads[0]->data().front() + i));
    }
}

TEST_F(Transfers, EndCancelledWhenTheyAreCancelled) {
    std::vector<std::unique_ptr<PendingRead>> reads;
    for (int i = 0; i < 4; ++i) reads.push_back(submit_read());
    for (const auto& read : reads) EXPECT_EQ(read->cancel(), 0);
    ASSERT_TRUE(pump_until([&] {
        for (const auto& read : reads) {
            if (!read->done()) return false;
        }
        return true;
    }));
    for (const auto& read : reads) EXPECT_EQ(read->status(), LIBUSB_TRANSFER_CANCELLED);
    ASSERT_EQ(command({loopback::make_frame}), 0);
    EXPECT_EQ(read_frame().data.size(), loopback::frame_size) << "no cancelled read may swallow it";
}

TEST_F(Transfers, TimeOutAfter100MillisecondsWithoutSpinning) {
    const auto processor_before = own_processor_time();
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(read_frame(milliseconds(100)).error, LIBUSB_ERROR_TIMEOUT);
    const auto took = std::chrono::steady_clock::now() - begin;
    EXPECT_GE(took, milliseconds(95));
    EXPECT_LT(own_processor_time() - processor_before, milliseconds(40)) << "libusb polled in circles";
}

TEST_F(Transfers, WaitWithoutUsingTheProcessor) {
    const auto pending = submit_read();
    const auto before = own_processor_time();
    EXPECT_FALSE(pump_until([&] { return pending->done(); }, milliseconds(600)));
    EXPECT_LT(own_processor_time() - before, milliseconds(60)) << "less than a tenth of the time";
    EXPECT_EQ(pending->cancel(), 0);
    EXPECT_TRUE(pump_until([&] { return pending->done(); }));
}

TEST_F(Transfers, EndWithAShortPacket) {
    ASSERT_EQ(command({loopback::shorten_next}), 0);
    ASSERT_EQ(command({loopback::make_frame}), 0);
    const BulkResult result = read_frame();
    EXPECT_EQ(result.error, 0);
    EXPECT_EQ(result.data.size(), loopback::short_frame_size);
}

TEST_F(Transfers, OverflowWhenAPacketDoesNotFit) {
    ASSERT_EQ(command({loopback::overlong_packet}), 0);
    EXPECT_EQ(read(handle_.get(), loopback::frame_in, 60).error, LIBUSB_ERROR_OVERFLOW);
}

TEST_F(Transfers, StallTheEndpointUntilItsHaltIsCleared) {
    const auto pending = submit_read();
    ASSERT_EQ(command({loopback::stall_frames}), 0);
    ASSERT_TRUE(pump_until([&] { return pending->done(); }));
    EXPECT_EQ(pending->status(), LIBUSB_TRANSFER_STALL);
    EXPECT_EQ(read_frame().error, LIBUSB_ERROR_PIPE);
    EXPECT_EQ(libusb_clear_halt(handle_.get(), loopback::frame_in), 0);
    ASSERT_EQ(command({loopback::make_frame}), 0);
    EXPECT_EQ(read_frame().data.size(), loopback::frame_size);
}

TEST_F(Transfers, AreRefusedOnAnEndpointThatIsNotThere) {
    EXPECT_EQ(read(handle_.get(), 0x8F, 64, milliseconds(100)).error, LIBUSB_ERROR_IO) << "ENOENT";
}

TEST_F(Transfers, WorkBesideAThreadThatHandlesEvents) {
    std::atomic<bool> stop{false};
    std::thread events([&] {
        while (!stop) {
            timeval slice{0, 20'000};
            libusb_handle_events_timeout_completed(context_, &slice, nullptr);
        }
    });
    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(command({loopback::make_frame}), 0);
        EXPECT_EQ(read_frame().data.size(), loopback::frame_size);
    }
    stop = true;
    events.join();
}

}  // namespace
}  // namespace singel::tests
