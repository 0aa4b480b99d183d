#include <cmath>

#include "firmware-bridge/wire/bytes.hpp"
#include "firmware-bridge/wire/fid/laser_thermometer.hpp"
#include "tests/unit/wasatch/host.hpp"

// States and faults that few hosts ever see: FID notes, sections 2 to 4, 6, 8 and 11.
namespace singel::test {
namespace {

device::Scene infrared_light() {
    device::Scene scene = flat_light();
    scene.wavelength_nm = {200, 2000};
    return scene;
}

struct Wp1064 : Host {
    Wp1064() : Host("WP-1064", Board::ingaas, infrared_light()) {}
    std::vector<std::uint16_t> frame(std::uint64_t ms = 100) {
        set(operation::integration_time, ms);
        set(operation::acquire);
        pass(milliseconds(ms));
        return read(512);
    }
};

TEST(Wp1064Detector, MarksItsFirstPixelAndOnlyARotationHidesIt) {
    Wp1064 host;
    EXPECT_EQ(host.frame()[0], 0xFFFF);
    host->inject({device::FaultKind::rotated_frame, 0, {}}, host.now());
    const auto rotated = host.frame();
    EXPECT_NE(rotated[0], 0xFFFF);
    EXPECT_EQ(rotated[512 - 512 / 3], 0xFFFF);
    EXPECT_EQ(host.frame()[0], 0xFFFF) << "once";
}

TEST(Wp1064Detector, HasAHighGainMode) {
    Wp1064 host;
    const double before = mean(host.frame(20), 100, 500);
    host.set(operation::high_gain, 1);
    EXPECT_GT(mean(host.frame(20), 100, 500), before + 1500);
}

TEST(Wp830Integration, IsCountedInTensOfMilliseconds) {
    Host host("WP-830", Board::fx2);
    EXPECT_EQ(host.get(operation::integration_resolution), 1u);
    EXPECT_EQ(host.get(operation::compile_options) & 7, 1u);
    host.set(operation::integration_time, 5);
    host.set(operation::acquire);
    host.pass(milliseconds(50));
    host.read(1024);
    EXPECT_EQ(host.get(operation::actual_integration), 50000u);
}

TEST(Wp785Trigger, BeginsAFrameAtAnEdgeAndNoneAtARequest) {
    Wp785 host;
    host.set(operation::integration_time, 20);
    host->trigger(host.now());
    host.pass(seconds(1));
    EXPECT_EQ(host->truth().frames, 0u) << "the source is the bus";
    host.set(operation::trigger_source, 1);
    host.set(operation::acquire);
    host.pass(seconds(1));
    EXPECT_EQ(host->truth().frames, 0u);
    host->trigger(host.now());
    host->trigger(host.now());
    host.pass(milliseconds(20));
    host.read(2048);
    EXPECT_EQ(host->truth().frames, 1u) << "an edge during an integration queues nothing";
    host.set(operation::continuous, 1);
    host.set(operation::frames_per_trigger, 3);
    host->trigger(host.now());
    host.pass(seconds(1));
    EXPECT_EQ(host->truth().frames, 4u);
}

TEST(Wp785Rows, ComeOneAReadAndSayWhichTheyAre) {
    Wp785 host(flat_light());
    host.set(operation::integration_time, 100);
    host.set(operation::area_scan, 1);
    host.set(operation::acquire);
    host.pass(milliseconds(100));
    std::vector<std::uint16_t> middle, edge;
    for (std::uint16_t row = 0; row < 64; ++row) {
        const auto line = host.read(2048);
        EXPECT_EQ(line[0], 0xFFFF);
        EXPECT_EQ(line[1], row);
        if (row == 0) edge = line;
        if (row == 32) middle = line;
    }
    EXPECT_GT(mean(middle), 2 * mean(edge));
}

TEST(Wp785Adc, GivesItsOldInputOnceMore) {
    Wp785 host;
    const auto laser = host.get(operation::adc);
    EXPECT_NEAR(fid::laser_celsius(Board::fx2, static_cast<std::uint16_t>(laser)).value_or(0), 25, 0.1);
    host.set(operation::adc_select, 1);
    EXPECT_EQ(host.get(operation::adc), laser) << "to be thrown away";
    EXPECT_NE(host.get(operation::adc), laser);
}

TEST(LaserThermometer, FollowsTheTwoFormulasOfTheNotes) {
    // 10 kOhm at 25 degC behind 21.45 kOhm: 2.5 V x 10 / 31.45 of 4096 steps.
    EXPECT_NEAR(*fid::laser_celsius(Board::fx2, 1302), 25, 0.05);
    EXPECT_NEAR(*fid::laser_celsius(Board::arm, 800),
                1.5712971947853123 + 1.4453391889061071e-2 * 800 - 1.8534086153440592e-6 * 640000 +
                    4.2553356470494626e-10 * 512000000,
                1e-9);
    EXPECT_FALSE(fid::laser_celsius(Board::fx2, 0));
    EXPECT_FALSE(fid::laser_celsius(Board::arm, 4095));
}

TEST(Wp785Reset, TakesItOffTheBusWhereThatFaultLies) {
    Wp785 host;
    host->inject({device::FaultKind::reset_leaves_bus, 0, {}}, host.now());
    host.set(operation::integration_time, 100);
    host.set(operation::laser_enable, 1);
    host.start(fid::set(Board::fx2, operation::reset_fpga));
    host.pass(milliseconds(1));
    EXPECT_FALSE(host->present());
    EXPECT_FALSE(host.laser().enabled);
    host.pass(seconds(1));
    EXPECT_TRUE(host->present());
    EXPECT_EQ(host.get(operation::integration_time), 0u);
}

TEST(Wp785SecondHalf, StallsAloneWhereThatFaultLies) {
    Wp785 host;
    host.set(operation::integration_time, 10);
    host->inject({device::FaultKind::second_half_stalled, 0, {}}, host.now());
    host.set(operation::acquire);
    host.pass(milliseconds(10));
    EXPECT_EQ(host.bytes(host.start_in(0x82, 2048)).size(), 2048u);
    EXPECT_EQ(host.status(host.start_in(0x86, 2048)), device::Status::stall);
    host->clear_halt(0x86);
    EXPECT_FALSE(host.done(host.start_in(0x86, 2048))) << "the half is lost";
}

TEST(Wp785Watchdog, EndsNothingWhenItIsDead) {
    Wp785 host(flat_raman(), {{device::FaultKind::dead_watchdog, 0, {}}});
    host.set(operation::laser_watchdog, 5);
    EXPECT_EQ(host.get(operation::laser_watchdog), 5u) << "it says what it was told";
    host.set(operation::laser_enable, 1);
    host.pass(seconds(1000));
    EXPECT_TRUE(host.laser().firing);
}

TEST(Wp785RamanMode, LetsTheFirmwareLightForOneFrame) {
    Wp785 host;
    host.bytes(host.start(fid::request_locked(Board::fx2, operation::raman_mode, 1)));
    host.set(operation::raman_delay, 50);
    host.set(operation::integration_time, 100);
    host.set(operation::acquire);
    host.pass(milliseconds(150));
    host.read(2048);
    host.pass(seconds(1));
    const std::vector<device::Emission> expected{{milliseconds(0), milliseconds(150), 1.0}};
    EXPECT_EQ(host.laser().emissions, expected);
}

TEST(Wp785xsAutoRaman, DrivesItsLaserFromTheCommandToTheFrame) {
    Wp785xs host;
    fid::AutoRaman request;
    host.bytes(
        host.start(fid::request_locked(Board::arm, operation::auto_raman, 0, fid::encode_auto_raman(request))));
    EXPECT_TRUE(host.laser().enabled);
    EXPECT_EQ(host.get(operation::poll_status), fid::poll::warm_up);
    host.pass(milliseconds(2000 + 100 + 1));
    EXPECT_EQ(host.get(operation::poll_status), fid::poll::sample);
    EXPECT_EQ(host.get(operation::laser_firing), 1u);
    host.pass(milliseconds(500));
    host.read(1952);
    EXPECT_EQ(host.get(operation::laser_firing), 0u);
    EXPECT_EQ(host.laser().on_for, milliseconds(600)) << "warning delay is dark";
    const auto cut = host.start(fid::request_locked(Board::arm, operation::auto_raman, 0, {1, 2, 3}));
    EXPECT_EQ(host.status(cut), device::Status::stall);
    EXPECT_FALSE(host.laser().enabled);
}

TEST(Wp785xsBus, CountsReadingsOfItsThermometerThatComeTooFast) {
    Wp785xs host;
    const auto errors = [&] {
        const auto bytes = host.bytes(host.start(fid::get(Board::arm, operation::error_counters)));
        return wire::Reader(bytes).seek(4).u32le();
    };
    for (int i = 0; i < 5; ++i) {
        host.get(operation::detector_temperature);
        host.pass(milliseconds(100));
    }
    EXPECT_EQ(errors(), 0u);
    host.get(operation::detector_temperature);
    host.get(operation::detector_temperature);
    EXPECT_EQ(errors(), 1u);
}

TEST(Wp638Firmware, TellsNothingOfItsInterlock) {
    Host host("WP-638", Board::fx2);
    EXPECT_EQ(host.status(host.start(fid::get(Board::fx2, operation::can_laser_fire))), device::Status::stall);
    EXPECT_EQ(host.status(host.start(fid::get(Board::fx2, operation::laser_firing))), device::Status::stall);
    host.set(operation::laser_enable, 1);
    EXPECT_EQ(host.get(operation::laser_enable), 1u);
    EXPECT_TRUE(host.laser().firing);
    host->inject({device::FaultKind::interlock_open, 0, {}}, host.now());
    EXPECT_FALSE(host.laser().firing) << "the loop works, it only cannot be read";
}

TEST(Wp785Oem, HasNoLoopThatCouldOpen) {
    Host host("WP-785-OEM", Board::fx2, flat_raman(), {{device::FaultKind::interlock_open, 0, {}}});
    EXPECT_EQ(host.get(operation::can_laser_fire), 1u);
    host.set(operation::laser_enable, 1);
    EXPECT_TRUE(host.laser().firing);
}

TEST(WpVisnir, HasNoLightToSwitchOn) {
    Host host("WP-VISNIR", Board::fx2);
    EXPECT_FALSE(host.laser().fitted);
    host.set(operation::laser_enable, 1);
    host.pass(seconds(1));
    EXPECT_FALSE(host.laser().firing);
}

TEST(Memory, HasACoefficientThatIsNoNumberOrTextsWithoutEndWhereThoseFaultsLie) {
    Wp785 nan(flat_raman(), {{device::FaultKind::nan_coefficient, 0, {}}});
    EXPECT_TRUE(std::isnan(fid::decode_eeprom(memory(nan))->wavelength_nm[1]));
    Wp785 text(flat_raman(), {{device::FaultKind::unterminated_text, 0, {}}});
    EXPECT_EQ(fid::decode_eeprom(memory(text))->serial, "VIRTUAL-WP785XXX");
}

}  // namespace
}  // namespace singel::test
