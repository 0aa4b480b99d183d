#include "instrument/lasting.hpp"

#include <algorithm>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spectra/core/result.hpp"
#include "tests/unit/instrument-hotplug/made_up_bus.hpp"

namespace singel::instrument {
namespace {

using namespace std::chrono_literals;
using core::Fault;
using testing::ElementsAre;
using What = Presence::What;

struct Lasting {
    asio::io_context io{1};
    std::shared_ptr<MadeUpBus> bus = std::make_shared<MadeUpBus>(io.get_executor());
    SpectrometerPtr instrument;
    std::vector<Presence> heard;
    std::string model = "USB2000+";
    Settings settings;

    asio::awaitable<void> open(MadeUpBus::Unit& unit) {
        LastingOptions options;
        options.witness = [this](const Presence& presence) { heard.push_back(presence); };
        instrument = co_await open_lasting(bus, unit.place.id, options);
        settings.integration_time =
            std::clamp(Settings{20ms}.integration_time, instrument->description().integration.min,
                       instrument->description().integration.max);
        co_await instrument->apply(settings);
    }
    void unplug_for(MadeUpBus::Unit& unit, Bus::Duration duration) {
        bus->unplug(unit);
        bus->plan(duration, [this, &unit] { bus->plug(unit); });
    }
    std::vector<What> told() const {
        std::vector<What> all;
        for (const Presence& presence : heard) all.push_back(presence.what);
        return all;
    }
};

asio::awaitable<void> capture_one(Lasting& l) {
    co_await l.instrument->capture();
}

class EveryLastingSpectrometer : public testing::TestWithParam<std::string> {};
std::string name_of(const testing::TestParamInfo<std::string>& info) {
    std::string name;
    for (const char letter : info.param)
        name += letter == '+'                                           ? "Plus"
                : std::isalnum(static_cast<unsigned char>(letter)) != 0 ? std::string(1, letter)
                                                                        : "_";
    return name;
}
INSTANTIATE_TEST_SUITE_P(InProcess, EveryLastingSpectrometer, testing::ValuesIn(driven_models()), name_of);

TEST_P(EveryLastingSpectrometer, GoesOnWithItsSettingsAfterAReplug) {
    Lasting lasting;
    lasting.model = GetParam();
    run_all(lasting.io, [](Lasting& l) -> asio::awaitable<void> {
        auto& unit = l.bus->add(l.model, "SERIAL1");
        co_await l.open(unit);
        const core::Frame before = co_await l.instrument->capture();
        l.unplug_for(unit, 5000ms);
        const core::Frame after = co_await l.instrument->capture();
        EXPECT_GE(l.bus->now(), 5000ms);
        EXPECT_EQ(after.settings.integration_time, before.settings.integration_time);
        EXPECT_GT(after.settings.generation, before.settings.generation);
        EXPECT_EQ(after.instrument.serial, before.instrument.serial);
        EXPECT_EQ(after.counts.size(), before.counts.size());
        EXPECT_EQ(unit.opened, 2);
        co_await l.instrument->close();
    }(lasting));
}

TEST_P(EveryLastingSpectrometer, ReportsTheFrameThatWasUnderWayAsLostOnce) {
    Lasting lasting;
    lasting.model = GetParam();
    run_all(lasting.io, [](Lasting& l) -> asio::awaitable<void> {
        auto& unit = l.bus->add(l.model, "SERIAL1");
        co_await l.open(unit);
        const core::Frame before = co_await l.instrument->capture();
        l.unplug_for(unit, 5000ms);
        const core::Frame after = co_await l.instrument->capture();
        const Counters counters = l.instrument->counters();
        EXPECT_EQ(counters.frames_delivered, 2u);
        EXPECT_EQ(after.number, before.number + 1 + counters.frames_lost);
        std::uint64_t told = 0;
        for (const Presence& presence : l.heard) told += presence.frames_lost;
        EXPECT_EQ(told, counters.frames_lost);
        EXPECT_THAT(l.told(), ElementsAre(What::away, What::back));
        EXPECT_THAT(l.heard.at(1).sentence(), testing::HasSubstr("SERIAL1 is back"));
        co_await l.instrument->close();
    }(lasting));
}

TEST(LastingSpectrometer, TakesTheRightOneOfTwoOfItsModel) {
    Lasting lasting;
    run_all(lasting.io, [](Lasting& l) -> asio::awaitable<void> {
        auto& unit = l.bus->add(l.model, "MINE");
        co_await l.open(unit);
        l.bus->unplug(unit);
        auto& other = l.bus->add(l.model, "OTHER");
        l.bus->plan(5000ms, [&] { l.bus->plug(unit); });
        const core::Frame frame = co_await l.instrument->capture();
        EXPECT_EQ(frame.instrument.serial, "MINE");
        EXPECT_EQ(other.opened, 1) << "looked at once, and let go";
        SpectrometerPtr free = co_await l.bus->open(other.place.id);
        EXPECT_EQ(free->description().identity.serial, "OTHER");
        co_await free->close();
        co_await l.instrument->close();
    }(lasting));
}

TEST(LastingSpectrometer, SaysThatItHasNotComeBackAndIsThereWhenItHas) {
    Lasting lasting;
    run_all(lasting.io, [](Lasting& l) -> asio::awaitable<void> {
        auto& unit = l.bus->add(l.model, "MINE");
        co_await l.open(unit);
        l.bus->unplug(unit);
        const auto first = co_await fault_of(capture_one(l));
        EXPECT_EQ(first, Fault::disconnected);
        EXPECT_EQ(l.bus->now(), LastingOptions{}.patience);
        l.bus->plug(unit);
        const auto second = co_await fault_of(capture_one(l));
        EXPECT_EQ(second, std::nullopt);
        EXPECT_THAT(l.told(), ElementsAre(What::away, What::back));
        co_await l.instrument->close();
    }(lasting));
}

TEST(LastingSpectrometer, WaitsForPermissionsAndForOtherPrograms) {
    for (const Fault fault : {Fault::permission_denied, Fault::busy, Fault::input_output}) {
        Lasting lasting;
        auto& unit = lasting.bus->add(lasting.model, "MINE");
        run_all(lasting.io, [](Lasting& l, MadeUpBus::Unit& one, Fault refusal) -> asio::awaitable<void> {
            co_await l.open(one);
            l.unplug_for(one, 1000ms);
            one.refuses = refusal;
            l.bus->plan(4000ms, [&] { one.refuses.reset(); });
            co_await l.instrument->capture();
            EXPECT_GE(l.bus->now(), 4000ms);
            EXPECT_LE(l.bus->now(), 5000ms);
            co_await l.instrument->close();
        }(lasting, unit, fault));
    }
}

TEST(LastingSpectrometer, SurvivesAnUnplugInTheMidstOfItsReturn) {
    for (std::uint64_t exchange = 1; exchange < 40; exchange += 3) {
        Lasting lasting;
        auto& unit = lasting.bus->add(lasting.model, "MINE");
        run_all(lasting.io, [](Lasting& l, MadeUpBus::Unit& one, std::uint64_t nth) -> asio::awaitable<void> {
            co_await l.open(one);
            const std::uint64_t done = l.bus->truth(one).exchanges;
            l.unplug_for(one, 1000ms);
            one.device->inject({virtual_instrument::FaultKind::unplug, done + nth, 0ms}, one.link->now());
            const auto fault = co_await fault_of(capture_one(l));
            EXPECT_EQ(fault, std::nullopt) << "exchange " << nth;
            co_await l.instrument->close();
        }(lasting, unit, exchange));
    }
}

TEST(LastingSpectrometer, StreamsAsManyFramesAsWereAskedFor) {
    Lasting lasting;
    run_all(lasting.io, [](Lasting& l) -> asio::awaitable<void> {
        auto& unit = l.bus->add(l.model, "MINE");
        co_await l.open(unit);
        std::vector<std::uint64_t> numbers;
        const FrameSink sink = [&](core::Frame frame) {
            numbers.push_back(frame.number);
            if (numbers.size() == 3) l.unplug_for(unit, 2000ms);
        };
        co_await l.instrument->stream(8, sink);
        EXPECT_EQ(numbers.size(), 8u);
        EXPECT_TRUE(std::ranges::is_sorted(numbers));
        EXPECT_EQ(numbers.back(), 8 + l.instrument->counters().frames_lost);
        co_await l.instrument->close();
    }(lasting));
}

TEST(LastingSpectrometer, AppliesWhatWasAskedForWhileItWasAway) {
    Lasting lasting;
    run_all(lasting.io, [](Lasting& l) -> asio::awaitable<void> {
        auto& unit = l.bus->add(l.model, "MINE");
        co_await l.open(unit);
        l.unplug_for(unit, 2000ms);
        const core::FrameSettings in_force = co_await l.instrument->apply(Settings{35ms});
        EXPECT_EQ(in_force.integration_time, 35ms);
        l.unplug_for(unit, 2000ms);
        const core::Frame frame = co_await l.instrument->capture();
        EXPECT_EQ(frame.settings.integration_time, 35ms);
        co_await l.instrument->close();
    }(lasting));
}

asio::awaitable<void> apply_nonsense(Lasting& l) {
    co_await l.instrument->apply(Settings{-1us});
}

TEST(LastingSpectrometer, LeavesOtherFailuresAsTheyAre) {
    Lasting lasting;
    run_all(lasting.io, [](Lasting& l) -> asio::awaitable<void> {
        auto& unit = l.bus->add(l.model, "MINE");
        co_await l.open(unit);
        const auto fault = co_await fault_of(apply_nonsense(l));
        EXPECT_EQ(fault, Fault::invalid_argument);
        EXPECT_EQ(unit.opened, 1);
        EXPECT_TRUE(l.heard.empty());
        co_await l.instrument->close();
    }(lasting));
}

TEST(LastingSpectrometer, FreesACancelledCallerWhileItIsAway) {
    Lasting lasting;
    auto& unit = lasting.bus->add(lasting.model, "MINE");
    run_all(lasting.io, lasting.open(unit));
    lasting.bus->unplug(unit);
    asio::cancellation_signal cancel;
    lasting.bus->plan(3000ms, [&] { cancel.emit(asio::cancellation_type::terminal); });
    std::optional<Fault> ended;
    lasting.io.restart();
    asio::co_spawn(lasting.io, fault_of(capture_one(lasting)),
                   asio::bind_cancellation_slot(
                       cancel.slot(), [&](std::exception_ptr, std::optional<Fault> fault) { ended = fault; }));
    lasting.io.run();
    EXPECT_EQ(ended, Fault::cancelled);
    EXPECT_LT(lasting.bus->now(), LastingOptions{}.patience);
    lasting.io.restart();
    run_all(lasting.io, lasting.instrument->close());
}

}  // namespace
}  // namespace singel::instrument
