#include "instrument/ocean_ooi/models.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <numeric>
#include <set>

#include "tests/unit/instrument-ooi/stand.hpp"

// Every row of the table, at both bus speeds, against the virtual instrument of the same name.
namespace singel::instrument::ooi_test {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using virtual_instrument::Speed;

struct Row {
    std::string name;
    Speed speed;
};

std::vector<Row> rows() {
    std::vector<Row> all;
    for (const ocean_ooi::Model& model : ocean_ooi::models)
        for (const Speed speed : {Speed::high, Speed::full}) all.push_back({std::string(model.known.name), speed});
    all.push_back({"Flame-S", Speed::high});
    all.push_back({"Flame-T", Speed::high});
    return all;
}

std::string name_of_row(const testing::TestParamInfo<Row>& row) {
    return letters_of(row.param.name) + (row.param.speed == Speed::high ? "HighSpeed" : "FullSpeed");
}

class OceanModel : public testing::TestWithParam<Row> {};
INSTANTIATE_TEST_SUITE_P(Rows, OceanModel, testing::ValuesIn(rows()), name_of_row);

TEST_P(OceanModel, GivesItsWholeDetectorWithTheLightAboveTheDark) {
    Stand stand(GetParam().name, GetParam().speed, 5.0);
    const auto error = stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.open();
        const Description& d = s.instrument->description();
        EXPECT_EQ(d.wavelengths.size(), d.pixels);
        EXPECT_FALSE(d.identity.serial.empty());
        const auto time = std::max<std::chrono::microseconds>(20ms, d.integration.min);
        const auto in_force = co_await s.instrument->apply({time});
        const core::Frame frame = co_await s.instrument->capture();
        EXPECT_EQ(frame.settings, in_force);
        EXPECT_EQ(s.last_frame().integration, time);
        EXPECT_EQ(frame.counts.size(), d.pixels);
        EXPECT_THAT(frame.counts, Each(testing::Le(d.full_scale)));
        const auto mean = [&](std::size_t first, std::size_t last) {
            const auto from = frame.counts.begin() + static_cast<std::ptrdiff_t>(first);
            const auto to = frame.counts.begin() + static_cast<std::ptrdiff_t>(last) + 1;
            return std::accumulate(from, to, 0.0) / static_cast<double>(last - first + 1);
        };
        for (const PixelRange& dark : d.electric_dark)
            EXPECT_GT(mean(d.usable.first, d.usable.last), 1.5 * mean(dark.first, dark.last));
        co_await s.close();
    });
    EXPECT_FALSE(error.has_value()) << error->sentence();
    EXPECT_EQ(stand.device->resets, 0);
}

TEST_P(OceanModel, NamesItselfAndSaysWhatItCannotConfirm) {
    Stand stand(GetParam().name, GetParam().speed);
    stand.number = GetParam().name == "HR2000" || GetParam().name == "Jaz";
    stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.open();
        if (s.number == 1)
            EXPECT_THAT(s.instrument->description().warnings, ElementsAre(HasSubstr("cannot confirm its settings")));
        else
            EXPECT_THAT(s.instrument->description().warnings, IsEmpty());
        co_await s.close();
    });
    stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.open();
        const std::string model = s.instrument->description().identity.model;
        co_await s.close();
        s.number = s.device->descriptors().strings.at(1) == model + " (virtual)" ? 7 : 8;
    });
    EXPECT_EQ(stand.number, 7);
}

TEST(OceanModels, HaveEachAnIdOfTheirOwnAndLimitsThatFitTheirFields) {
    std::set<std::uint16_t> ids;
    for (const ocean_ooi::Model& model : ocean_ooi::models) {
        EXPECT_TRUE(ids.insert(model.known.product_id).second) << model.known.name;
        EXPECT_LT(model.usable.last, model.facts->detector_pixels) << model.known.name;
        EXPECT_LE(model.facts->detector_pixels, model.facts->dialect.pixels) << model.known.name;
        EXPECT_GE(model.made_ahead, 1u) << model.known.name;
    }
}

TEST(OceanModels, FlameSAndFlameTAreToldByTheirFpga) {
    for (const auto& [name, triggers] : {std::pair("Flame-S", 3u), std::pair("USB2000+", 3u)}) {
        Stand stand(name);
        stand.run([](Stand& s) -> asio::awaitable<void> { co_await s.open(); });
        EXPECT_EQ(stand.instrument->description().identity.model, name);
        EXPECT_EQ(stand.instrument->description().external_triggers.size(), triggers);
    }
}

TEST(OceanModels, ReadTheVersionInTheByteOrderThatMakesSense) {
    Stand stand("USB4000");
    stand.device->change_reply({0x6B, 0x04}, [](Between::Reply& reply) { std::swap(reply.at(1), reply.at(2)); });
    const auto error = stand.run([](Stand& s) -> asio::awaitable<void> { co_await s.open(); });
    ASSERT_FALSE(error.has_value());
    Stand plain("USB4000");
    plain.run([](Stand& s) -> asio::awaitable<void> { co_await s.open(); });
    EXPECT_EQ(stand.instrument->description().firmware, plain.instrument->description().firmware);
}

TEST(OceanModels, QE65000HasItsFirstCoefficientAtPixelTen) {
    Stand stand("QE65000");
    const auto set = [&](std::uint8_t slot, std::string_view text) {
        stand.device->change_reply({0x05, slot}, [text](Between::Reply& reply) {
            std::fill(reply.begin() + 2, reply.end(), 0);
            std::copy(text.begin(), text.end(), reply.begin() + 2);
        });
    };
    set(1, "200");
    set(2, "0.75");
    set(3, "-1e-5");
    set(4, "2e-9");
    stand.run([](Stand& s) -> asio::awaitable<void> { co_await s.open(); });
    const core::Axis& axis = stand.instrument->description().wavelengths;
    ASSERT_EQ(axis.size(), 1044u);
    EXPECT_NEAR(axis[10], 200, 1e-9);
    const double p = 1000 - 10;
    EXPECT_NEAR(axis[1000], 200 + 0.75 * p - 1e-5 * p * p + 2e-9 * p * p * p, 1e-6);
}

TEST(OceanModels, RefuseAWrongPixelCountByFieldAndValue) {
    Stand stand("USB2000+");
    stand.device->change_reply({0xFE}, [](Between::Reply& reply) { reply.at(1) = 0x07; });
    const auto error = stand.run([](Stand& s) -> asio::awaitable<void> { co_await s.open(); });
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->fault, core::Fault::protocol);
    EXPECT_THAT(error->what, AllOf(HasSubstr("status names 1792 pixels"), HasSubstr("2048")));
}

TEST(OceanModels, AnUnknownSpeedByteIsNoReasonToRefuse) {
    Stand stand("USB2000+");
    stand.device->change_reply({0xFE}, [](Between::Reply& reply) { reply.at(14) = 0x42; });
    EXPECT_FALSE(stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.open();
        co_await s.instrument->capture();
    }));
}

TEST(OceanModels, AFullSpeedStatusOnAHighSpeedBusIsSaid) {
    Stand stand("USB4000");
    stand.device->change_reply({0xFE}, [](Between::Reply& reply) { reply.at(14) = 0x00; });
    EXPECT_FALSE(stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.open();
        co_await s.instrument->capture();
    }));
    EXPECT_THAT(stand.instrument->description().warnings, ElementsAre(HasSubstr("bus speed")));
}

TEST(OceanModels, ReadSpectraFromTheSpectrumEndpointAtFullSpeed) {
    Stand stand("USB4000", Speed::full);
    stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.open();
        s.device->log.clear();
        co_await s.instrument->capture();
    });
    EXPECT_THAT(stand.device->log, AllOf(Contains("in 82"), Not(Contains("in 81")), Not(Contains("in 86"))));
}

TEST(OceanModels, AnOldUsb2000WithoutStatusOpensAndSaysSo) {
    Stand stand("USB2000");
    stand.device->swallow({0xFE});
    const auto error = stand.run([](Stand& s) -> asio::awaitable<void> {
        co_await s.open();
        co_await s.instrument->capture();
    });
    EXPECT_FALSE(error.has_value());
    EXPECT_THAT(stand.instrument->description().warnings, ElementsAre(HasSubstr("cannot confirm")));
}

TEST(OceanModels, WhatTheInstrumentIgnoresIsNoticedWhenReadBack) {
    Stand stand("HR4000");
    stand.run([](Stand& s) -> asio::awaitable<void> { co_await s.open(); });
    stand.device->swallow({0x02});
    const auto error = stand.run([](Stand& s) -> asio::awaitable<void> { co_await s.instrument->apply({30ms}); });
    ASSERT_TRUE(error.has_value());
    EXPECT_THAT(error->what, AllOf(HasSubstr("100000 µs"), HasSubstr("30000 µs")));
}

}  // namespace
}  // namespace singel::instrument::ooi_test
