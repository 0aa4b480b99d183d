#include "acquisition/pipeline/reanalyse.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "acquisition/record_json.hpp"
#include "tests/unit/acquisition/a_folder.hpp"
#include "tests/unit/reanalyse/made_up_store.hpp"

namespace singel::acquisition::pipeline {
namespace {

namespace core = spectra::core;
using records::Database;
using records::Store;
using testing::TemporaryFolder;

constexpr std::size_t scans = 24;

class Reanalyse : public ::testing::Test {
protected:
    // Filled once: a store waits for the disk at each sample.
    static void SetUpTestSuite() {
        filled_ = std::make_unique<TemporaryFolder>();
        testing::fill_store(filled_->path(), scans);
    }
    static void TearDownTestSuite() { filled_.reset(); }
    void SetUp() override {
        std::filesystem::copy(filled_->path(), folder_.path(), std::filesystem::copy_options::recursive);
        options_.store_folder = folder_.path();
    }
    Tally run(unsigned workers = 2) {
        answers_.clear();
        ComputePool pool(workers);
        return reanalyse(*library_, pool, options_, stop_, [&](const Again& again) { answers_.push_back(again); });
    }
    std::string all_lines() const {
        std::string text;
        for (const Again& again : answers_)
            text += change_json(*again.before, *again.after, again.change, again.kept_version) + "\n";
        return text;
    }
    std::string id(std::size_t i) const { return fmt::format("{:032x}", i); }
    void spoil(std::size_t i) {
        Database(records::store_file(folder_.path(), false), Database::Mode::read_write)
            .execute(fmt::format("UPDATE samples SET scan = x'0102030405' WHERE id = '{}'", id(i)));
    }

    static inline std::unique_ptr<TemporaryFolder> filled_;
    const TemporaryFolder folder_;
    const spectra::identify::LibraryPtr library_ = testing::library_after();
    ReanalyseOptions options_;
    std::atomic<bool> stop_ = false;
    std::vector<Again> answers_;
};

TEST_F(Reanalyse, FindsASubstanceAddedTodayInTheSamplesOfLastMonth) {
    const Tally tally = run();
    ASSERT_EQ(answers_.size(), scans);
    for (std::size_t i = 0; i < scans; ++i) {
        const Again& again = answers_[i];
        EXPECT_EQ(again.key.id, id(i)) << "by day, then id";
        const bool appeared = std::ranges::any_of(
            again.change.appeared, [](const auto& component) { return component.name == "metonitazene"; });
        EXPECT_EQ(appeared, testing::holds_newcomer(i)) << i;
        if (!appeared) continue;
        ASSERT_TRUE(again.change.sign) << i;
        EXPECT_EQ(again.change.sign->after, Sign::dangerous);
    }
    EXPECT_EQ(tally.asked, scans);
    EXPECT_EQ(tally.stored, scans);
    EXPECT_EQ(tally.now_dangerous, scans / 3);
    EXPECT_EQ(tally.with_new_names, scans / 3);
    EXPECT_FALSE(tally.interrupted);
}

TEST_F(Reanalyse, ChangesNothingWithTheSameLibrary) {
    ComputePool pool(2);
    const Tally tally = reanalyse(*testing::library_before(), pool, options_, stop_,
                                  [](const Again& again) { EXPECT_FALSE(again.change.any()) << again.key.id; });
    EXPECT_EQ(tally.asked, scans);
    EXPECT_EQ(tally.changed, 0U);
}

TEST_F(Reanalyse, SaysTheSameForAnyNumberOfThreads) {
    run(1);
    const std::string alone = all_lines();
    for (const unsigned workers : {2U, 5U}) {
        run(workers);
        EXPECT_EQ(all_lines(), alone) << workers;
    }
}

TEST_F(Reanalyse, KeepsNothingUnlessAsked) {
    run();
    EXPECT_TRUE(Store(folder_.path(), false, Store::Use::read).results(id(1)).empty());
}

TEST_F(Reanalyse, KeepsEachAnswerBesideTheOriginalOnce) {
    Store store(folder_.path(), false, Store::Use::write);
    const std::string before = record_json(*store.read(id(1)));
    options_.keep = true;
    run();
    EXPECT_EQ(answers_[1].kept_version, 1);
    run();
    EXPECT_EQ(answers_[1].kept_version, 1) << "the same answer again";
    const auto results = store.results(id(1));
    ASSERT_EQ(results.size(), 1U);
    EXPECT_EQ(results[0].library_id, "after");
    EXPECT_EQ(results[0].learned.size(), 16U);
    EXPECT_THAT(results[0].algorithm, ::testing::HasSubstr(results[0].learned));
    EXPECT_THAT(results[0].result, ::testing::HasSubstr("metonitazene"));
    EXPECT_EQ(record_json(*store.read(id(1))), before);
}

TEST_F(Reanalyse, TellsWhichScansCannotBeReadAndGoesOn) {
    spoil(5);
    const Tally tally = run();
    EXPECT_EQ(tally.failed, 1U);
    EXPECT_EQ(tally.asked, scans - 1);
    ASSERT_EQ(answers_.size(), scans);
    EXPECT_TRUE(answers_[5].error);
    EXPECT_EQ(answers_[5].key.id, id(5));
    EXPECT_FALSE(answers_[6].error);
}

TEST_F(Reanalyse, StopsAtAnyMomentWithWhatItKnows) {
    for (std::size_t moment = 1; moment <= scans; moment += 5) {
        stop_ = false;
        answers_.clear();
        ComputePool pool(2);
        const Tally tally = reanalyse(*library_, pool, options_, stop_, [&](const Again& again) {
            answers_.push_back(again);
            if (answers_.size() == moment) stop_ = true;
        });
        EXPECT_TRUE(tally.interrupted || tally.asked == scans);
        EXPECT_EQ(tally.asked, answers_.size());
        EXPECT_GE(answers_.size(), moment);
        for (std::size_t i = 0; i < answers_.size(); ++i) EXPECT_EQ(answers_[i].key.id, id(i)) << "no gap";
    }
    stop_ = true;
    EXPECT_TRUE(run().interrupted);
    EXPECT_TRUE(answers_.empty());
}

TEST_F(Reanalyse, BeginsWithTheDayAskedFor) {
    options_.since = std::chrono::year(2026) / 10 / 3;  // four a day
    const Tally tally = run();
    EXPECT_EQ(tally.stored, scans - 8);
    ASSERT_EQ(answers_.size(), scans - 8);
    EXPECT_EQ(answers_[0].key.id, id(8));
}

TEST_F(Reanalyse, AsksSimulatedSamplesOnlyOnRequestAndMarksThem) {
    testing::fill_store(folder_.path(), 3, true);
    EXPECT_EQ(run().asked, scans);
    options_.simulated = true;
    EXPECT_EQ(run().asked, scans + 3);
    EXPECT_FALSE(answers_[scans - 1].simulated);
    EXPECT_TRUE(answers_[scans].simulated);
}

TEST_F(Reanalyse, LeavesScansOfAnotherTechniqueOut) {
    records::Record infrared = testing::made_up_record(99);
    infrared.identification.technique = core::Technique::infrared;
    Store(folder_.path(), false, Store::Use::write).add(infrared);
    const Tally tally = run();
    EXPECT_EQ(tally.other_technique, 1U);
    EXPECT_EQ(tally.failed, 0U);
    EXPECT_EQ(tally.asked, scans);
}

TEST_F(Reanalyse, SaysThatThereIsNoStore) {
    const TemporaryFolder empty;
    options_.store_folder = empty.path();
    try {
        run();
        FAIL() << "nothing was refused";
    } catch (const core::Failure& failure) {
        EXPECT_EQ(failure.error().fault, core::Fault::not_found);
    }
}

}  // namespace
}  // namespace singel::acquisition::pipeline
