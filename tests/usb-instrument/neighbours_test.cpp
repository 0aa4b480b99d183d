#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <gtest/gtest.h>

#include "instrument/signal.hpp"
#include "instrument/survey.hpp"
#include "tests/usb-instrument/on_the_bus.hpp"

// A look at the bus while an instrument measures.
namespace singel::tests {
namespace {

using namespace std::chrono_literals;
using instrument::Access;

asio::awaitable<void> capture_many(instrument::Spectrometer& spectrometer, instrument::Signal& done) {
    for (int frame = 0; frame < 60; ++frame) co_await spectrometer.capture();
    done.set();
}

asio::awaitable<void> look_while_it_measures(asio::io_context& io) {
    const std::string id = co_await first_id();
    const auto spectrometer = co_await instrument::open(id);
    co_await spectrometer->apply(settings_near(spectrometer->description(), 20ms));
    instrument::Signal done(io.get_executor());
    asio::co_spawn(io, capture_many(*spectrometer, done), asio::detached);
    int looks = 0;
    for (; !done.is_set() && looks < 1000; ++looks) {
        const auto all = co_await instrument::survey(instrument::Opening::none);
        EXPECT_EQ(all.size(), 2u);
        for (const auto& one : all)
            EXPECT_EQ(one.found.access, one.found.id == id ? Access::busy : Access::usable) << one.found.id;
    }
    EXPECT_GT(looks, 3);
    const instrument::Counters counters = spectrometer->counters();
    EXPECT_EQ(counters.frames_delivered, 60u);
    EXPECT_EQ(counters.frames_lost, 0u);
    EXPECT_EQ(counters.recoveries, 0u);
    co_await spectrometer->close();
}

TEST(Neighbours, ALookAtTheBusTakesNothingFromAnInstrumentThatMeasures) {
    run_on_the_bus(look_while_it_measures);
}

// Opening in earnest waits for somebody who only looks.
asio::awaitable<void> open_while_others_look(asio::io_context& io) {
    const std::string id = co_await first_id();
    bool looking = true;
    instrument::Signal ended(io.get_executor());
    const auto look = [](bool& go_on, instrument::Signal& end) -> asio::awaitable<void> {
        while (go_on) co_await instrument::discover(false);
        end.set();
    };
    asio::co_spawn(io, look(looking, ended), asio::detached);
    for (int times = 0; times < 5; ++times) {
        const auto spectrometer = co_await instrument::open(id);
        co_await spectrometer->close();
    }
    looking = false;
    co_await ended.wait();
}

TEST(Neighbours, OpeningIsNotDisturbedByALook) {
    run_on_the_bus(open_while_others_look);
}

asio::awaitable<void> survey_and_open(asio::io_context&) {
    const auto quiet = co_await instrument::survey(instrument::Opening::none);
    for (const auto& one : quiet) {
        EXPECT_TRUE(one.found.serial.empty());
        EXPECT_FALSE(one.port.empty());
        EXPECT_TRUE(one.found.simulated);
    }
    const auto open = co_await instrument::survey(instrument::Opening::free);
    EXPECT_EQ(open.size(), 2u);
    EXPECT_FALSE(open.at(0).found.serial.empty());
    EXPECT_NE(open.at(0).found.serial, open.at(1).found.serial);
    for (const auto& one : open) EXPECT_FALSE(one.problem.has_value()) << one.problem->sentence();
}

TEST(Neighbours, ASurveyTellsSerialNumbersOnlyWhenItMayOpen) {
    run_on_the_bus(survey_and_open);
}

}  // namespace
}  // namespace singel::tests
