#include <cmath>
#include <numeric>

#include "firmware-bridge/wire/ooi/models.hpp"
#include "firmware-bridge/wire/ooi/replies.hpp"
#include "firmware-bridge/wire/ooi/spectrum.hpp"
#include "tests/unit/firmware-bridge/bench.hpp"

namespace singel::test {

namespace ooi = wire::ooi;

namespace {

constexpr std::size_t pixels = 2048, capacity = ooi::whole_packets(2 * pixels + 1, 512);

class Usb2000Plus : public testing::Test {
protected:
    std::vector<std::uint16_t> spectrum(device::TransferId id) {
        const auto decoded = ooi::decode_spectrum(host.bytes(id), ooi::usb2000_plus.dialect);
        EXPECT_TRUE(decoded);
        return decoded ? *decoded : std::vector<std::uint16_t>(pixels);
    }
    ooi::Status status() { return *ooi::decode_status(host.ask(ooi::QueryStatus{})); }
    void set_integration(milliseconds time) { host.send(ooi::SetIntegrationTime{time}); }
    // Light of a lit pixel above the masked ones.
    static double light(const std::vector<std::uint16_t>& counts) {
        const auto mean = [&](std::size_t first, std::size_t last) {
            return std::accumulate(counts.begin() + first, counts.begin() + last, 0.0) / double(last - first);
        };
        return mean(500, 700) - mean(6, 21);
    }

    Bench host{"USB2000+", flat_light()};
};

}  // namespace

TEST_F(Usb2000Plus, HasTheIdentityAndEndpointsOfTheRealOne) {
    EXPECT_EQ(host->descriptors().vendor_id, 0x2457);
    EXPECT_EQ(host->descriptors().product_id, 0x101E);
    EXPECT_EQ(host->descriptors().speed, device::Speed::high);
    EXPECT_EQ(host->descriptors().configuration.size(), 9u + 9 + 4 * 7);
    EXPECT_NE(host->descriptors().strings[1].find("virtual"), std::string::npos) << "it says what it is";
}

TEST_F(Usb2000Plus, HoldsSerialWavelengthsAndNonlinearity) {
    const auto slot = [&](std::uint8_t index) { return *ooi::decode_slot(host.ask(ooi::QuerySlot{index}), index); };
    EXPECT_EQ(slot(0).text, "VIRTUAL-USB2P");
    double first = 0, last = 0;
    for (std::uint8_t i = 0; i < 4; ++i) {
        const double c = *ooi::slot_number(slot(1 + i));
        first += i == 0 ? c : 0;
        last += c * std::pow(2047.0, i);
    }
    EXPECT_NEAR(first, 339.7, 0.1);
    EXPECT_NEAR(last, 1024, 5) << "a grating that covers 340 to 1020 nm";
    EXPECT_EQ(slot(14).text, "3");
    for (std::uint8_t i = 6; i < 14; ++i) EXPECT_TRUE(ooi::slot_number(slot(i)));
    EXPECT_EQ(ooi::autonull_saturation(slot(17), ooi::usb2000_plus.dialect.slot_seventeen), 65535);
}

TEST_F(Usb2000Plus, LeavesOldBytesAfterTheNulOfASlot) {
    const auto reply = host.ask(ooi::QuerySlot{14});
    ASSERT_EQ(reply.size(), 17u);
    EXPECT_EQ(reply[2], '3');
    EXPECT_EQ(reply[3], 0);
    EXPECT_NE(reply[4], 0);
}

TEST_F(Usb2000Plus, ReadsAllOnesWhereTheMemoryIsErased) {
    host = Bench("USB2000+", {}, {{device::FaultKind::all_ones_memory, 0, {}}});
    const auto reply = host.ask(ooi::QuerySlot{1});
    EXPECT_EQ(reply, (std::vector<std::uint8_t>{5, 1, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
                                                255, 255}));
}

TEST_F(Usb2000Plus, ReportsItsStatus) {
    set_integration(milliseconds(100));
    host.send(ooi::SetLamp{true});
    const ooi::Status now = status();
    EXPECT_EQ(now.pixels, 2048);
    EXPECT_EQ(now.integration_time, milliseconds(100));
    EXPECT_TRUE(now.lamp);
    EXPECT_EQ(now.packets_per_spectrum, 8);
    EXPECT_EQ(now.packets_waiting, 0);
    EXPECT_EQ(now.high_speed, true);
    EXPECT_EQ(now.acquisition, 0);
    host.send(ooi::RequestSpectrum{});
    EXPECT_EQ(status().acquisition, ooi::acquisition_requested);
    host.pass(milliseconds(100));
    EXPECT_EQ(status().acquisition, ooi::acquisition_ready);
    EXPECT_EQ(status().packets_waiting, 9) << "eight full packets and the sync byte";
}

TEST_F(Usb2000Plus, AnswersRegistersAndTemperature) {
    const auto version = ooi::decode_register(host.ask(ooi::ReadRegister{4}), 4);
    EXPECT_EQ(ooi::fpga_version(*version).major, 2u) << "3 and more would be a Flame-S";
    EXPECT_EQ(*ooi::decode_register(host.ask(ooi::ReadRegister{0x64}), 0x64), 0x5501);
    host.send(ooi::WriteRegister{0x28, 77});
    host.send(ooi::WriteRegister{0x04, 77});
    EXPECT_EQ(*ooi::decode_register(host.ask(ooi::ReadRegister{0x28}), 0x28), 77);
    EXPECT_EQ(*ooi::decode_register(host.ask(ooi::ReadRegister{4}), 4), *version) << "read-only";
    EXPECT_NEAR(*ooi::decode_temperature_celsius(host.ask(ooi::QueryTemperature{})), 31.25, 0.01);
}

TEST_F(Usb2000Plus, IgnoresSettingsOutOfRangeWithoutAWord) {
    set_integration(milliseconds(100));
    for (const auto us : {0LL, 999LL, 65'535'001LL, 0xFFFFFFFFLL}) {
        host.send(ooi::SetIntegrationTime{std::chrono::microseconds(us)});
        EXPECT_EQ(status().integration_time, milliseconds(100)) << us;
    }
    host.send(ooi::SetIntegrationTime{std::chrono::microseconds(1000)});
    EXPECT_EQ(status().integration_time, milliseconds(1));
    host.send(ooi::SetIntegrationTime{std::chrono::microseconds(12345)});
    EXPECT_EQ(status().integration_time, std::chrono::microseconds(12340)) << "steps of 10 us";
    host.send(ooi::SetTrigger{2});
    host.send(ooi::SetTrigger{77});
    EXPECT_EQ(status().trigger, 2);
}

TEST_F(Usb2000Plus, DoesNotAnswerWhatItDoesNotKnow) {
    host.send(ooi::Unknown{0xE3});
    host.bytes(host.start_out(1, {0x02, 0x01}));  // cut short
    const auto read = host.start_in(ooi::reply_endpoint, 512);
    host.pass(seconds(10));
    EXPECT_FALSE(host.done(read));
}

TEST_F(Usb2000Plus, SendsASpectrumAtTheEndOfItsIntegrationAndNotBefore) {
    set_integration(milliseconds(250));
    host.send(ooi::RequestSpectrum{});
    const auto read = host.start_in(ooi::spectrum_endpoint, capacity);
    host.pass(milliseconds(250) - device::Clock(1));
    EXPECT_FALSE(host.done(read));
    EXPECT_EQ(host->next_event(), milliseconds(250));
    host.pass(device::Clock(1));
    const auto counts = spectrum(read);
    EXPECT_EQ(host->truth().last_frame.integration, milliseconds(250));
    EXPECT_FALSE(host->truth().last_frame.prepared);
    // Half of full scale in a second; nonlinearity takes up to 7 % of it.
    EXPECT_NEAR(light(counts), 0.25 * 0.5 * 65535, 0.08 * 0.25 * 0.5 * 65535);
}

TEST_F(Usb2000Plus, EndsASpectrumWithTheSyncByteAsItsOwnPacket) {
    host.send(ooi::RequestSpectrum{});
    host.pass(milliseconds(6));
    EXPECT_EQ(host.bytes(host.start_in(ooi::spectrum_endpoint, 4096)).size(), 4096u);
    EXPECT_EQ(host.bytes(host.start_in(ooi::spectrum_endpoint, 512)), (std::vector<std::uint8_t>{0x69}));
    EXPECT_FALSE(host.done(host.start_in(ooi::second_spectrum_endpoint, 512))) << "0x86 is silent on this model";
}

// Section 6.3: two more spectra are prepared, so two requests after a change get frames from before it.
TEST_F(Usb2000Plus, AnswersTwoRequestsAfterAChangeWithOldFrames) {
    set_integration(milliseconds(100));
    host.send(ooi::RequestSpectrum{});
    host.pass(milliseconds(400));
    const double before = light(spectrum(host.start_in(ooi::spectrum_endpoint, capacity)));
    set_integration(milliseconds(400));
    const device::Clock change = host.now();
    for (int request = 1; request <= 3; ++request) {
        host.send(ooi::RequestSpectrum{});
        host.pass(milliseconds(1300));
        const double now = light(spectrum(host.start_in(ooi::spectrum_endpoint, capacity)));
        const bool old = request <= 2;
        EXPECT_EQ(host->truth().last_frame.begun < change, old) << request;
        EXPECT_TRUE(host->truth().last_frame.prepared) << "the third too, but after the change";
        EXPECT_NEAR(now / before, old ? 1 : 4, old ? 0.05 : 0.3) << request;
    }
}

TEST_F(Usb2000Plus, LetsARunningIntegrationEndAsItBegan) {
    set_integration(milliseconds(100));
    host.send(ooi::RequestSpectrum{});
    host.pass(milliseconds(50));
    set_integration(milliseconds(400));
    const auto read = host.start_in(ooi::spectrum_endpoint, capacity);
    host.pass(milliseconds(50));
    EXPECT_TRUE(host.done(read));
    EXPECT_EQ(host->truth().last_frame.integration, milliseconds(100));
}

TEST_F(Usb2000Plus, GoesIdleAfterTwoPreparedFrames) {
    set_integration(milliseconds(10));
    host.send(ooi::RequestSpectrum{});
    host.pass(milliseconds(30));
    EXPECT_EQ(host->next_event(), std::nullopt);
    EXPECT_EQ(host->truth().frames, 1u);
}

TEST_F(Usb2000Plus, WaitsForATriggerThatNobodyGives) {
    host.send(ooi::SetTrigger{3});
    host.send(ooi::RequestSpectrum{});
    const auto read = host.start_in(ooi::spectrum_endpoint, capacity);
    host.pass(seconds(1000));
    EXPECT_FALSE(host.done(read));
    host.send(ooi::Initialize{});
    host.send(ooi::RequestSpectrum{});
    host.pass(milliseconds(6));
    EXPECT_TRUE(host.done(read)) << "initialize goes back to normal mode";
}

TEST_F(Usb2000Plus, KeepsAFrameThatNobodyReadForTheNextReader) {
    host.send(ooi::RequestSpectrum{});
    const auto read = host.start_in(ooi::spectrum_endpoint, capacity);
    host->cancel(read, host.now());
    host.pass(milliseconds(6));
    EXPECT_EQ(status().packets_waiting, 9);
    EXPECT_TRUE(host.done(host.start_in(ooi::spectrum_endpoint, capacity)));
}

TEST_F(Usb2000Plus, IsAsAtPowerUpAfterItWasPulledOut) {
    set_integration(milliseconds(500));
    host.send(ooi::RequestSpectrum{});
    const auto read = host.start_in(ooi::spectrum_endpoint, capacity);
    host.pass(milliseconds(200));
    host->unplug(host.now());
    EXPECT_EQ(host.status(read), device::Status::no_device);
    host->plug(host.now());
    EXPECT_EQ(status().integration_time, milliseconds(6));
    host.pass(seconds(1));
    EXPECT_EQ(host->truth().frames, 0u);
}

TEST_F(Usb2000Plus, DropsWhatWasUnderWayOnAPortReset) {
    set_integration(milliseconds(100));
    host.send(ooi::RequestSpectrum{});
    host->reset(host.now());
    host.pass(seconds(1));
    EXPECT_EQ(status().packets_waiting, 0);
    EXPECT_EQ(status().integration_time, milliseconds(100)) << "settings survive a port reset";
}

TEST_F(Usb2000Plus, SendsTheFrameBeforeAgainWhenStale) {
    const auto frame = [&] {
        host.send(ooi::RequestSpectrum{});
        host.pass(milliseconds(6));
        return spectrum(host.start_in(ooi::spectrum_endpoint, capacity));
    };
    const auto first = frame(), second = frame();
    EXPECT_NE(first, second) << "noise";
    host->inject({device::FaultKind::stale, 0, {}}, host.now());
    EXPECT_EQ(frame(), second);
    EXPECT_NE(frame(), second) << "once";
}

TEST_F(Usb2000Plus, ShowsNoRamanLightBecauseItHasNoLaser) {
    host = Bench("USB2000+", flat_raman(1.0));
    set_integration(milliseconds(500));
    host.send(ooi::RequestSpectrum{});
    host.pass(milliseconds(500));
    EXPECT_NEAR(light(spectrum(host.start_in(ooi::spectrum_endpoint, capacity))), 0, 30)
        << "noise of 15 masked pixels";
    EXPECT_FALSE(host->truth().laser.fitted);
}

TEST(Instruments, GiveTheSameFramesForTheSameSeed) {
    const auto frame = [](std::uint64_t seed, std::string serial) {
        device::Scene scene = flat_light();
        scene.seed = seed;
        Bench host(device::make_instrument("USB2000+", scene, {}, std::move(serial)));
        host.send(ooi::RequestSpectrum{});
        host.pass(milliseconds(6));
        return host.bytes(host.start_in(ooi::spectrum_endpoint, capacity));
    };
    EXPECT_EQ(frame(1, "A"), frame(1, "A"));
    EXPECT_NE(frame(1, "A"), frame(2, "A"));
    EXPECT_NE(frame(1, "A"), frame(1, "B")) << "another unit has another pattern";
}

TEST(Instruments, AreListedAndOthersAreNotMade) {
    for (const std::string& model : device::models()) EXPECT_NE(device::make_instrument(model, {}), nullptr) << model;
    EXPECT_EQ(device::models().front(), "USB2000+");
    EXPECT_EQ(device::make_instrument("WP-9000", {}), nullptr);
}

}  // namespace singel::test
