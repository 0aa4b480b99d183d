#include "acquisition/session.hpp"

#include <algorithm>
#include <gtest/gtest.h>

#include "acquisition/records/store.hpp"
#include "acquisition/runtime/runtime.hpp"
#include "tests/unit/acquisition/a_folder.hpp"

// What a check does with a laser that cannot tell its interlock, and what it leaves in the records.
namespace singel::acquisition {
namespace {

using namespace std::chrono_literals;
using records::InterlockReason;
using records::Store;
using spectra::core::Fault;

constexpr auto watchdog = 120s;  // of the whole test, never of a single wait

class LaserOfASession : public ::testing::Test {
protected:
    LaserOfASession() {
        plan.instrument.virtual_model = "Ventana-785";
        plan.instrument.scene = "caffeine";
        plan.instrument.virtual_time = true;
        plan.store_path = folder.path().string();
        plan.frames = plan.dark_frames = 2;
    }
    SnapshotPtr check() {
        const std::uint64_t from = session.latest()->sequence;
        const auto over = [this, from] {
            const SnapshotPtr now = session.latest();
            return now->sequence > from && !now->settling &&
                   (now->stage == Stage::done || now->stage == Stage::failed);
        };
        session.check(plan);
        EXPECT_TRUE(runtime.turn_until(over, watchdog));
        return session.latest();
    }
    void record(InterlockReason reason) {
        const auto instrument = session.latest()->instrument;
        Store(folder.path(), true, Store::Use::write)
            .add_interlock({"record-1", instrument.model, instrument.serial, records::today(), reason, "t-1"});
    }
    std::vector<records::LaserEvent> events() { return Store(folder.path(), true, Store::Use::read).laser_events(); }

    testing::TemporaryFolder folder;
    Plan plan;
    Runtime runtime{Runtime::Loop::caller, 2};
    Session session{runtime, [](const SnapshotPtr&) {}};
};

TEST_F(LaserOfASession, StaysDarkUntilATechnicianRecordedItsInterlock) {
    const SnapshotPtr refused = check();
    ASSERT_EQ(refused->stage, Stage::failed);
    EXPECT_EQ(refused->error->fault, Fault::interlock_open);
    EXPECT_TRUE(events().empty());
    record(InterlockReason::compartment_switch);
    session.disconnect();
    const SnapshotPtr done = check();
    ASSERT_EQ(done->stage, Stage::done) << (done->error ? done->error->sentence() : "");
    EXPECT_EQ(done->record->lighting.interlock, "record-1");
    EXPECT_FALSE(done->record->lighting.open_beam);
}

TEST_F(LaserOfASession, IsInTheRecordsWithEveryTransition) {
    check();
    record(InterlockReason::compartment_switch);
    session.disconnect();
    check();
    const auto all = events();
    ASSERT_FALSE(all.empty());
    EXPECT_TRUE(std::ranges::any_of(all, [](const auto& event) { return event.enabled == "yes"; }));
    EXPECT_FALSE(all.back().requested);
    EXPECT_EQ(all.back().enabled, "no");
    EXPECT_EQ(all.back().serial, session.latest()->instrument.serial);
    EXPECT_TRUE(std::ranges::is_sorted(all, {}, &records::LaserEvent::at));
}

TEST_F(LaserOfASession, NeedsAPersonAtAKeyWhenItsBeamIsOpen) {
    check();
    record(InterlockReason::remote_interlock);
    session.disconnect();
    const SnapshotPtr refused = check();
    ASSERT_EQ(refused->stage, Stage::failed);
    EXPECT_EQ(refused->error->fault, Fault::invalid_argument);
    EXPECT_TRUE(events().empty());
}

}  // namespace
}  // namespace singel::acquisition
