#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/instrument-frames/made_up_source.hpp"

namespace singel::instrument {
namespace {

namespace asio = boost::asio;
using core::Fault;
using made_up::Source;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using namespace std::chrono_literals;

asio::awaitable<void> prepare(Source& source) {
    co_await make_ready(source, source.book, source.link());
}

TEST(Recovery, TakesTheGentlestRungThatHelpsAndNotesEachStep) {
    asio::io_context io;
    Source source(io);
    source.rung_results = {Fault::timed_out, std::nullopt, std::nullopt};
    source.book.suspect = true;
    EXPECT_FALSE(source.run(prepare));
    EXPECT_THAT(source.climbed, ElementsAre(0, 1));
    EXPECT_EQ(source.book.counters.recoveries, 2u);
    ASSERT_EQ(source.book.recoveries.size(), 2u);
    EXPECT_EQ(source.book.recoveries[0].step, "drain");
    EXPECT_FALSE(source.book.recoveries[0].helped);
    EXPECT_EQ(source.book.recoveries[1].step, "reset");
    EXPECT_TRUE(source.book.recoveries[1].helped);
    EXPECT_GT(source.book.recoveries[1].at, source.book.recoveries[0].at);
    EXPECT_FALSE(source.book.suspect);
}

TEST(Recovery, AsksForRepluggingWithTheSerialWhenNoRungHelped) {
    asio::io_context io;
    Source source(io);
    source.rung_results = {Fault::timed_out, Fault::stalled};
    source.book.suspect = true;
    const auto error = source.run(prepare);
    ASSERT_TRUE(error.has_value());
    EXPECT_THAT(error->sentence(), AllOf(HasSubstr("MU-7"), HasSubstr("still dead"), HasSubstr("plug it in again")));
    EXPECT_TRUE(source.book.suspect);
}

TEST(Recovery, DoesNotHammerAnInstrumentThatStaysDead) {
    asio::io_context io;
    Source source(io);
    source.rung_results = {Fault::timed_out};
    source.book.suspect = true;
    EXPECT_TRUE(source.run(prepare));
    source.book.dirty = false;
    EXPECT_TRUE(source.run(prepare));
    EXPECT_EQ(source.climbed.size(), 1u);
    source.run([](Source& s) -> asio::awaitable<void> { co_await s.link().wait(260ms); });
    source.book.dirty = false;
    EXPECT_TRUE(source.run(prepare));
    EXPECT_EQ(source.climbed.size(), 2u);
    source.run([](Source& s) -> asio::awaitable<void> { co_await s.link().wait(260ms); });
    source.book.dirty = false;
    EXPECT_TRUE(source.run(prepare));
    EXPECT_EQ(source.climbed.size(), 2u) << "the second time it stays away twice as long";
    source.rung_results = {std::nullopt};
    source.run([](Source& s) -> asio::awaitable<void> { co_await s.link().wait(30s); });
    EXPECT_FALSE(source.run(prepare));
}

TEST(Recovery, BeginsNoRungWhenItsTimeIsSpent) {
    asio::io_context io;
    Source source(io);
    source.rung_results = {Fault::timed_out, Fault::timed_out, std::nullopt};
    source.rung_takes = 6s;
    source.book.suspect = true;
    EXPECT_TRUE(source.run(prepare));
    EXPECT_THAT(source.climbed, ElementsAre(0, 1));
}

TEST(Recovery, HasTimeForLongIntegrations) {
    asio::io_context io;
    Source source(io);
    source.rung_results = {Fault::timed_out, Fault::timed_out, std::nullopt};
    source.rung_takes = 6s;
    source.book.slowest = 1s;
    source.book.suspect = true;
    EXPECT_FALSE(source.run(prepare));
}

TEST(Recovery, EndsAtOnceWhenTheInstrumentIsUnplugged) {
    asio::io_context io;
    Source source(io);
    source.rung_results = {Fault::disconnected, std::nullopt};
    source.book.suspect = true;
    const auto error = source.run(prepare);
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->fault, Fault::disconnected);
    EXPECT_THAT(source.climbed, ElementsAre(0));
}

TEST(Recovery, IsNotNeededAfterACancellation) {
    asio::io_context io;
    Source source(io);
    source.rung_results = {std::nullopt};
    source.book.dirty = true;
    EXPECT_FALSE(source.run(prepare));
    EXPECT_THAT(source.climbed, IsEmpty());
    EXPECT_EQ(source.drained, 1);
}

}  // namespace
}  // namespace singel::instrument
