#include "tests/unit/wasatch/host.hpp"

// The laser of the virtual Raman instruments: FID notes, section 9.
namespace singel::test {

TEST(Wp785Laser, KeepsItsFourTruthsApart) {
    Wp785 host;
    EXPECT_EQ(host.get(operation::laser_enable), 0u);
    EXPECT_EQ(host.get(operation::can_laser_fire), 1u);
    EXPECT_EQ(host.get(operation::laser_firing), 0u);
    host.set(operation::laser_enable, 1);
    EXPECT_EQ(host.get(operation::laser_enable), 1u);
    EXPECT_EQ(host.get(operation::laser_firing), 1u);
    host->inject({device::FaultKind::interlock_open, 0, {}}, host.now());
    EXPECT_EQ(host.get(operation::laser_enable), 1u) << "the register does not know";
    EXPECT_EQ(host.get(operation::can_laser_fire), 0u);
    EXPECT_EQ(host.get(operation::laser_firing), 0u);
    EXPECT_FALSE(host.laser().firing);
}

TEST(Wp785Laser, LosesItsLightWhenTheInterlockOpensInMidFrame) {
    Wp785 host;
    host.set(operation::laser_enable, 1);
    const double offset = mean(host.frame(milliseconds(0))), full = mean(host.frame(milliseconds(400))) - offset;
    host.set(operation::acquire);
    host.pass(milliseconds(100));
    host->inject({device::FaultKind::interlock_open, 0, {}}, host.now());
    host.pass(milliseconds(300));
    EXPECT_NEAR((mean(host.read(2048)) - offset) / full, 0.25, 0.02);
    EXPECT_NEAR(host->truth().last_frame.laser_exposure_s, 0.1, 1e-9);
    EXPECT_EQ(host.laser().last_lit, host.now() - milliseconds(300));
}

TEST(Wp785Laser, ComesBackWhenTheInterlockClosesOverAnEnabledRegister) {
    Wp785 host(flat_raman(), {{device::FaultKind::interlock_open, 2, milliseconds(500)}});
    host.set(operation::laser_enable, 1);
    EXPECT_EQ(host.get(operation::laser_firing), 0u);
    host.pass(milliseconds(500));
    EXPECT_TRUE(host.laser().firing) << "whoever cares must switch off";
}

TEST(Wp785Laser, IsSwitchedOffByItsWatchdogAtTheVerySecond) {
    Wp785 host;
    host.set(operation::laser_watchdog, 5);
    host.set(operation::laser_enable, 1);
    host.pass(seconds(5) - device::Clock(1));
    EXPECT_TRUE(host.laser().firing);
    host.pass(device::Clock(1));
    EXPECT_FALSE(host.laser().firing);
    EXPECT_EQ(host.get(operation::laser_enable), 0u);
    EXPECT_EQ(host.laser().on_for, seconds(5));
}

TEST(Wp785Laser, StartsItsWatchdogAnewWhenEnabledAgainAndHasNoneAtZero) {
    Wp785 host;
    host.set(operation::laser_watchdog, 5);
    host.set(operation::laser_enable, 1);
    host.pass(seconds(4));
    host.set(operation::laser_enable, 1);
    host.pass(seconds(4));
    EXPECT_TRUE(host.laser().firing);
    host.set(operation::laser_watchdog, 0);
    host.pass(seconds(1000));
    EXPECT_TRUE(host.laser().firing);
}

TEST(Wp785Laser, StaysOnWhenThePacketThatSwitchesItOffIsLost) {
    Wp785 host(flat_raman(), {{device::FaultKind::laser_off_lost, 2, {}}});
    host.set(operation::laser_enable, 1);
    host.set(operation::laser_enable, 0);
    EXPECT_EQ(host.get(operation::laser_enable), 1u);
    EXPECT_TRUE(host.laser().firing);
    host.set(operation::laser_enable, 0);
    EXPECT_FALSE(host.laser().firing) << "the second one arrives";
}

TEST(Wp785Laser, CanOnlyBeStoppedByTheFpgaResetWhenEveryOffIsLost) {
    Wp785 host(flat_raman(), {{device::FaultKind::laser_off_lost, 0, {}}});
    host.set(operation::laser_enable, 1);
    for (int i = 0; i < 3; ++i) host.set(operation::laser_enable, 0);
    EXPECT_TRUE(host.laser().firing);
    host->reset(host.now());
    EXPECT_TRUE(host.laser().firing) << "a port reset does not stop it";
    host.start(fid::set(Board::fx2, operation::reset_fpga));
    EXPECT_FALSE(host.laser().firing);
}

TEST(Wp785Laser, GoesOutWithThePower) {
    Wp785 host;
    host.set(operation::laser_enable, 1);
    host.pass(seconds(1));
    host->unplug(host.now());
    EXPECT_FALSE(host.laser().enabled);
    host->plug(host.now());
    EXPECT_EQ(host.get(operation::laser_enable), 0u);
}

TEST(Wp785Laser, KeepsALogOfItsLightThroughEveryLossOfPower) {
    Wp785 host;
    EXPECT_TRUE(host.laser().emissions.empty());
    host.pass(seconds(1));
    host.set(operation::laser_enable, 1);
    host.pass(seconds(2));
    host.set(operation::modulation_width, 250);
    host.set(operation::modulation_enable, 1);
    host.pass(seconds(1));
    host.set(operation::laser_enable, 0);
    host.pass(seconds(1));
    host.set(operation::laser_enable, 1);
    host.pass(seconds(1));
    host->unplug(host.now());
    host.pass(seconds(1));
    host->plug(host.now());
    const std::vector<device::Emission> expected{
        {seconds(1), seconds(3), 1.0}, {seconds(3), seconds(4), 0.25}, {seconds(5), seconds(6), 0.25}};
    EXPECT_EQ(host.laser().emissions, expected);
}

TEST(Wp785Laser, IsDarkAtNoPower) {
    Wp785 host;
    host.set(operation::modulation_width, 0);
    host.set(operation::modulation_enable, 1);
    host.set(operation::laser_enable, 1);
    host.pass(seconds(1));
    EXPECT_TRUE(host.laser().emissions.empty());
}

}  // namespace singel::test
