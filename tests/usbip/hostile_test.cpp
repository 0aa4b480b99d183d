#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/usbip/client.hpp"
#include "tests/usbip/exporter.hpp"

namespace singel::tests::usbip {
namespace {

using namespace loopback;
using namespace std::chrono_literals;
using testing::Contains;
using testing::HasSubstr;

// A peer that behaves badly beside one that behaves well: the one is dropped, with its reason; the other goes on.
class Hostile : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_EQ(good_.import("1-2"), 0u);
        good_read_ = good_.bulk_in(frame_in, frame_size);
    }
    void import() { ASSERT_EQ(bad_.import("1-1"), 0u); }
    void expect_dropped(const char* reason) {
        EXPECT_TRUE(bad_.closed());
        EXPECT_THAT(exporter_.dropped(), Contains(HasSubstr(reason)));
        good_.bulk_out(command_out, {make_frame_at_once});
        const auto sent = good_.answer(), frame = good_.answer();
        ASSERT_TRUE(sent && frame);
        EXPECT_EQ(frame->sequence, good_read_);
        EXPECT_EQ(frame->data.size(), frame_size);
    }
    static carriers::UsbipOptions impatient() {
        carriers::UsbipOptions options;
        options.patience = 200ms;
        options.most_connections = 8;
        return options;
    }

    Exporter exporter_{loopbacks(2), impatient()};
    Client good_{exporter_.port()}, bad_{exporter_.port()};
    std::uint32_t good_read_ = 0;
};

TEST_F(Hostile, AnotherVersionIsDropped) {
    bad_.send(request(0x0106, 0x8005));
    expect_dropped("protocol version 262");
}

TEST_F(Hostile, AnUnknownRequestIsDropped) {
    bad_.send(request(0x0111, 0x8001));
    expect_dropped("request 32769 is none");
}

TEST_F(Hostile, ABusIdWithoutEndIsDropped) {
    Bytes bytes = request(0x0111, 0x8003);
    bytes.resize(40, 'A');
    bad_.send(bytes);
    expect_dropped("bus id has no end");
}

TEST_F(Hostile, AnUnknownCommandIsDropped) {
    import();
    Bytes bytes = bad_.submit_bytes(1, true, 1, 64);
    bytes[3] = 9;
    bad_.send(bytes);
    expect_dropped("command 9 is none");
}

TEST_F(Hostile, AnAbsurdLengthIsDropped) {
    import();
    bad_.send(bad_.submit_bytes(1, false, 1, 0xFFFFFFFF));
    expect_dropped("a transfer of 4294967295 bytes");
}

TEST_F(Hostile, AnIsochronousTransferIsDropped) {
    import();
    Bytes bytes = bad_.submit_bytes(1, true, 1, 1024);
    bytes[32] = bytes[33] = bytes[34] = 0;
    bytes[35] = 8;
    bad_.send(bytes);
    expect_dropped("isochronous");
}

TEST_F(Hostile, AnImpossibleEndpointOrDirectionIsDropped) {
    import();
    bad_.send(bad_.submit_bytes(1, true, 16, 64));
    expect_dropped("endpoint 16");
}

TEST_F(Hostile, TheDeviceOfAnotherIsOutOfReach) {
    import();
    Bytes bytes = bad_.submit_bytes(1, false, 1, 0);
    ++bytes[11];
    bad_.send(bytes);
    expect_dropped("is not imported");
}

TEST_F(Hostile, ASequenceTwiceIsDropped) {
    import();
    bad_.send(bad_.submit_bytes(5, true, 2, 64));
    bad_.send(bad_.submit_bytes(5, true, 2, 64));
    expect_dropped("sequence 5 twice");
}

TEST_F(Hostile, AFloodOfTransfersIsDropped) {
    import();
    Bytes flood;
    for (std::uint32_t i = 1; i <= 1025; ++i) {
        const Bytes one = bad_.submit_bytes(i, true, 2, 64);
        flood.insert(flood.end(), one.begin(), one.end());
    }
    bad_.send(flood);
    expect_dropped("too many transfers in flight");
}

TEST_F(Hostile, RoomForMoreThanThereIsIsDropped) {
    import();
    for (std::uint32_t i = 1; i <= 5; ++i) bad_.send(bad_.submit_bytes(i, true, 2, 4 << 20));
    expect_dropped("too many bytes in flight");
}

TEST_F(Hostile, HalfAMessageIsDroppedAfterAWhile) {
    import();
    Bytes bytes = bad_.submit_bytes(1, false, 1, 64);
    bytes.resize(bytes.size() + 10);
    bad_.send(bytes);
    expect_dropped("did not finish its message");
}

TEST_F(Hostile, SilenceBeforeARequestIsDroppedAfterAWhile) {
    expect_dropped("did not finish its message");
}

TEST_F(Hostile, APeerThatTakesNothingIsDroppedAfterAWhile) {
    import();
    // Questions without end, and no ear for the answers: the sockets fill up, then we stop listening to it.
    const Bytes question = bad_.submit_bytes(1, true, 0, 4096, 0, {0xC0, recall_request, 0, 0, 4096});
    Bytes store = bad_.submit_bytes(2, false, 0, 4096, 0, {0x40, store_request, 0, 0, 4096});
    store.resize(store.size() + 4096, 0x5A);
    bad_.send(store);
    Bytes questions;
    for (int i = 0; i < 10000; ++i) questions.insert(questions.end(), question.begin(), question.end());
    bad_.send(questions);
    for (int i = 0; i < 400 && exporter_.dropped().empty(); ++i) std::this_thread::sleep_for(10ms);
    expect_dropped("does not take its answers");
}

TEST_F(Hostile, MoreConnectionsThanAllowedAreTurnedAway) {
    std::vector<std::unique_ptr<Client>> crowd;
    for (int i = 0; i < 6; ++i) crowd.push_back(std::make_unique<Client>(exporter_.port()));
    Client last(exporter_.port());
    EXPECT_TRUE(last.closed());
    EXPECT_THAT(exporter_.dropped(), Contains(HasSubstr("are connected already")));
}

TEST_F(Hostile, AControlTransferAtOddsWithItselfStalls) {
    import();
    bad_.send(bad_.submit_bytes(1, false, 0, 4, 0, {0xC0, echo_request, 0, 0, 4}));
    bad_.send({1, 2, 3, 4});
    EXPECT_EQ(bad_.answer()->status, -32);
}

}  // namespace
}  // namespace singel::tests::usbip
