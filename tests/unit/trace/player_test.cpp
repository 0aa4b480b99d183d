#include "firmware-bridge/trace/player.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/trace/host.hpp"

namespace singel::firmware_bridge::trace {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;

constexpr std::uint8_t out = 0x01, in = 0x82;

Transfer bulk(Microseconds at, Microseconds took, std::uint8_t endpoint, std::vector<std::uint8_t> data,
              std::size_t asked = 0) {
    Transfer transfer;
    transfer.at = at;
    transfer.took = took;
    transfer.endpoint = endpoint;
    transfer.asked = asked == 0 ? data.size() : asked;
    transfer.actual = data.size();
    transfer.data = std::move(data);
    return transfer;
}

Transfer control_in(Microseconds at, std::uint8_t request, std::vector<std::uint8_t> data) {
    Transfer transfer = bulk(at, 0us, 0x80, std::move(data), 8);
    transfer.control = true;
    transfer.setup = {0xC0, request, 0, 0, 8};
    return transfer;
}

struct Bench {
    explicit Bench(std::vector<Transfer> transfers)
        : player(make(std::move(transfers)), "FILE", [this](const auto& s) { complaints.push_back(s); }) {}
    static Trace make(std::vector<Transfer> transfers) {
        Trace trace;
        trace.header.descriptors.device.assign(18, 7);
        trace.header.descriptors.strings = {"Maker"};
        for (Transfer& transfer : transfers)
            trace.entries.push_back({trace.entries.size() + 10, std::move(transfer)});
        return trace;
    }
    std::vector<std::string> complaints;
    Player player;
    Host host{player};
};

TEST(Player, AnswersWhatWasAskedThenWithWhatCameThen) {
    Bench bench({bulk(10us, 0us, out, {9}), bulk(1010us, 1000us, in, {1, 2, 3}, 64)});
    const auto command = bench.host.write(out, {9});
    ASSERT_TRUE(bench.host.answer(command));
    EXPECT_EQ(bench.host.answer(command)->actual, 1u);
    const auto read = bench.host.read(in, 64);
    EXPECT_FALSE(bench.host.answer(read)) << "no earlier than then";
    EXPECT_EQ(bench.player.next_event(), std::optional<Clock>(1000us));
    bench.host.wait_until(1000us);
    ASSERT_TRUE(bench.host.answer(read));
    EXPECT_EQ(bench.host.answer(read)->in, (std::vector<std::uint8_t>{1, 2, 3}));
    EXPECT_EQ(bench.player.played(), 2u);
    EXPECT_TRUE(bench.complaints.empty());
}

TEST(Player, HoldsAReadUntilWhatWasSentBeforeItIsSentAgain) {
    Bench bench({bulk(10us, 0us, out, {9}), bulk(20us, 20us, in, {1}, 64)});
    const auto read = bench.host.read(in, 64);
    bench.host.wait_until(50ms);
    EXPECT_FALSE(bench.host.answer(read));
    EXPECT_FALSE(bench.player.next_event());
    bench.host.write(out, {9});
    bench.host.wait_until(50ms + 10us);
    EXPECT_TRUE(bench.host.answer(read));
}

TEST(Player, NamesTheLineOfAMismatchAndStalls) {
    Bench bench({bulk(10us, 0us, out, {9, 1})});
    const auto command = bench.host.write(out, {9, 2});
    EXPECT_EQ(bench.host.answer(command)->status, Status::stall);
    ASSERT_EQ(bench.complaints.size(), 1u);
    EXPECT_THAT(bench.complaints[0],
                AllOf(HasSubstr("FILE line 10: expected 2 bytes 0901 to 01"), HasSubstr("got 2 bytes 0902 to 01")));
    EXPECT_EQ(bench.player.mismatches(), 1u);
    EXPECT_EQ(bench.host.answer(bench.host.write(out, {9, 1}))->status, Status::ok) << "the line is still there";
}

TEST(Player, ComplainsAboutWhatComesAfterTheEnd) {
    Bench bench({});
    bench.host.write(out, {1});
    bench.host.control({0xC0, 0x55, 0, 0, 8});
    ASSERT_EQ(bench.complaints.size(), 2u);
    EXPECT_THAT(bench.complaints[0], HasSubstr("expected nothing more for endpoint 01"));
}

TEST(Player, LetsPollingControlTransfersChangePlaces) {
    Bench bench({control_in(1us, 1, {1}), control_in(2us, 2, {2}), control_in(3us, 1, {3})});
    const auto second = bench.host.control({0xC0, 2, 0, 0, 8});
    const auto first = bench.host.control({0xC0, 1, 0, 0, 8});
    const auto third = bench.host.control({0xC0, 1, 0, 0, 8});
    EXPECT_EQ(bench.host.answer(second)->in.at(0), 2);
    EXPECT_EQ(bench.host.answer(first)->in.at(0), 1);
    EXPECT_EQ(bench.host.answer(third)->in.at(0), 3);
}

Transfer control_out(Microseconds at, std::uint8_t request) {
    Transfer transfer = control_in(at, request, {});
    transfer.endpoint = 0;
    transfer.asked = 0;
    transfer.setup = {0x40, request, 0, 0, 0};
    return transfer;
}

std::uint8_t poll(Bench& bench) {
    return bench.host.answer(bench.host.control({0xC0, 1, 0, 0, 8}))->in.at(0);
}

TEST(Player, RepeatsAnAnswerThatIsPolledMoreOftenUntilTheHostGoesOn) {
    Bench bench({control_in(1us, 1, {1}), control_out(2us, 9), control_in(3us, 1, {0})});
    for (int i = 0; i < 3; ++i) EXPECT_EQ(poll(bench), 1);
    bench.host.control({0x40, 9, 0, 0, 0});
    for (int i = 0; i < 2; ++i) EXPECT_EQ(poll(bench), 0);
    EXPECT_EQ(bench.player.repeated(), 3u);
    EXPECT_TRUE(bench.complaints.empty());
}

TEST(Player, PassesOverPollsThatAreNotAskedAgainWhenTheHostGoesOn) {
    Bench bench({control_in(1us, 1, {1}), control_in(2us, 1, {1}), control_in(3us, 1, {1}), control_out(4us, 9),
                 control_in(5us, 1, {0})});
    EXPECT_EQ(poll(bench), 1);
    bench.host.control({0x40, 9, 0, 0, 0});
    EXPECT_EQ(poll(bench), 0) << "what came after the command, not what was polled before it";
    EXPECT_EQ(bench.player.passed_over(), 2u);
    EXPECT_TRUE(bench.complaints.empty());
}

TEST(Player, AnswersDescriptorsWheneverTheyAreAskedFor) {
    Bench bench({});
    const auto device = bench.host.control({0x80, 6, 0x0100, 0, 18});
    const auto string = bench.host.control({0x80, 6, 0x0301, 0x0409, 255});
    EXPECT_EQ(bench.host.answer(device)->in.size(), 18u);
    EXPECT_EQ(bench.host.answer(string)->in.size(), 12u);
    EXPECT_TRUE(bench.complaints.empty());
}

TEST(Player, LeavesWhatWasGivenUpThenWithoutAnswer) {
    Transfer drained = bulk(500us, 500us, in, {}, 64);
    drained.status = Status::cancelled;
    Bench bench({drained, bulk(900us, 0us, out, {1})});
    const auto read = bench.host.read(in, 64);
    bench.host.wait_until(10ms);
    EXPECT_FALSE(bench.host.answer(read));
    EXPECT_TRUE(bench.player.cancel(read, 10ms));
    EXPECT_EQ(bench.host.answer(read)->status, Status::cancelled);
    EXPECT_FALSE(bench.player.cancel(read, 10ms));
    EXPECT_EQ(bench.host.answer(bench.host.write(out, {1}))->status, Status::ok);
}

TEST(Player, GivesAReadThatIsCancelledTooEarlyToTheNextReader) {
    Bench bench({bulk(500us, 500us, in, {5}, 64)});
    const auto early = bench.host.read(in, 64);
    bench.player.cancel(early, 10us);
    bench.host.now = 10us;
    const auto next = bench.host.read(in, 64);
    bench.host.wait_until(1ms);
    ASSERT_TRUE(bench.host.answer(next));
    EXPECT_EQ(bench.host.answer(next)->in.at(0), 5);
}

TEST(Player, IsUnpluggedWhereTheTraceWas) {
    Transfer gone = bulk(1us, 1us, out, {1});
    gone.status = Status::no_device;
    Bench bench({gone, bulk(2us, 2us, in, {5}, 64)});
    const auto waiting = bench.host.read(in, 64);
    bench.host.write(out, {1});
    bench.host.wait_until(1us);
    EXPECT_FALSE(bench.player.present());
    EXPECT_EQ(bench.host.answer(waiting)->status, Status::no_device);
}

}  // namespace
}  // namespace singel::firmware_bridge::trace
