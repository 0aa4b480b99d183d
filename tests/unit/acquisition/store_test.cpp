#include "acquisition/records/store.hpp"

#include <cmath>
#include <csignal>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>
#include <random>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "acquisition/record_json.hpp"
#include "acquisition/records/claim_code.hpp"
#include "acquisition/records/export.hpp"
#include "tests/unit/acquisition/a_folder.hpp"
#include "tests/unit/acquisition/a_result.hpp"

namespace singel::acquisition::records {
namespace {

namespace core = spectra::core;
namespace fs = std::filesystem;
using testing::TemporaryFolder;

core::Fault fault_of(const std::function<void()>& action) {
    try {
        action();
    } catch (const core::Failure& failure) {
        EXPECT_FALSE(failure.error().what.empty());
        return failure.error().fault;
    }
    ADD_FAILURE() << "nothing was refused";
    return core::Fault::unsupported;
}

std::string content(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Store, GivesASampleBackWithEveryFrameDarkAndSetting) {
    const TemporaryFolder folder;
    const Record record = testing::record(false);
    Store(folder.path(), false, Store::Use::write).add(record);
    const auto again = Store(folder.path(), false, Store::Use::read).read(record.id);
    ASSERT_TRUE(again);
    ASSERT_EQ(again->frames.size(), 2U);
    ASSERT_EQ(again->dark.size(), 2U);
    EXPECT_EQ(again->frames[1].counts, record.frames[1].counts);
    EXPECT_EQ(again->frames[1].settings, record.frames[1].settings);
    EXPECT_EQ(again->dark[0].settings, record.dark[0].settings);
    EXPECT_EQ(again->frames[0].detector_temperature->value, -9.5);
    EXPECT_EQ(again->frames[0].number, 3U);
    EXPECT_EQ(again->axis, record.axis);
    EXPECT_EQ(again->scan.axis, record.scan.axis);
    EXPECT_EQ(again->scan.values, record.scan.values);
    EXPECT_EQ(again->scan.sigma, record.scan.sigma);
    EXPECT_EQ(again->scan.noise, core::NoiseBasis::frames);
    Record expected = record;
    expected.claim_code.clear();
    EXPECT_EQ(record_json(*again), record_json(expected));
}

TEST(Store, KnowsASampleByItsCodeAndHoldsTheCodeNowhere) {
    const TemporaryFolder folder;
    const Record record = testing::record(false);
    Store store(folder.path(), false, Store::Use::write);
    store.add(record);
    EXPECT_EQ(store.read_by_claim_code("7k4m 29qx")->id, record.id);
    EXPECT_FALSE(store.read_by_claim_code("7K4M-29QZ"));
    EXPECT_FALSE(store.read_by_claim_code("nonsense!"));
    for (const auto& entry : fs::directory_iterator(folder.path())) {
        EXPECT_EQ(content(entry.path()).find("7K4M"), std::string::npos) << entry.path();
    }
}

TEST(Store, KeepsSimulatedSamplesInAFileOfTheirOwn) {
    const TemporaryFolder folder;
    Store real(folder.path(), false, Store::Use::write), simulated(folder.path(), true, Store::Use::write);
    EXPECT_EQ(fault_of([&] { real.add(testing::record(true)); }), core::Fault::invalid_argument);
    EXPECT_EQ(fault_of([&] { simulated.add(testing::record(false)); }), core::Fault::invalid_argument);
    simulated.add(testing::record(true));
    EXPECT_EQ(real.size(), 0U);
    EXPECT_EQ(simulated.size(), 1U);
    EXPECT_FALSE(simulated.read_by_claim_code("7K4M-29QX"));
}

TEST(Store, KeepsNothingOfASampleThatWasGivenUp) {
    const TemporaryFolder folder;
    Store store(folder.path(), false, Store::Use::write);
    const std::atomic<bool> cancelled = true;
    EXPECT_EQ(fault_of([&] { store.add(testing::record(false), &cancelled); }), core::Fault::cancelled);
    EXPECT_EQ(store.size(), 0U);
    EXPECT_NO_THROW(store.add(testing::record(false)));
}

TEST(Store, ChoosesDaysInclusively) {
    const TemporaryFolder folder;
    Store store(folder.path(), true, Store::Use::write);
    for (unsigned day = 1; day <= 4; ++day) {
        Record record = testing::record(true);
        record.id = random_id();
        record.day = std::chrono::year(2026) / 11 / day;
        store.add(record);
    }
    const auto second = std::chrono::year(2026) / 11 / 2, third = std::chrono::year(2026) / 11 / 3;
    EXPECT_EQ(store.ids().size(), 4U);
    EXPECT_EQ(store.ids(second, third).size(), 2U);
    EXPECT_EQ(store.ids(third, {}).size(), 2U);
    EXPECT_EQ(store.ids({}, second).size(), 2U);
}

TEST(Store, SaysBeforeAMeasurementThatAnotherProgramHoldsIt) {
    const TemporaryFolder folder;
    Store(folder.path(), true, Store::Use::write);
    Database other(store_file(folder.path(), true), Database::Mode::read_write);
    const Transaction held(other);
    EXPECT_EQ(fault_of([&] { Store(folder.path(), true, Store::Use::write); }), core::Fault::busy);
}

TEST(Store, SaysBeforeAMeasurementThatItCannotBeWritten) {
    const TemporaryFolder folder;
    std::ofstream(folder.path() / "file") << "x";
    EXPECT_EQ(fault_of([&] { Store(folder.path() / "file", true, Store::Use::write); }),
              core::Fault::permission_denied);
    fs::create_directory(store_file(folder.path(), true));
    EXPECT_EQ(fault_of([&] { Store(folder.path(), true, Store::Use::write); }), core::Fault::permission_denied);
}

TEST(Store, RefusesAFileThatIsNoStoreAndOneFromTheFuture) {
    const TemporaryFolder folder;
    std::ofstream(store_file(folder.path(), true)) << "This is not a database, only a long enough text to be read.";
    EXPECT_EQ(fault_of([&] { Store(folder.path(), true, Store::Use::write); }), core::Fault::wrong_format);
    {
        Database foreign(store_file(folder.path(), false), Database::Mode::read_write);
        foreign.execute("CREATE TABLE theirs(x)");
    }
    EXPECT_EQ(fault_of([&] { Store(folder.path(), false, Store::Use::write); }), core::Fault::wrong_format);
    const TemporaryFolder other;
    Store(other.path(), true, Store::Use::write);
    Database(store_file(other.path(), true), Database::Mode::read_write).execute("PRAGMA user_version = 99");
    EXPECT_EQ(fault_of([&] { Store(other.path(), true, Store::Use::write); }), core::Fault::wrong_format);
}

TEST(Store, SaysThatThereAreNoRecordsYet) {
    const TemporaryFolder folder;
    EXPECT_EQ(fault_of([&] { Store(folder.path(), false, Store::Use::read); }), core::Fault::not_found);
}

TEST(Reservation, IsRefusedWhenTheDiskHasNoRoomAndLeavesNothingBehind) {
    const TemporaryFolder folder;
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const rlimit small{4096, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    EXPECT_EQ(fault_of([&] { Reservation(folder.path(), 1 << 20); }), core::Fault::disk_full);
    setrlimit(RLIMIT_FSIZE, &before);
    {
        const Reservation held(folder.path(), 1 << 20);
        EXPECT_TRUE(fs::is_empty(folder.path())) << "it has no name";
    }
    EXPECT_EQ(fault_of([&] { Reservation(folder.path() / "missing", 1); }), core::Fault::permission_denied);
}

// A writer that is killed at a random moment, again and again, leaves whole samples only.
TEST(Store, HoldsWholeSamplesOnlyAfterItsWriterWasKilled) {
    const TemporaryFolder folder;
    Store(folder.path(), true, Store::Use::write);
    std::mt19937 random(7);
    std::size_t before = 0;
    for (int round = 0; round < 50; ++round) {
        const pid_t writer = fork();
        if (writer == 0) {
            Store store(folder.path(), true, Store::Use::write);
            Record record = testing::record(true);
            for (;;) {
                record.id = random_id();
                store.add(record);
            }
        }
        usleep(static_cast<useconds_t>(random() % 20'000));
        kill(writer, SIGKILL);
        waitpid(writer, nullptr, 0);
        Store store(folder.path(), true, Store::Use::read);
        const auto ids = store.ids();
        EXPECT_GE(ids.size(), before) << "what was committed stays";
        before = ids.size();
    }
    EXPECT_GT(before, 0U);
    Store store(folder.path(), true, Store::Use::read);
    for (const std::string& id : store.ids()) {
        const auto record = store.read(id);
        ASSERT_TRUE(record);
        EXPECT_EQ(record->frames.size(), 2U);
        EXPECT_EQ(record->dark.size(), 2U);
    }
    Database database(store_file(folder.path(), true), Database::Mode::read_only);
    Query orphans = database.query("SELECT count(*) FROM frames WHERE sample NOT IN (SELECT id FROM samples)");
    ASSERT_TRUE(orphans.step());
    EXPECT_EQ(orphans.integer(0), 0);
}

TEST(ClaimCode, IsEightOfThirtyTwoSignsInTwoGroups) {
    for (int i = 0; i < 200; ++i) {
        const std::string code = random_claim_code();
        ASSERT_EQ(code.size(), 9U);
        EXPECT_EQ(code[4], '-');
        EXPECT_EQ(code.find_first_of("ILOU"), std::string::npos);
        EXPECT_EQ(normal_claim_code(code).size(), 8U);
    }
    EXPECT_NE(random_claim_code(), random_claim_code());
}

TEST(ClaimCode, IsReadAsPeopleWriteIt) {
    EXPECT_EQ(normal_claim_code("7k4m-29qx"), "7K4M29QX");
    EXPECT_EQ(normal_claim_code("IlOo 0011"), "11000011");
    EXPECT_EQ(normal_claim_code("7K4M-29Q"), "");
    EXPECT_EQ(normal_claim_code("7K4M-29QU"), "");
}

TEST(ClaimCode, HashesDifferentlyUnderAnotherKey) {
    const TemporaryFolder folder;
    const auto key = claim_key(folder.path() / "a.key", true), other = claim_key(folder.path() / "b.key", true);
    EXPECT_EQ(claim_key(folder.path() / "a.key", true), key) << "made once";
    EXPECT_EQ(claim_hash("7K4M-29QX", key), claim_hash("7k4m29qx", key));
    EXPECT_NE(claim_hash("7K4M-29QX", key), claim_hash("7K4M-29QX", other));
    const auto mode = fs::status(folder.path() / "a.key").permissions();
    EXPECT_EQ(mode & (fs::perms::group_all | fs::perms::others_all), fs::perms::none);
    EXPECT_EQ(fault_of([&] { claim_key(folder.path() / "missing.key", false); }), core::Fault::wrong_format);
}

TEST(Export, LeavesSimulatedSamplesOutUnlessAsked) {
    const TemporaryFolder folder;
    Store(folder.path(), true, Store::Use::write).add(testing::record(true));
    const fs::path file = folder.path() / "out.h5";
    EXPECT_EQ(export_dataset(folder.path(), file, {}), 0U);
    EXPECT_FALSE(fs::exists(file));
    ExportOptions options;
    options.simulated = true;
    EXPECT_EQ(export_dataset(folder.path(), file, options), 1U);
    EXPECT_TRUE(fs::exists(file));
}

TEST(Export, WritesAShareThatIsNotKnownAsNotANumber) {
    Record record = testing::record(true);
    record.identification.components[0].share.reset();
    record.identification.components[0].share_interval.reset();
    const auto row = dataset_row(record);
    EXPECT_TRUE(std::isnan(row.components[0].share));
    EXPECT_TRUE(row.simulated);
    EXPECT_EQ(row.frames.size(), 2U);
}

}  // namespace
}  // namespace singel::acquisition::records
