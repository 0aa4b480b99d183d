#include "tests/unit/firmware-bridge-obp/host.hpp"

// The laser of a Ventana. The notes name neither watchdog nor interlock, so it has none that a host could ask for.
namespace singel::test {
namespace {

struct Ventana : testing::TestWithParam<std::string_view> {
    ObpHost host{GetParam(), flat_raman()};
    obp::LightSource laser;

    std::uint16_t enable(bool on) { return host.set(message::set_light_source, obp::light_source(laser, on)); }
    std::uint16_t intensity(float value) {
        return host.set(message::set_light_source_intensity, obp::light_source(laser, value));
    }
    bool enabled() { return host.get(message::get_light_source, obp::light_source(laser)) == obp::u8(1); }
    device::LaserTruth light() { return host->truth().laser; }
    double frame(milliseconds time) {
        host.set_integration(time);
        EXPECT_EQ(host.set(message::abort_acquisition), 0);
        const obp::Frame request = host.ask_for(host.model.spectrum_message);
        host.pass(time);
        return mean(*obp::decode_plain(host.answer(request).data, 1024), 300, 700) / 65535 - 0.02;
    }
};

std::string wavelength_name(const testing::TestParamInfo<std::string_view>& info) {
    return "At" + std::string(info.param.substr(info.param.size() - 3));
}

INSTANTIATE_TEST_SUITE_P(Models, Ventana, testing::Values("Ventana-785", "Ventana-532"), wavelength_name);

TEST_P(Ventana, IsDarkAtPowerUpAndShinesFromEnableToDisable) {
    EXPECT_TRUE(light().fitted);
    EXPECT_FALSE(enabled());
    EXPECT_NEAR(frame(milliseconds(200)), 0, 0.003);
    EXPECT_EQ(enable(true), 0);
    EXPECT_TRUE(enabled());
    EXPECT_TRUE(light().firing);
    EXPECT_NEAR(frame(milliseconds(200)), 0.2 * 0.5, 0.012);
    EXPECT_NEAR(host->truth().last_frame.laser_exposure_s, 0.2, 1e-9);
    EXPECT_EQ(enable(false), 0);
    EXPECT_FALSE(light().firing);
    EXPECT_NEAR(frame(milliseconds(200)), 0, 0.003);
    EXPECT_EQ(light().on_for, milliseconds(200));
}

TEST_P(Ventana, ScalesItsLightWithTheIntensity) {
    EXPECT_EQ(*obp::read_f32(host.get(message::get_light_source_intensity, obp::light_source(laser))), 1.0F);
    EXPECT_EQ(intensity(0.25F), 0);
    EXPECT_EQ(*obp::read_f32(host.get(message::get_light_source_intensity, obp::light_source(laser))), 0.25F);
    EXPECT_EQ(enable(true), 0);
    EXPECT_NEAR(light().power, 0.25, 1e-9);
    EXPECT_NEAR(frame(milliseconds(400)), 0.25 * 0.4 * 0.5, 0.008);
}

TEST_P(Ventana, RefusesWhatCannotBe) {
    EXPECT_EQ(intensity(1.01F), 6);
    EXPECT_EQ(intensity(-0.01F), 6);
    EXPECT_EQ(host.set(message::set_light_source_intensity, wire::Writer().u16le(0).u32le(0x7FC00000).bytes()), 6);
    EXPECT_EQ(host.set(message::set_light_source, Bytes{0, 0, 2}), 6);
    EXPECT_EQ(host.set(message::set_light_source, Bytes{0, 0}), 5);
    EXPECT_EQ(host.set(message::set_light_source, Bytes{0, 1, 1}), 12) << "another light source";
    EXPECT_EQ(host.refusal(message::get_light_source, Bytes{1, 0}), 12);
    EXPECT_FALSE(light().enabled);
    EXPECT_EQ(ObpHost("QE-PRO").refusal(message::get_light_source, Bytes{0, 0}), 2) << "has no laser";
}

TEST_P(Ventana, StaysOnForeverWithoutAHost) {
    EXPECT_EQ(enable(true), 0);
    host.pass(std::chrono::hours(10));
    EXPECT_TRUE(enabled()) << "no watchdog: whoever switched it on must switch it off";
    EXPECT_TRUE(light().firing);
    host->reset(host.now());
    EXPECT_TRUE(light().firing) << "a port reset does not stop it";
}

TEST_P(Ventana, DoesNotTellOfAnInterlockThatTookItsLight) {
    EXPECT_EQ(enable(true), 0);
    host->inject({device::FaultKind::interlock_open, 0, {}}, host.now());
    EXPECT_TRUE(enabled()) << "the register does not know";
    EXPECT_FALSE(light().firing);
}

TEST_P(Ventana, StaysOnWhenTheMessageThatSwitchesItOffIsLost) {
    EXPECT_EQ(enable(true), 0);
    host->inject({device::FaultKind::laser_off_lost, 0, {}}, host.now());
    host.sent(host.request(message::set_light_source, obp::light_source(laser, false), obp::flag::ack_wanted));
    EXPECT_FALSE(host.read()) << "no ACK";
    EXPECT_TRUE(enabled());
    EXPECT_TRUE(light().firing);
    EXPECT_EQ(intensity(0), 0);
    EXPECT_EQ(light().power, 0.0) << "another way to darkness";
}

TEST_P(Ventana, GoesOutWithAResetAndWithItsPower) {
    EXPECT_EQ(enable(true), 0);
    EXPECT_EQ(host.set(message::reset), 0);
    host.pass(milliseconds(20));
    EXPECT_FALSE(light().enabled);
    host.pass(seconds(2));
    EXPECT_FALSE(enabled());
    EXPECT_EQ(enable(true), 0);
    EXPECT_EQ(host.set(message::reset_to_defaults), 0);
    EXPECT_FALSE(enabled());
    EXPECT_EQ(enable(true), 0);
    host->unplug(host.now());
    EXPECT_FALSE(light().enabled);
}

TEST_P(Ventana, LosesItsLightInMidFrame) {
    EXPECT_EQ(enable(true), 0);
    host.set_integration(milliseconds(400));
    const obp::Frame request = host.ask_for(host.model.spectrum_message);
    host.pass(milliseconds(100));
    EXPECT_EQ(enable(false), 0);
    host.pass(milliseconds(300));
    EXPECT_EQ(host.answer(request).error, 0);
    EXPECT_NEAR(host->truth().last_frame.laser_exposure_s, 0.1, 1e-9);
}

}  // namespace
}  // namespace singel::test
