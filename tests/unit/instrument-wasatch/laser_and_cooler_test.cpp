#include "instrument/laser.hpp"
#include "tests/unit/instrument-wasatch/bench.hpp"

// FID notes, sections 7 (temperatures) and 9 (laser).
namespace singel::instrument::wasatch::test {
namespace {

using core::Fault;
using testing::HasSubstr;
using namespace std::chrono_literals;

asio::awaitable<void> lit(Bench& bench, LaserLease lease) {
    co_await with_laser(*bench.unit->laser(), lease, [&bench] { return capture_once(bench); });
}

LaserLease lease(Bench& bench, double power = 1.0, bool physical_interlock = false) {
    LaserLease lease;
    lease.duration = bench.unit->laser()->warm_up() + 3000ms;
    lease.power = power;
    lease.physical_interlock = physical_interlock;
    lease.beam = Beam::closed;
    return lease;
}

TEST(LaserOfOldFirmware, StaysDarkUntilAPhysicalInterlockIsRecorded) {
    Bench bench("WP-638");
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        const LaserState state = co_await b.unit->laser()->read_state();
        EXPECT_EQ(state.can_fire, Tristate::unknown);
        EXPECT_EQ(state.firing, Tristate::unknown);
        const auto error = co_await error_of(lit(b, lease(b)));
        EXPECT_TRUE(error && error->fault == Fault::interlock_open);
        EXPECT_TRUE(b.truth().laser.emissions.empty());
        co_await lit(b, lease(b, 1.0, true));
        EXPECT_EQ(b.truth().laser.emissions.size(), 1u);
        EXPECT_FALSE(b.truth().laser.firing);
        co_await b.unit->close();
    });
}

TEST(LaserWithoutInterlock, IsSaidToHaveNone) {
    Bench bench("WP-785-OEM");
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        EXPECT_THAT(b.unit->description().warnings, testing::Contains(HasSubstr("without an interlock")));
        co_await b.unit->close();
    });
}

TEST(LaserPower, InMilliwattsGoesThroughTheCubicOfTheMemory) {
    Bench bench("WP-785");
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        const Description& description = b.unit->description();
        const auto percent = [](double mw) { return 2.0 + 0.18 * mw + 1.2e-4 * mw * mw - 1.2e-7 * mw * mw * mw; };
        const auto at_100 = description.laser_fraction(core::Milliwatts{100});
        EXPECT_NEAR(at_100.value_or(0), percent(100) / 100, 1e-6);
        EXPECT_EQ(description.laser_fraction(core::Milliwatts{1}), description.laser_fraction(core::Milliwatts{10}));
        EXPECT_EQ(description.laser_fraction(core::Milliwatts{900}),
                  description.laser_fraction(core::Milliwatts{450}));
        EXPECT_FALSE(description.laser_fraction(core::Milliwatts{0}).has_value());
        co_await lit(b, lease(b, at_100.value_or(0)));
        EXPECT_NEAR(b.truth().laser.emissions.back().power, percent(100) / 100, 0.0005) << "steps of 0.1 %";
        co_await b.unit->close();
    });
}

TEST(LaserPower, BelowTheSmallestStepIsRefusedAndNotRaised) {
    Bench bench("WP-785");
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        const auto error = co_await error_of(lit(b, lease(b, 0.0001)));
        EXPECT_TRUE(error && error->fault == Fault::invalid_argument);
        EXPECT_TRUE(b.truth().laser.emissions.empty());
        co_await b.unit->close();
    });
}

TEST(LaserOfTheArmBoard, WaitsForItsWarningDelayWhereTheFirmwareTellsIt) {
    Bench bench("WP-785XS");
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        EXPECT_EQ(b.unit->laser()->warm_up(), 2000ms);
        co_await lit(b, lease(b));
        EXPECT_FALSE(b.truth().laser.firing);
        co_await b.unit->close();
    });
}

TEST(NoLaser, IsNoneToSwitch) {
    Bench bench("WP-VISNIR");
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        EXPECT_EQ(b.unit->laser(), nullptr);
        EXPECT_EQ(b.unit->cooler(), nullptr);
        EXPECT_FALSE(b.unit->description().excitation.has_value());
        co_await b.unit->capture();
        co_await b.unit->close();
    });
}

asio::awaitable<void> cool(Bench& bench, double celsius) {
    co_await bench.unit->cooler()->cool_to(core::Celsius{celsius});
}

TEST(DetectorCooler, ReachesItsSetpointAndSaysSo) {
    Bench bench("WP-1064");
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        EXPECT_EQ(b.unit->description().cooler_usual, core::Celsius{-20}) << "the memory's own";
        CoolerState state = co_await b.unit->cooler()->read_state();
        EXPECT_FALSE(state.enabled) << "left as found";
        co_await b.unit->cooler()->cool_to(core::Celsius{-10});
        co_await b.link->wait(30s);
        state = co_await b.unit->cooler()->read_state();
        EXPECT_TRUE(state.enabled);
        EXPECT_EQ(state.setpoint, core::Celsius{-10});
        EXPECT_NEAR(state.temperature ? state.temperature->value : 99, -10, 0.3);
        const core::Frame frame = co_await b.unit->capture();
        EXPECT_NEAR(frame.detector_temperature ? frame.detector_temperature->value : 99, -10, 0.3);
        co_await b.unit->cooler()->switch_off();
        state = co_await b.unit->cooler()->read_state();
        EXPECT_FALSE(state.enabled);
        co_await b.unit->close();
    });
}

TEST(DetectorCooler, RefusesASetpointOutOfRangeAndTouchesNothing) {
    Bench bench("WP-785");
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        const auto exchanges = b.truth().exchanges;
        for (const double celsius : {9.0, 21.0, std::nan("")}) {
            const auto error = co_await error_of(cool(b, celsius));
            EXPECT_TRUE(error && error->fault == Fault::invalid_argument) << celsius;
            if (error) {
                EXPECT_THAT(error->what, HasSubstr("10 to 20"));
            }
        }
        EXPECT_EQ(b.truth().exchanges, exchanges);
        co_await b.unit->close();
    });
}

}  // namespace
}  // namespace singel::instrument::wasatch::test
