#include <gtest/gtest.h>

#include "acquisition/records/store.hpp"
#include "tests/unit/acquisition/a_folder.hpp"

namespace singel::acquisition::records {
namespace {

using namespace std::chrono;
using spectra::core::Failure;

constexpr year_month_day day{year{2026}, month{11}, std::chrono::day{24}};

InterlockRecord record(std::string id, InterlockReason reason, year_month_day on = day) {
    return {std::move(id), "WP-785", "S1", on, reason, "t-17"};
}

TEST(InterlockRecord, CountsForItsOwnInstrumentForAYear) {
    const std::vector all{record("a", InterlockReason::compartment_switch)};
    EXPECT_EQ(valid_interlock(all, "WP-785", "S1", day)->id, "a");
    EXPECT_FALSE(valid_interlock(all, "WP-785", "S2", day));
    EXPECT_FALSE(valid_interlock(all, "WP-532", "S1", day));
    EXPECT_TRUE(valid_interlock(all, "WP-785", "S1", year{2027} / 11 / 23));
    EXPECT_FALSE(valid_interlock(all, "WP-785", "S1", year{2027} / 11 / 24));
    EXPECT_FALSE(valid_interlock(all, "WP-785", "S1", year{2026} / 11 / 23)) << "a clock that went back";
    EXPECT_EQ(expires(record("b", InterlockReason::remote_interlock, year{2028} / 2 / 29)), year{2029} / 2 / 28);
}

TEST(InterlockRecord, NoLongerCountsWhenItWasWithdrawnUntilItIsRecordedAgain) {
    std::vector all{record("a", InterlockReason::compartment_switch), record("b", InterlockReason::defect)};
    EXPECT_FALSE(valid_interlock(all, "WP-785", "S1", day));
    all.push_back(record("c", InterlockReason::remote_interlock));
    EXPECT_EQ(valid_interlock(all, "WP-785", "S1", day)->id, "c");
}

TEST(LaserRecords, AreGivenBackInTheirOrder) {
    const testing::TemporaryFolder folder;
    Store store(folder.path(), true, Store::Use::write);
    store.add_interlock(record("a", InterlockReason::compartment_switch));
    store.add_interlock(record("b", InterlockReason::mistake));
    ASSERT_EQ(store.interlocks().size(), 2U);
    EXPECT_EQ(store.interlocks()[1].reason, InterlockReason::mistake);
    EXPECT_EQ(store.interlocks()[0].staff, "t-17");
    const sys_time<milliseconds> at{1700000000123ms};
    store.add_laser_events({{at, "WP-785", "S1", true, "yes", "unknown", "no"}});
    ASSERT_EQ(store.laser_events().size(), 1U);
    EXPECT_EQ(store.laser_events()[0].at, at);
    EXPECT_TRUE(store.laser_events()[0].requested);
    EXPECT_EQ(store.laser_events()[0].can_fire, "unknown");
}

TEST(LaserRecords, AreNeverChangedOrTakenAway) {
    const testing::TemporaryFolder folder;
    Store store(folder.path(), true, Store::Use::write);
    store.add_interlock(record("a", InterlockReason::compartment_switch));
    store.add_laser_events({{{}, "WP-785", "S1", true, "yes", "yes", "yes"}});
    Database database(store_file(folder.path(), true), Database::Mode::read_write);
    for (const char* sql : {"UPDATE interlocks SET day = '2099-01-01'", "DELETE FROM interlocks",
                            "UPDATE laser_events SET firing = 'no'", "DELETE FROM laser_events"})
        EXPECT_THROW(database.execute(sql), Failure) << sql;
}

TEST(LaserRecords, AreRefusedWithoutASerialNumber) {
    const testing::TemporaryFolder folder;
    Store store(folder.path(), true, Store::Use::write);
    InterlockRecord nobody = record("a", InterlockReason::compartment_switch);
    nobody.serial.clear();
    EXPECT_THROW(store.add_interlock(nobody), Failure);
}

TEST(Store, TakesOverAStoreOfTheFirstVersion) {
    const testing::TemporaryFolder folder;
    { Store made(folder.path(), true, Store::Use::write); }
    {
        Database old(store_file(folder.path(), true), Database::Mode::read_write);
        old.execute(
            "DROP TABLE interlocks; DROP TABLE laser_events; DROP TABLE results;"
            "DROP TRIGGER samples_result_stays; PRAGMA user_version = 1");
    }
    {
        Store read(folder.path(), true, Store::Use::read);
        EXPECT_EQ(read.size(), 0U);
        EXPECT_THROW(read.interlocks(), Failure);
    }
    Store store(folder.path(), true, Store::Use::write);
    EXPECT_TRUE(store.interlocks().empty());
}

}  // namespace
}  // namespace singel::acquisition::records
