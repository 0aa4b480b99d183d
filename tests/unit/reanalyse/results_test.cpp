#include <gtest/gtest.h>

#include "acquisition/record_json.hpp"
#include "acquisition/records/store.hpp"
#include "tests/unit/acquisition/a_folder.hpp"
#include "tests/unit/acquisition/a_result.hpp"

namespace singel::acquisition::records {
namespace {

namespace core = spectra::core;
using testing::TemporaryFolder;

constexpr auto today = std::chrono::year(2026) / 12 / 1;

Record again(const std::string& library) {
    Record record = testing::record(true);
    record.identification.library_id = library;
    record.identification.components[0].name = "theobromine";
    return record;
}

class Results : public ::testing::Test {
protected:
    void SetUp() override { Store(folder_.path(), true, Store::Use::write).add(original_); }
    Store open(Store::Use use) { return Store(folder_.path(), true, use); }
    Database database() { return Database(store_file(folder_.path(), true), Database::Mode::read_write); }

    const TemporaryFolder folder_;
    const Record original_ = testing::record(true);
};

TEST_F(Results, LieBesideTheOriginalWhichStays) {
    Store store = open(Store::Use::write);
    const std::string before = record_json(*store.read(original_.id));
    EXPECT_EQ(store.add_result(again("new"), "0123", today), 1);
    EXPECT_EQ(store.add_result(again("newer"), "0123", today), 2);
    EXPECT_EQ(record_json(*store.read(original_.id)), before);
    const auto results = store.results(original_.id);
    ASSERT_EQ(results.size(), 2U);
    EXPECT_EQ(results[0].library_id, "new");
    EXPECT_EQ(results[1].version, 2);
    EXPECT_EQ(results[1].learned, "0123");
    EXPECT_EQ(results[1].algorithm, "test 1");
    EXPECT_EQ(results[1].day, std::chrono::year_month_day(today));
    EXPECT_EQ(record_from_json(results[1].result)->identification.components[0].name, "theobromine");
}

TEST_F(Results, OfTheSameLibraryAlgorithmAndLearnedFiguresAreKeptOnce) {
    Store store = open(Store::Use::write);
    EXPECT_EQ(store.add_result(again("new"), "0123", today), 1);
    EXPECT_EQ(store.add_result(again("new"), "0123", today), 1);
    EXPECT_EQ(store.results(original_.id).size(), 1U);
    EXPECT_EQ(store.add_result(again("new"), "4567", today), 2) << "learned anew";
}

TEST_F(Results, AreNeitherChangedNorIsTheOriginal) {
    open(Store::Use::write).add_result(again("new"), "0123", today);
    Database other = database();
    EXPECT_THROW(other.execute("UPDATE results SET library_id = 'x'"), core::Failure);
    EXPECT_THROW(other.execute("UPDATE samples SET result = 'x'"), core::Failure);
}

TEST_F(Results, BelongToAStoredSampleOfTheSameKind) {
    Store store = open(Store::Use::write);
    Record real = again("new");
    real.simulated = false;
    EXPECT_THROW(store.add_result(real, "0123", today), core::Failure);
    Record stranger = again("new");
    stranger.id = "ffffffffffffffffffffffffffffffff";
    EXPECT_THROW(store.add_result(stranger, "0123", today), core::Failure);
}

// Stores of the versions before: opened as they are, read, and brought up to date by the first writer.
TEST_F(Results, ComeToStoresOfOlderVersionsToo) {
    const std::string as_version_2 = "DROP TABLE results; DROP TRIGGER samples_result_stays; PRAGMA user_version = 2";
    const std::string as_version_1 =
        "DROP TABLE results; DROP TRIGGER samples_result_stays; DROP TABLE interlocks; "
        "DROP TABLE laser_events; PRAGMA user_version = 1";
    for (const std::string& old : {as_version_2, as_version_1}) {
        database().execute(old);
        {
            Store reader = open(Store::Use::read);
            EXPECT_TRUE(reader.read(original_.id));
            EXPECT_TRUE(reader.results(original_.id).empty());
        }
        Store writer = open(Store::Use::write);
        EXPECT_EQ(writer.add_result(again("new"), "0123", today), 1);
        EXPECT_EQ(writer.read(original_.id)->frames.size(), 2U);
    }
}

TEST(Walk, MeetsEachSampleOnceInOrderOfDays) {
    const TemporaryFolder folder;
    Store store(folder.path(), true, Store::Use::write);
    for (unsigned i = 0; i < 23; ++i) {
        Record record = testing::record(true);
        record.id = std::to_string(1000 - i);
        record.day = std::chrono::year(2026) / 11 / (1 + i % 3);
        store.add(record);
    }
    std::vector<std::string> walked;
    SampleKey at;
    for (auto keys = store.next(at, 4); !keys.empty(); keys = store.next(at, 4)) {
        EXPECT_LE(keys.size(), 4U);
        for (const SampleKey& key : keys) walked.push_back(key.id);
        at = keys.back();
    }
    EXPECT_EQ(walked, store.ids());
    EXPECT_EQ(store.size_from(std::chrono::year(2026) / 11 / 3), 7U);
}

TEST(Scan, IsReadWithoutItsFrames) {
    const TemporaryFolder folder;
    Store store(folder.path(), true, Store::Use::write);
    store.add(testing::record(true));
    const auto scan = store.read(testing::record(true).id, Store::Part::without_frames);
    EXPECT_TRUE(scan->frames.empty());
    EXPECT_EQ(scan->scan.values, testing::record(true).scan.values);
}

}  // namespace
}  // namespace singel::acquisition::records
