#include <gmock/gmock.h>

#include "instrument/guarded_laser.hpp"
#include "instrument/ocean_obp/obp_laser.hpp"
#include "tests/unit/instrument-obp/made_up_device.hpp"

// Off, whatever it takes (FID notes, section 9.5, binding for a Ventana too).
namespace singel::instrument::ocean_obp {
namespace {

using core::Fault;
using testing::HasSubstr;
using namespace std::chrono_literals;
namespace message = obp::message;

struct Lit : Talk {
    Lit() {
        device->on[message::set_light_source] = [this](const obp::Frame& request) {
            const bool off = request.data.at(2) == 0;
            if (off && offs_lost > 0)
                --offs_lost;
            else if (!off || !never_off)
                on = !off;
            if (!off) ++switched_on;
            device->say(MadeUpDevice::ack(request));
        };
        device->on[message::get_light_source] = [this](const obp::Frame& request) {
            device->say(MadeUpDevice::reply_to(request, obp::u8(on ? 1 : 0)));
        };
        device->on[message::set_light_source_intensity] = [this](const obp::Frame& request) {
            intensity.assign(request.data.begin() + 2, request.data.end());
            device->say(MadeUpDevice::ack(request));
        };
        device->on[message::get_light_source_intensity] = [this](const obp::Frame& request) {
            device->say(MadeUpDevice::reply_to(request, intensity));
        };
    }
    bool on = true, never_off = false;
    int offs_lost = 0, switched_on = 0;
    Bytes intensity = obp::f32(1.0F);
    ObpLaserSwitch laser{pipe};
    FrameBook book;
    GuardedLaser guarded{laser, book, 0ms, 1};

    std::optional<core::Error> off() { return run(guarded.switch_off()); }
    std::optional<core::Error> light(LaserLease lease) { return run(guarded.switch_on(lease)); }
};

TEST(ObpLaser, IsOffWithOneQuestionAndItsProof) {
    Lit lit;
    EXPECT_FALSE(lit.off().has_value());
    EXPECT_FALSE(lit.on);
    EXPECT_FALSE(lit.guarded.last_known().may_be_on());
    EXPECT_EQ(lit.device->asked.size(), 2u);
}

TEST(ObpLaser, IsOffAlthoughTwoOffsWereLost) {
    Lit lit;
    lit.offs_lost = 2;
    EXPECT_FALSE(lit.off().has_value());
    EXPECT_FALSE(lit.on);
    EXPECT_EQ(lit.device->resets, 0);
}

TEST(ObpLaser, ClimbsItsWholeLadderCountsAsOnAndIsNeverArmedOnTheWay) {
    Lit lit;
    lit.never_off = true;
    const auto before = lit.device->time;
    const auto error = lit.off();
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->fault, Fault::laser_unverified);
    EXPECT_THAT(error->remedy, HasSubstr("Treat it as ON"));
    EXPECT_TRUE(lit.guarded.last_known().may_be_on());
    EXPECT_EQ(lit.intensity, obp::f32(0.0F));
    EXPECT_EQ(lit.device->count(message::abort_acquisition), 1);
    EXPECT_EQ(lit.device->resets, 1);
    EXPECT_EQ(lit.device->count(message::reset), 1);
    EXPECT_EQ(lit.device->count(message::set_light_source), 7) << "after every rung";
    EXPECT_EQ(lit.switched_on, 0);
    EXPECT_LE(lit.device->time - before, 2s);
}

TEST(ObpLaser, CountsAsOnWhenTheUnitIsGone) {
    Lit lit;
    lit.device->gone = true;
    const auto error = lit.off();
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->fault, Fault::laser_unverified);
    EXPECT_TRUE(lit.guarded.last_known().may_be_on());
}

TEST(ObpLaser, CountsAsOnWhenTheUnitFallsSilent) {
    Lit lit;
    lit.device->on[message::get_light_source] = [](const obp::Frame&) {};
    const auto before = lit.device->time;
    const auto error = lit.off();
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->fault, Fault::laser_unverified);
    EXPECT_LE(lit.device->time - before, 3s);
}

TEST(ObpLaser, StaysOffWithoutARecordedPhysicalInterlock) {
    Lit lit;
    lit.on = false;
    const auto error = lit.light({});
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->fault, Fault::interlock_open);
    EXPECT_EQ(lit.switched_on, 0);
    LaserLease trusted;
    trusted.physical_interlock = true;
    trusted.power = 0.25;
    EXPECT_FALSE(lit.light(trusted).has_value());
    EXPECT_TRUE(lit.on);
    EXPECT_EQ(lit.intensity, obp::f32(0.25F));
    EXPECT_TRUE(lit.book.settings.laser_on);
    EXPECT_FALSE(lit.off().has_value());
    EXPECT_FALSE(lit.book.settings.laser_on);
}

TEST(ObpLaser, StaysOffWhenItsIntensityIsNotTakenOver) {
    Lit lit;
    lit.on = false;
    lit.device->on[message::set_light_source_intensity] = [&](const obp::Frame& request) {
        lit.device->say(MadeUpDevice::ack(request));
    };
    LaserLease trusted;
    trusted.physical_interlock = true;
    trusted.power = 0.25;
    const auto error = lit.light(trusted);
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->fault, Fault::protocol);
    EXPECT_EQ(lit.switched_on, 0);
}

}  // namespace
}  // namespace singel::instrument::ocean_obp
