#include "tests/unit/ooi/host.hpp"

// Clockworks and read-outs that only some models have (sections 3, 6.1 and 6.3 of the notes on the OOI protocol).
namespace singel::test {

namespace {

std::size_t packets(Host& host) {
    return host.status().packets_waiting;
}

}  // namespace

// Section 3, opcode 01.
TEST(Usb2000, SendsASpectrumThatNobodyAskedForAfterInitialize) {
    Host host("USB2000");
    host.set_integration(milliseconds(500));
    host.send(ooi::SetTrigger{3});
    host.send(ooi::SetLamp{true});
    host.send(ooi::Initialize{});
    const ooi::Status status = host.status();
    EXPECT_EQ(status.integration_time, milliseconds(100));
    EXPECT_EQ(status.trigger, 0);
    EXPECT_FALSE(status.lamp);
    EXPECT_EQ(status.acquisition, ooi::acquisition_requested);
    host.pass(milliseconds(100));
    EXPECT_EQ(host.status().acquisition, ooi::acquisition_ready);
    EXPECT_EQ(host.waiting_spectrum().size(), 4097u);
    host.pass(seconds(1));
    EXPECT_TRUE(host.waiting_spectrum().empty()) << "one";
}

TEST(Usb2000, GivesAHostThatDoesNotDrainTheOldSpectrumFirst) {
    Host host("USB2000");
    const auto light = [&] {
        const auto counts = host.spectrum(seconds(2));
        return mean(counts, 500, 900) - mean(counts, 2, 24);
    };
    host.send(ooi::Initialize{});
    host.pass(milliseconds(100));
    host.use(milliseconds(400));
    const double first = light();
    light();
    EXPECT_NEAR(light() / first, 4, 0.2) << "the first answer was the spectrum of 100 ms";
}

TEST(Usb2000, DrivesNobodyTheUpperFourBits) {
    Host host("USB2000", device::Scene{});
    host.send(ooi::RequestSpectrum{});
    host.pass(milliseconds(50));
    const auto raw = host.waiting_spectrum();
    unsigned seen = 0;
    for (std::size_t i = 64; i < 128; ++i) seen |= raw[i];
    EXPECT_EQ(seen & 0xF0, 0xF0u) << "noise in the high bytes";
    const auto counts = *ooi::decode_spectrum(raw, host.facts.dialect);
    EXPECT_LT(*std::max_element(counts.begin(), counts.end()), 4096);
}

TEST(Usb2000, AnswersItsSerialNumberTwoWays) {
    Host host("USB2000");
    EXPECT_EQ(*ooi::decode_serial(host.ask(ooi::QuerySerial{})), host.slot_text(0));
    ooi::WriteSerial command;
    std::copy_n("USB2G42", 7, command.text.begin());
    host.send(command);
    EXPECT_EQ(*ooi::decode_serial(host.ask(ooi::QuerySerial{})), "USB2G42");
    EXPECT_EQ(host.slot_text(0), "USB2G42");
}

// Section 10 (j): the converter's sign bit as it travels.
TEST(FlippedModels, SendTheirDarkWithTheBitSet) {
    for (const auto& [model, bit] : {std::pair{"HR2000+", 0x2000},
                                     {"HR4000", 0x2000},
                                     {"QE65000", 0x8000},
                                     {"NIRQuest512", 0x8000},
                                     {"USB4000", 0}}) {
        Host host(model, device::Scene{});
        host.send(ooi::RequestSpectrum{});
        host.pass(milliseconds(50));
        const auto raw = host.waiting_spectrum();
        EXPECT_EQ((raw[100] | raw[101] << 8) & 0xE000, bit) << model;
    }
}

// Section 6.3: below 3800 us the electronic shutter, and one acquisition costs about three read-outs of 3.8 ms.
TEST(Usb4000, TakesThreeReadOutsBelowItsShutterLimit) {
    const auto per_frame = [](microseconds time) {
        Host host("USB4000");
        host.use(time);
        device::Clock begun{0};
        std::uint64_t frames = host->truth().frames;
        for (int frame = 0; frame <= 10; ++frame) {
            if (frame == 1) begun = host.now();
            host.send(ooi::RequestSpectrum{});
            while (host->truth().frames == frames) host.pass(microseconds(100));
            host.waiting_spectrum();
            frames = host->truth().frames;
        }
        return std::chrono::duration_cast<microseconds>((host.now() - begun) / 10);
    };
    EXPECT_NEAR(double(per_frame(microseconds(10)).count()), 11400, 600);
    EXPECT_NEAR(double(per_frame(microseconds(3790)).count()), 11400, 600);
    EXPECT_NEAR(double(per_frame(microseconds(3800)).count()), 3800, 200);
    EXPECT_NEAR(double(per_frame(microseconds(20000)).count()), 20000, 1000) << "back to back";
}

TEST(Usb4000, GathersLightForTheTimeThatWasSetBelowTheShutterLimit) {
    Host host("USB4000", flat_light(20));
    const auto light = [&](microseconds time) {
        host.use(time);
        host.spectrum();
        const auto counts = host.spectrum();
        return mean(counts, 1000, 1400) - mean(counts, 5, 16);
    };
    const double one = light(milliseconds(1)), three = light(milliseconds(3));
    EXPECT_NEAR(three / one, 3, 0.3);
}

TEST(Usb4000, LosesFramesWhileTheOneBeforeIsNotRead) {
    Host host("USB4000");
    host.use(milliseconds(20));
    host.send(ooi::RequestSpectrum{});
    host.pass(milliseconds(50));
    EXPECT_EQ(packets(host), 16u) << "four on 0x86, eleven and the sync byte on 0x82";
    host.send(ooi::RequestSpectrum{});
    host.pass(milliseconds(500));
    EXPECT_EQ(packets(host), 16u) << "idle cycles";
    EXPECT_EQ(host.waiting_spectrum().size(), 7681u);
    host.pass(milliseconds(25));
    EXPECT_EQ(host.waiting_spectrum().size(), 7681u);
    EXPECT_EQ(host->truth().frames, 2u);
}

TEST(FreeRunning, AnswersWithTheFrameUnderWayAndRestsOtherwise) {
    Host host("Maya2000Pro");
    host.use(milliseconds(100));
    host.pass(seconds(100) + milliseconds(37));
    EXPECT_EQ(host->next_event(), std::nullopt) << "no events without requests";
    host.send(ooi::RequestSpectrum{});
    host.pass(milliseconds(100));
    EXPECT_EQ(host.waiting_spectrum().size(), 4609u);
    EXPECT_TRUE(host->truth().last_frame.prepared) << "it began before it was asked for";
    EXPECT_EQ(host->truth().frames, 1u);
}

TEST(OceanFaults, SpoilTheEndOfTheNextSpectrum) {
    for (const char* model : {"USB2000+", "USB4000", "USB2000", "NIRQuest256"}) {
        for (const auto& [kind, size] :
             {std::pair{device::FaultKind::drop_last, -1}, std::pair{device::FaultKind::extra_byte, 1}}) {
            Host host(model);
            const auto whole = static_cast<int>(ooi::spectrum_bytes(host.facts.dialect));
            host->inject({kind, 0, {}}, host.now());
            host.send(ooi::RequestSpectrum{});
            host.pass(milliseconds(100));
            EXPECT_EQ(static_cast<int>(host.waiting_spectrum().size()), whole + size) << model;
            EXPECT_TRUE(ooi::decode_spectrum(
                (host.send(ooi::RequestSpectrum{}), host.pass(milliseconds(100)), host.waiting_spectrum()),
                host.facts.dialect))
                << "once";
        }
    }
}

TEST(OceanFaults, LeaveAnOldReplyInTheQueue) {
    Host host("USB4000", {}, {{device::FaultKind::old_reply, 0, {}}});
    const auto first = host.ask(ooi::QuerySlot{1});
    EXPECT_FALSE(ooi::decode_slot(first, 1)) << "the answer to somebody else's question";
    EXPECT_TRUE(ooi::decode_slot(host.bytes(host.start_in(0x81, 512)), 1));
}

}  // namespace singel::test
