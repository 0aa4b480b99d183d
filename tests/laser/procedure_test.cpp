#include <gmock/gmock.h>

#include "acquisition/pipeline/laser_terms.hpp"
#include "acquisition/pipeline/measure.hpp"
#include "tests/laser/stand.hpp"
#include "tests/laser/warming.hpp"

// Low power first, a ramp, and the stop on a rising baseline; the open beam and its key.
namespace singel::laser_campaign {
namespace {

using namespace std::chrono_literals;
using acquisition::SampleLook;
using acquisition::pipeline::Measured;
using acquisition::pipeline::MeasureOptions;
using core::Fault;
using instrument::Beam;

MeasureOptions options(SampleLook look, Beam beam = Beam::closed) {
    MeasureOptions wanted;
    wanted.frames = 4;
    wanted.dark_frames = 2;
    wanted.integration_time = 50ms;
    wanted.look = look;
    wanted.terms.beam = beam;
    return wanted;
}

constexpr double never = 2.0;  // no laser has twice its power

struct Result {
    std::optional<core::Error> error;
    Measured measured;
    std::vector<double> powers;  // of the light, as it came out
};

asio::awaitable<void> measure_into(Stand& stand, MeasureOptions wanted, double warms_from, std::uint32_t counts,
                                   Measured& measured) {
    co_await stand.open();
    Warming sample(*stand.bench.instrument, warms_from, counts);
    measured = co_await acquisition::pipeline::measure(sample, wanted, [](const auto&) {});
}

Result measure(const MeasureOptions& wanted, double warms_from = never, std::uint32_t counts = 0) {
    Stand stand("WP-785");
    Result result;
    result.error = run(stand, measure_into(stand, wanted, warms_from, counts, result.measured));
    for (const auto& emission : stand.bench.truth().laser.emissions)
        if (result.powers.empty() || result.powers.back() != emission.power) result.powers.push_back(emission.power);
    EXPECT_FALSE(stand.bench.truth().laser.firing);
    return result;
}

TEST(LaserProcedure, GivesALightSampleItsPowerAtOnce) {
    const Result result = measure(options(SampleLook::light));
    EXPECT_FALSE(result.error.has_value());
    EXPECT_EQ(result.powers, std::vector{1.0});
    EXPECT_FALSE(result.measured.lighting.warmed);
}

TEST(LaserProcedure, BeginsAtATenthWhenTheSampleIsDarkOrNobodyAsked) {
    for (const SampleLook look : {SampleLook::dark, SampleLook::unknown}) {
        const Result result = measure(options(look));
        EXPECT_FALSE(result.error.has_value()) << result.error->sentence();
        EXPECT_EQ(result.powers, (std::vector{0.1, 0.3, 1.0}));
        EXPECT_FALSE(result.measured.lighting.warmed) << "noise is not heat";
        EXPECT_EQ(result.measured.lighting.power, 1.0);
        EXPECT_EQ(result.measured.frames.size(), 4U);
    }
}

TEST(LaserProcedure, NeverGoesAboveThePowerAskedFor) {
    MeasureOptions wanted = options(SampleLook::dark);
    wanted.laser_power = 0.5;
    const Result result = measure(wanted);
    EXPECT_EQ(result.powers, (std::vector{0.05, 0.15, 0.5}));
    EXPECT_EQ(result.measured.lighting.power, 0.5);
}

TEST(LaserProcedure, StaysAtTheLastGoodStepWhenTheSampleWarms) {
    // Warm at three tenths: the heat of that step stays below the tenth's own watch, which begins anew.
    const Result result = measure(options(SampleLook::dark), 0.25, 3000);
    ASSERT_FALSE(result.error.has_value()) << result.error->sentence();
    EXPECT_EQ(result.powers, (std::vector{0.1, 0.3, 0.1}));
    EXPECT_TRUE(result.measured.lighting.warmed);
    EXPECT_EQ(result.measured.lighting.power, 0.1);
    for (const core::Frame& frame : result.measured.frames) EXPECT_EQ(frame.settings.laser_power, 0.1);
}

TEST(LaserProcedure, RefusesASampleThatWarmsAtATenth) {
    const Result result = measure(options(SampleLook::dark), 0.05, 3000);
    ASSERT_TRUE(result.error.has_value());
    EXPECT_EQ(result.error->fault, Fault::unsupported);
    EXPECT_EQ(result.powers, std::vector{0.1});
}

TEST(LaserProcedure, StopsAScanInWhichTheSampleWarmsAndKeepsTheFramesBefore) {
    const Result result = measure(options(SampleLook::light), 0.9, 3000);
    ASSERT_FALSE(result.error.has_value());
    EXPECT_TRUE(result.measured.lighting.warmed);
    EXPECT_GE(result.measured.frames.size(), 1U);
    EXPECT_LT(result.measured.frames.size(), 4U);
}

TEST(LaserProcedure, RefusesLongLightInAnOpenBeamThatNobodyHolds) {
    MeasureOptions wanted = options(SampleLook::light, Beam::open);
    wanted.integration_time = 1000ms;
    wanted.frames = 8;
    const Result result = measure(wanted);
    ASSERT_TRUE(result.error.has_value());
    EXPECT_EQ(result.error->fault, Fault::invalid_argument);
    EXPECT_TRUE(result.powers.empty());
    EXPECT_FALSE(measure(options(SampleLook::light, Beam::open)).error.has_value()) << "short light needs no key";
}

asio::awaitable<void> terms_into(Stand& stand, std::optional<acquisition::records::InterlockRecord> record,
                                 instrument::LaserLease& terms) {
    co_await stand.open();
    terms = co_await acquisition::pipeline::laser_terms(*stand.bench.instrument, std::move(record));
}

instrument::LaserLease terms_of(const std::string& model,
                                const std::optional<acquisition::records::InterlockRecord>& record,
                                std::optional<core::Error>& error) {
    Stand stand(model);
    instrument::LaserLease terms;
    error = run(stand, terms_into(stand, record, terms));
    return terms;
}

TEST(LaserTerms, AskForATechniciansRecordWhereTheInstrumentCannotTell) {
    using acquisition::records::InterlockReason;
    acquisition::records::InterlockRecord record;
    record.reason = InterlockReason::compartment_switch;
    std::optional<core::Error> error;
    terms_of("Ventana-785", std::nullopt, error);
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->fault, Fault::interlock_open);
    EXPECT_THAT(error->sentence(), testing::HasSubstr("singel interlock record"));

    const auto closed = terms_of("Ventana-785", record, error);
    EXPECT_FALSE(error.has_value());
    EXPECT_TRUE(closed.physical_interlock);
    EXPECT_EQ(closed.beam, Beam::closed);

    record.reason = InterlockReason::remote_interlock;
    EXPECT_EQ(terms_of("Ventana-785", record, error).beam, Beam::open);
    EXPECT_EQ(terms_of("WP-785", record, error).beam, Beam::open);
    EXPECT_EQ(terms_of("WP-785", std::nullopt, error).beam, Beam::closed);
    terms_of("WP-785-OEM", std::nullopt, error);
    EXPECT_EQ(conformance::fault_of(error), Fault::interlock_open) << "it was made without an interlock";
}

}  // namespace
}  // namespace singel::laser_campaign
