#include "acquisition/session.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "acquisition/records/store.hpp"
#include "acquisition/runtime/runtime.hpp"
#include "tests/unit/acquisition/a_folder.hpp"

namespace singel::acquisition {
namespace {

using namespace std::chrono_literals;
using spectra::core::Fault;
using testing::TemporaryFolder;

constexpr auto watchdog = 120s;  // of the whole test, never of a single wait

bool over(const Snapshot& snapshot) {
    return !snapshot.settling &&
           (snapshot.stage == Stage::done || snapshot.stage == Stage::failed || snapshot.stage == Stage::cancelled);
}

// One session on a virtual WP-785 in virtual time, with a store of its own. Observers may act in the middle.
class OneSession : public ::testing::Test {
protected:
    OneSession() {
        plan.instrument.virtual_model = "WP-785";
        plan.instrument.scene = "caffeine:70,acetaminophen:30";
        plan.instrument.virtual_time = true;
        plan.store_path = folder.path().string();
        plan.frames = 4;
        plan.dark_frames = 4;
    }

    SnapshotPtr check() {
        session.check(plan);
        return turn_until_over();
    }
    SnapshotPtr turn_until_over() {
        const std::uint64_t from = session.latest()->sequence;
        EXPECT_TRUE(runtime.turn_until([&] { return session.latest()->sequence > from && over(*session.latest()); },
                                       watchdog));
        return session.latest();
    }
    std::size_t stored() {
        if (!std::filesystem::exists(records::store_file(folder.path(), true))) return 0;
        return records::Store(folder.path(), true, records::Store::Use::read).size();
    }
    bool passed_through(Stage stage) const {
        return std::ranges::any_of(seen, [&](const SnapshotPtr& snapshot) { return snapshot->stage == stage; });
    }

    TemporaryFolder folder;
    Plan plan;
    std::vector<SnapshotPtr> seen;
    std::function<void(const Snapshot&)> act;  // called with each snapshot
    Runtime runtime{Runtime::Loop::caller, 2};
    Session session{runtime, [this](const SnapshotPtr& snapshot) {
                        seen.push_back(snapshot);
                        if (act) act(*snapshot);
                    }};
};

TEST_F(OneSession, ChecksASampleFromConnectingToTheRecord) {
    const SnapshotPtr last = check();
    ASSERT_EQ(last->stage, Stage::done) << (last->error ? last->error->sentence() : "");
    ASSERT_TRUE(last->record);
    const records::Record& record = *last->record;
    EXPECT_TRUE(record.simulated);
    EXPECT_TRUE(record.claim_code.empty());
    EXPECT_EQ(record.frames.size(), 4U);
    EXPECT_EQ(record.dark.size(), 4U);
    for (const auto& frame : record.frames) {
        EXPECT_TRUE(frame.settings.laser_on);
        EXPECT_EQ(frame.settings.integration_time, record.dark.front().settings.integration_time);
        EXPECT_EQ(frame.saturated_fraction(), 0.0);
    }
    for (const auto& frame : record.dark) EXPECT_FALSE(frame.settings.laser_on);
    EXPECT_EQ(stored(), 1U);
    EXPECT_EQ(last->light, Light::off);
    EXPECT_THAT(last->instrument.model, ::testing::StartsWith("WP-785"));
    EXPECT_TRUE(last->instrument.simulated);
    for (const Stage stage : {Stage::connecting, Stage::dark, Stage::measuring, Stage::identifying, Stage::recording})
        EXPECT_TRUE(passed_through(stage)) << name(stage);
}

TEST_F(OneSession, ShowsSnapshotsInOrderWithProgressAndALiveSpectrum) {
    check();
    ASSERT_GT(seen.size(), 10U);
    for (std::size_t i = 1; i < seen.size(); ++i) EXPECT_EQ(seen[i]->sequence, seen[i - 1]->sequence + 1);
    EXPECT_EQ(seen.back()->progress, 1.0);
    const auto live = std::ranges::find_if(seen, [](const SnapshotPtr& one) { return one->frames_done > 5; });
    ASSERT_NE(live, seen.end());
    ASSERT_TRUE((*live)->live);
    EXPECT_EQ((*live)->live->axis.kind(), spectra::core::AxisKind::raman_shift_cm1);
    EXPECT_GT((*live)->fullness, 0.2);
    EXPECT_EQ((*live)->frames_total, 8U);
}

TEST_F(OneSession, HasTheLaserOnOnlyWhileMeasuring) {
    bool was_on = false;
    act = [&](const Snapshot& snapshot) {
        if (snapshot.light == Light::on) was_on = true;
        EXPECT_TRUE(snapshot.stage == Stage::measuring || snapshot.light != Light::on) << name(snapshot.stage);
    };
    check();
    EXPECT_TRUE(was_on);
}

TEST_F(OneSession, KeepsTheInstrumentForTheNextSample) {
    session.connect(plan.instrument);
    ASSERT_TRUE(runtime.turn_until([&] { return session.latest()->stage == Stage::ready; }, watchdog));
    EXPECT_EQ(session.latest()->light, Light::off);
    EXPECT_EQ(check()->stage, Stage::done);
    EXPECT_EQ(check()->stage, Stage::done);
    EXPECT_EQ(stored(), 2U);
    EXPECT_NE(seen.front()->record, seen.back()->record);
    session.disconnect();
    ASSERT_TRUE(runtime.turn_until([&] { return session.latest()->stage == Stage::no_instrument; }, watchdog));
    EXPECT_TRUE(session.latest()->instrument.model.empty());
}

TEST_F(OneSession, TakesASecondPressWhileCheckingForTheSame) {
    session.check(plan);
    session.check(plan);
    turn_until_over();
    EXPECT_EQ(stored(), 1U);
}

TEST_F(OneSession, CanBeCancelledInEveryStage) {
    for (const Stage stage : {Stage::connecting, Stage::dark, Stage::measuring, Stage::identifying}) {
        bool asked = false;
        act = [&](const Snapshot& snapshot) {
            if (asked || snapshot.stage != stage) return;
            asked = true;
            session.cancel();
        };
        const std::size_t before = stored();
        const SnapshotPtr last = check();
        ASSERT_TRUE(asked) << name(stage);
        EXPECT_EQ(last->stage, Stage::cancelled) << name(stage);
        EXPECT_NE(last->light, Light::on) << name(stage);
        EXPECT_NE(last->light, Light::may_be_on) << name(stage);
        EXPECT_FALSE(last->record) << name(stage);
        EXPECT_EQ(stored(), before) << name(stage);
        act = nullptr;
        EXPECT_EQ(check()->stage, Stage::done) << "after cancelling in " << name(stage);
    }
}

TEST_F(OneSession, SwitchesTheLaserOffWhenTheRedButtonIsPressed) {
    bool pressed = false;
    act = [&](const Snapshot& snapshot) {
        if (pressed || snapshot.light != Light::on) return;
        pressed = true;
        session.stop_laser();
    };
    const SnapshotPtr last = check();
    ASSERT_TRUE(pressed);
    EXPECT_EQ(last->stage, Stage::cancelled);
    EXPECT_EQ(last->light, Light::off);
    EXPECT_EQ(stored(), 0U);
}

TEST_F(OneSession, SaysSoWhenTheInstrumentIsUnpluggedAndChecksAgainAfterwards) {
    for (const int exchange : {40, 60, 80, 110, 150}) {
        plan.instrument.faults = "unplug@" + std::to_string(exchange);
        const SnapshotPtr last = check();
        if (last->stage == Stage::done) continue;  // the check was over before that exchange
        ASSERT_EQ(last->stage, Stage::failed) << exchange;
        ASSERT_TRUE(last->error);
        // Where the laser had been on, that it could not be shown to be off is what a person must know first.
        const bool shone = last->error->fault == Fault::laser_unverified;
        EXPECT_TRUE(shone || last->error->fault == Fault::disconnected) << last->error->sentence();
        EXPECT_EQ(last->light, shone ? Light::may_be_on : last->light);
        EXPECT_FALSE(last->record);
        plan.instrument.faults.clear();
        const SnapshotPtr again = check();
        EXPECT_EQ(again->stage, Stage::done) << exchange;
        EXPECT_EQ(again->light, Light::off) << "opening showed it off";
    }
}

TEST_F(OneSession, RefusesALibraryThatIsNotThereBeforeAnyLight) {
    plan.library_path = (folder.path() / "none.h5").string();
    plan.instrument.scene = "empty";
    const SnapshotPtr last = check();
    ASSERT_EQ(last->stage, Stage::failed);
    EXPECT_EQ(last->error->fault, Fault::not_found);
    for (const SnapshotPtr& snapshot : seen) EXPECT_NE(snapshot->light, Light::on);
}

TEST_F(OneSession, RefusesAStoreThatCannotBeWrittenBeforeAnyLight) {
    plan.store_path = "/proc/nowhere";
    const SnapshotPtr last = check();
    ASSERT_EQ(last->stage, Stage::failed);
    EXPECT_EQ(last->error->fault, Fault::permission_denied);
    for (const SnapshotPtr& snapshot : seen) EXPECT_NE(snapshot->light, Light::on);
}

TEST_F(OneSession, StillShowsAResultThatCouldNotBeRecorded) {
    act = [&](const Snapshot& snapshot) {
        if (snapshot.stage != Stage::identifying) return;
        records::Database store(records::store_file(folder.path(), true), records::Database::Mode::read_write);
        store.execute("DROP TABLE frames");
    };
    const SnapshotPtr last = check();
    ASSERT_EQ(last->stage, Stage::failed);
    ASSERT_TRUE(last->record);
    EXPECT_EQ(last->record->frames.size(), 4U);
    EXPECT_EQ(stored(), 0U);
}

TEST_F(OneSession, RefusesAnInstrumentWithoutLaserForARamanLibrary) {
    plan.instrument.virtual_model = "USB2000+";
    const SnapshotPtr last = check();
    ASSERT_EQ(last->stage, Stage::failed);
    EXPECT_EQ(last->error->fault, Fault::wrong_technique);
    EXPECT_EQ(last->light, Light::no_laser);
}

TEST_F(OneSession, AbstainsFromASaturatedScanAndKeepsItsFrames) {
    plan.instrument.scene = "caffeine:1,brightness=40";
    plan.integration_time = 3s;
    const SnapshotPtr last = check();
    ASSERT_EQ(last->stage, Stage::done);
    EXPECT_GT(last->record->scan.saturated_fraction, 0.0);
    EXPECT_EQ(last->record->frames.size(), 4U);
    EXPECT_EQ(stored(), 1U);
}

TEST_F(OneSession, FindsAnExposureThatDoesNotClipABrightSample) {
    plan.instrument.scene = "caffeine:1,brightness=40";
    const SnapshotPtr last = check();
    ASSERT_EQ(last->stage, Stage::done);
    EXPECT_EQ(last->record->scan.saturated_fraction, 0.0);
}

TEST_F(OneSession, MeasuresNothingOnAnUnknownModel) {
    plan.instrument.virtual_model = "WP-9000";
    const SnapshotPtr last = check();
    ASSERT_EQ(last->stage, Stage::failed);
    EXPECT_TRUE(spectra::core::person_can_act(last->error->fault));
}

TEST(SessionAtItsEnd, SwitchesOffAndClosesInTheMiddleOfACheck) {
    const TemporaryFolder folder;
    Runtime runtime(Runtime::Loop::own_thread, 2);
    std::atomic<bool> shone = false;
    {
        Session session(runtime, [&](const SnapshotPtr& snapshot) { shone = shone || snapshot->light == Light::on; });
        Plan plan;
        plan.instrument = {{}, "WP-785", "caffeine:1", {}, true, {}};
        plan.store_path = folder.path().string();
        session.check(plan);
    }
    EXPECT_FALSE(std::filesystem::exists(records::store_file(folder.path(), true)) &&
                 records::Store(folder.path(), true, records::Store::Use::read).size() > 0);
}

}  // namespace
}  // namespace singel::acquisition
