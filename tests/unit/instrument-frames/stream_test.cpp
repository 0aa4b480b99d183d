#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/instrument-frames/made_up_source.hpp"

namespace singel::instrument {
namespace {

namespace asio = boost::asio;
using core::Fault;
using made_up::Source;
using testing::ElementsAre;
using testing::HasSubstr;
using namespace std::chrono_literals;

std::vector<std::uint64_t> numbers(const Source& source) {
    std::vector<std::uint64_t> all;
    for (const core::Frame& frame : source.delivered) all.push_back(frame.number);
    return all;
}
// Which request each delivered frame answers.
std::vector<std::uint32_t> requests(const Source& source) {
    std::vector<std::uint32_t> all;
    for (const core::Frame& frame : source.delivered) all.push_back(frame.counts.at(0));
    return all;
}
// Every frame that was asked for was delivered, discarded as stale, or reported lost: once.
void expect_nothing_vanished(const Source& source) {
    const Counters& c = source.book.counters;
    EXPECT_EQ(c.frames_requested, source.asked);
    EXPECT_EQ(c.frames_requested, c.frames_delivered + c.stale_discarded + c.frames_lost);
    EXPECT_EQ(source.book.numbered, c.frames_delivered + c.frames_lost);
    EXPECT_EQ(source.book.in_flight, 0u);
}

asio::awaitable<void> stream_five(Source& source) {
    co_await source.stream(5);
}
asio::awaitable<void> stream_nine(Source& source) {
    co_await source.stream(9);
}

TEST(Stream, DeliversFramesInOrderAndKeepsTheInstrumentBusy) {
    asio::io_context io;
    Source source(io);
    EXPECT_FALSE(source.run(stream_five));
    EXPECT_THAT(numbers(source), ElementsAre(1, 2, 3, 4, 5));
    EXPECT_THAT(requests(source), ElementsAre(0, 1, 2, 3, 4));
    EXPECT_EQ(source.now(), 5 * made_up::integration);
    EXPECT_EQ(source.most_in_flight, 3u);
    expect_nothing_vanished(source);
}

TEST(Stream, NeverAsksForMoreThanItWasAskedFor) {
    asio::io_context io;
    Source source(io);
    source.book.stale_left = 2;
    EXPECT_FALSE(source.run(stream_five));
    EXPECT_EQ(source.asked, 7u);
    EXPECT_THAT(requests(source), ElementsAre(2, 3, 4, 5, 6));
    EXPECT_EQ(source.delivered.at(0).stale_discarded, 2u);
    EXPECT_EQ(source.delivered.at(1).stale_discarded, 0u);
    expect_nothing_vanished(source);
}

TEST(Stream, LosesWhatWasAskedForAndSaysHowMany) {
    asio::io_context io;
    Source source(io);
    source.rung_results = {std::nullopt};
    source.events[2].fails = Fault::protocol;
    const auto error = source.run(stream_nine);
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->fault, Fault::protocol);
    EXPECT_THAT(error->what, HasSubstr("3 frames from 3 on were lost: made up"));
    EXPECT_THAT(numbers(source), ElementsAre(1, 2));
    EXPECT_EQ(source.book.counters.frames_lost, 3u);
    expect_nothing_vanished(source);

    EXPECT_FALSE(source.run(stream_five));
    EXPECT_THAT(numbers(source), ElementsAre(1, 2, 6, 7, 8, 9, 10));
    EXPECT_EQ(source.book.counters.recoveries, 1u);
    EXPECT_EQ(source.drained, 1);
    expect_nothing_vanished(source);
}

TEST(Stream, AsksOneAtATimeAfterARequestAheadWasNotAnswered) {
    asio::io_context io;
    Source source(io);
    source.rung_results = {std::nullopt};
    source.events[1].fails = Fault::timed_out;
    EXPECT_TRUE(source.run(stream_five));
    source.most_in_flight = 0;
    EXPECT_FALSE(source.run(stream_five));
    EXPECT_EQ(source.most_in_flight, 1u);
    expect_nothing_vanished(source);
}

TEST(Stream, AsksForOneFrameOnlyWhileATriggerIsAwaited) {
    asio::io_context io;
    Source source(io);
    source.book.settings.trigger = core::Trigger::external_edge;
    EXPECT_FALSE(source.run(stream_five));
    EXPECT_EQ(source.most_in_flight, 1u);
}

TEST(Stream, MixesNoFramesOfTwoGenerations) {
    asio::io_context io;
    Source source(io);
    source.after = [&](std::uint64_t number) {
        if (number != 2) return;
        core::FrameSettings other = source.book.settings;
        other.laser_on = true;
        source.book.changed(other, 1);
    };
    EXPECT_FALSE(source.run(stream_five));
    // 2, 3 and 4 were asked for before the change, 5 is what was being prepared then.
    EXPECT_THAT(requests(source), ElementsAre(0, 1, 6, 7, 8));
    EXPECT_FALSE(source.delivered.at(1).settings.laser_on);
    EXPECT_TRUE(source.delivered.at(2).settings.laser_on);
    EXPECT_EQ(source.delivered.at(2).stale_discarded, 4u);
    expect_nothing_vanished(source);
}

TEST(Stream, CountsTheFramesThatTheInstrumentsOwnNumbersShowMissing) {
    asio::io_context io;
    Source source(io);
    source.counts = true;
    source.events[2].count = 7;  // 1, 2, 7, 8, 9
    EXPECT_FALSE(source.run(stream_five));
    EXPECT_EQ(source.book.counters.missed_by_count, 4u);
    EXPECT_EQ(source.delivered.at(2).device_count, 7u);
    EXPECT_EQ(source.book.counters.frames_lost, 0u);
}

TEST(Stream, DeliversNoFrameTwiceAndNoOlderOne) {
    asio::io_context io;
    Source source(io);
    source.counts = true;
    source.events[2].count = 2;  // again
    source.events[3].count = 1;  // older
    source.events[4].count = 3;
    EXPECT_FALSE(source.run(stream_five));
    EXPECT_THAT(requests(source), ElementsAre(0, 1, 4, 5, 6));
    EXPECT_EQ(source.delivered.at(2).stale_discarded, 2u);
    EXPECT_EQ(source.book.counters.missed_by_count, 0u);
    expect_nothing_vanished(source);
}

TEST(Stream, RefusesAnInstrumentThatRepeatsAFrameForEver) {
    asio::io_context io;
    Source source(io);
    source.counts = true;
    for (std::uint64_t request = 1; request < 100; ++request) source.events[request].count = 1;
    const auto error = source.run(stream_five);
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->fault, Fault::protocol);
    EXPECT_THAT(error->what, HasSubstr("repeats frame 1"));
    EXPECT_THAT(numbers(source), ElementsAre(1));
}

TEST(Stream, BeginsToCountAnewWithNewSettings) {
    asio::io_context io;
    Source source(io);
    source.counts = true;
    EXPECT_FALSE(source.run(stream_five));
    source.book.changed(source.book.settings, 0);
    source.events[5].count = 1;
    EXPECT_FALSE(source.run(stream_five));
    EXPECT_EQ(source.delivered.size(), 10u);
    EXPECT_EQ(source.book.counters.missed_by_count, 0u);
}

TEST(Stream, ThrowsAwayFramesMadeAheadBeforeAPause) {
    asio::io_context io;
    Source source(io);
    source.book.made_ahead = 2;
    EXPECT_FALSE(source.run(stream_five));
    EXPECT_FALSE(source.run(stream_five));
    EXPECT_EQ(source.book.counters.stale_discarded, 0u);
    source.run([](Source& s) -> asio::awaitable<void> { co_await s.link().wait(1100ms); });
    EXPECT_FALSE(source.run(stream_five));
    EXPECT_EQ(source.book.counters.stale_discarded, 2u);
    EXPECT_EQ(source.delivered.at(10).stale_discarded, 2u);
}

TEST(Stream, PassesOnWhatItsReceiverThrowsAndBooksTheRest) {
    asio::io_context io;
    Source source(io);
    source.after = [&](std::uint64_t number) {
        if (number == 2) throw core::Failure(Fault::disk_full, "no room");
    };
    const auto error = source.run(stream_nine);
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->fault, Fault::disk_full);
    EXPECT_EQ(source.book.counters.frames_lost, 3u);
    expect_nothing_vanished(source);
    source.after = nullptr;
    EXPECT_FALSE(source.run(stream_five));
    EXPECT_EQ(source.book.counters.recoveries, 0u);
}

TEST(Stream, IsCancelledWithAllThatIsInFlightAndTheNextOneWaitsForIt) {
    asio::io_context io;
    Source source(io);
    std::optional<core::Error> error;
    asio::cancellation_signal cancel;
    source.after = [&](std::uint64_t number) {
        if (number == 3) cancel.emit(asio::cancellation_type::terminal);
    };
    asio::co_spawn(io, stream_nine(source),
                   asio::bind_cancellation_slot(cancel.slot(), [&](std::exception_ptr problem) {
                       try {
                           if (problem) std::rethrow_exception(problem);
                       } catch (const core::Failure& failure) {
                           error = failure.error();
                       }
                   }));
    io.run();
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->fault, Fault::cancelled);
    EXPECT_EQ(source.delivered.size(), 3u);
    expect_nothing_vanished(source);

    const auto cancelled = source.now();
    source.after = nullptr;
    EXPECT_FALSE(source.run(stream_five));
    EXPECT_EQ(source.drained, 1);
    EXPECT_EQ(source.book.counters.recoveries, 0u);
    EXPECT_GE(source.now() - cancelled, 3 * made_up::integration + 5 * made_up::integration);
    expect_nothing_vanished(source);
}

TEST(FrameDeadline, GrowsWithTheIntegrationTimeAndWithTheFramesInFlight) {
    FrameBook book;
    book.slowest = 2s;
    EXPECT_EQ(frame_deadline(book), 5s);
    EXPECT_EQ(frame_deadline(book), frame_deadline(2s));
    book.in_flight = 3;
    EXPECT_EQ(frame_deadline(book), 9s);
}

}  // namespace
}  // namespace singel::instrument
