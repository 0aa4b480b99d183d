#include "tests/unit/ooi/host.hpp"

// Section 3.1 of the notes on the OOI protocol, and the behaviour of section 6.3 while triggered.
namespace singel::test {

namespace {

constexpr auto pulse_every = milliseconds(10);

class Triggered : public testing::TestWithParam<const char*> {
protected:
    void mode(std::uint16_t code) {
        host.use(milliseconds(30));
        host.send(ooi::SetTrigger{code});
    }
    void pulse() { host->trigger(host.now()); }
    bool frame_waits() { return host.status().packets_waiting > 0; }

    Host host{GetParam()};
};

std::string test_name(const testing::TestParamInfo<const char*>& info) {
    std::string name(info.param);
    std::ranges::replace(name, '+', 'P');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Models, Triggered, testing::Values("USB4000", "USB2000+", "HR2000+", "QE65000"), test_name);

}  // namespace

TEST_P(Triggered, WaitsForAnEdge) {
    mode(3);
    host.send(ooi::RequestSpectrum{});
    host.pass(seconds(1000));
    EXPECT_FALSE(frame_waits());
    pulse();
    host.pass(milliseconds(29));
    EXPECT_FALSE(frame_waits());
    const auto edge = host.now() - milliseconds(29);
    host.pass(milliseconds(1));
    EXPECT_TRUE(frame_waits());
    EXPECT_EQ(host->truth().last_frame.begun, edge);
    EXPECT_EQ(host->truth().last_frame.integration, milliseconds(30));
}

TEST_P(Triggered, DropsAFrameThatNobodyAskedForByItsEnd) {
    mode(3);
    pulse();
    host.pass(milliseconds(31));
    EXPECT_EQ(host->truth().frames, 0u);
    host.send(ooi::RequestSpectrum{});
    host.pass(seconds(1));
    EXPECT_FALSE(frame_waits()) << "a frame that was dropped does not come back";
    pulse();
    host.pass(milliseconds(30));
    EXPECT_TRUE(frame_waits());
}

TEST_P(Triggered, TakesAFrameThatIsAskedForWhileItRuns) {
    mode(3);
    pulse();
    host.pass(milliseconds(15));
    host.send(ooi::RequestSpectrum{});
    host.pass(milliseconds(15));
    EXPECT_TRUE(frame_waits());
}

TEST_P(Triggered, BeginsNoFrameUntilTheOneBeforeWasRead) {
    mode(3);
    host.send(ooi::RequestSpectrum{});
    pulse();
    host.pass(milliseconds(30));
    host.send(ooi::RequestSpectrum{});
    pulse();
    host.pass(seconds(1));
    EXPECT_EQ(host->truth().frames, 1u);
    EXPECT_FALSE(host.waiting_spectrum().empty());
    pulse();
    host.pass(milliseconds(30));
    EXPECT_EQ(host->truth().frames, 2u);
}

TEST_P(Triggered, NeedsARequestBeforeALevel) {
    mode(1);
    pulse();
    host.pass(seconds(1));
    EXPECT_EQ(host->truth().frames, 0u);
    host.send(ooi::RequestSpectrum{});
    pulse();
    host.pass(milliseconds(30));
    EXPECT_TRUE(frame_waits());
    EXPECT_EQ(host->truth().last_frame.integration, milliseconds(30)) << "as set by the host";
}

TEST_P(Triggered, IntegratesFromEdgeToEdgeWhenSynchronised) {
    mode(2);
    host.send(ooi::RequestSpectrum{});
    pulse();
    host.pass(milliseconds(77));
    EXPECT_FALSE(frame_waits());
    pulse();
    host.pass(device::Clock(1));
    EXPECT_TRUE(frame_waits());
    EXPECT_EQ(host->truth().last_frame.integration, milliseconds(77));
}

TEST_P(Triggered, KnowsTheSelfNullingTwinsAndIgnoresWhatItDoesNotKnow) {
    mode(0x83);
    EXPECT_EQ(host.status().trigger, 0x83);
    for (const int code : {5, 0x7F, 0x84, 0x103, 0xFFFF}) {
        const auto unknown = static_cast<std::uint16_t>(code);
        host.send(ooi::SetTrigger{unknown});
        EXPECT_EQ(host.status().trigger, 0x83) << unknown;
    }
    host.send(ooi::RequestSpectrum{});
    pulse();
    host.pass(milliseconds(30));
    EXPECT_TRUE(frame_waits());
}

TEST_P(Triggered, IsDeafWhenDisabled) {
    mode(0xFF);
    host.send(ooi::RequestSpectrum{});
    for (int i = 0; i < 10; ++i) {
        pulse();
        host.pass(pulse_every);
    }
    EXPECT_EQ(host->truth().frames, 0u);
}

TEST_P(Triggered, AnswersWhatWasAskedOnceItRunsFreeAgain) {
    mode(3);
    host.send(ooi::RequestSpectrum{});
    host.pass(milliseconds(100));
    host.send(ooi::SetTrigger{0});
    host.pass(milliseconds(30));
    EXPECT_TRUE(frame_waits());
}

TEST_P(Triggered, DoesNotHearPulsesWhenItRunsFree) {
    for (int i = 0; i < 10; ++i) {
        pulse();
        host.pass(pulse_every);
    }
    EXPECT_EQ(host->truth().frames, 0u);
}

TEST(Usb2000Trigger, IntegratesForFiftyMillisecondsAfterAnEdge) {
    Host host("USB2000");
    host.use(milliseconds(200));
    host.send(ooi::SetTrigger{3});
    host.send(ooi::RequestSpectrum{});
    host->trigger(host.now());
    host.pass(milliseconds(50));
    EXPECT_EQ(host.waiting_spectrum().size(), 4097u);
    EXPECT_EQ(host->truth().last_frame.integration, milliseconds(50));
    host.send(ooi::SetTrigger{2});
    EXPECT_EQ(host.status().trigger, 3) << "it has no synchronisation";
}

TEST(FlameTrigger, KnowsACodeMore) {
    for (const char* model : {"Flame-S", "Flame-T"}) {
        Host host(model);
        host.send(ooi::SetTrigger{4});
        EXPECT_EQ(host.status().trigger, 4) << model;
    }
    Host older("USB4000");
    older.send(ooi::SetTrigger{4});
    EXPECT_EQ(older.status().trigger, 0);
}

}  // namespace singel::test
