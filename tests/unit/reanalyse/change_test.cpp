#include "acquisition/change.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/unit/acquisition/a_result.hpp"

namespace singel::acquisition {
namespace {

using spectra::identify::Certainty;
using Json = nlohmann::json;

class Changes : public ::testing::Test {
protected:
    Change found() const { return change(before_, after_); }
    Json json() const { return Json::parse(change_json(before_, after_, found(), std::nullopt)); }

    records::Record before_ = testing::record(false);
    records::Record after_ = testing::record(false);
};

TEST_F(Changes, AreNoneBetweenEqualResultsNorWhenOnlySharesMove) {
    EXPECT_FALSE(found().any());
    after_.identification.components[0].share = 0.55;
    EXPECT_FALSE(found().any());
    EXPECT_FALSE(json()["changed"].get<bool>());
}

TEST_F(Changes, NameWhatAppearsAndWhatDisappears) {
    after_.identification.components.push_back(testing::component("metonitazene", Certainty::probable, 0.1));
    before_.identification.components.push_back(testing::component("lidocaine", Certainty::found, 0.1));
    const Change change = found();
    ASSERT_EQ(change.appeared.size(), 1U);
    EXPECT_EQ(change.appeared[0].name, "metonitazene");
    ASSERT_EQ(change.disappeared.size(), 1U);
    EXPECT_EQ(change.disappeared[0].name, "lidocaine");
    EXPECT_EQ(json()["appeared"][0]["certainty"], "probable");
    EXPECT_EQ(json()["disappeared"][0]["name"], "lidocaine");
}

TEST_F(Changes, KnowASubstanceUnderItsOtherName) {
    before_.identification.components = {testing::component("heroin", Certainty::found)};
    after_.identification.components = {testing::component("diacetylmorphine", Certainty::probable)};
    const Change change = found();
    EXPECT_TRUE(change.appeared.empty());
    EXPECT_TRUE(change.disappeared.empty());
    ASSERT_EQ(change.certainty.size(), 1U);
    EXPECT_EQ(change.certainty[0].certainty.before, Certainty::found);
    EXPECT_EQ(change.certainty[0].certainty.after, Certainty::probable);
}

TEST_F(Changes, TellAnotherNameOfOneGroupFromANewFinding) {
    after_.identification.components = {testing::component("theophylline", Certainty::found)};
    after_.identification.components[0].group = {"theophylline", "caffeine"};
    const Change change = found();
    EXPECT_TRUE(change.appeared.empty());
    ASSERT_EQ(change.renamed.size(), 1U);
    EXPECT_EQ(change.renamed[0].before, "caffeine");
}

TEST_F(Changes, ShowALimitAsItIsPrinted) {
    after_.identification.not_detected[0].detection_limit_share = 0.0851;  // 9 % both
    EXPECT_FALSE(found().any());
    after_.identification.not_detected[0].detection_limit_share = 0.0901;  // 10 %
    ASSERT_EQ(found().limits.size(), 1U);
    EXPECT_EQ(json()["limits_changed"][0]["limit_share_before"], 0.09);
    after_.identification.not_detected[0].detection_limit_share.reset();
    EXPECT_TRUE(json()["limits_changed"][0]["limit_share_after"].is_null());
}

TEST_F(Changes, ShowWhatALibraryCanNowRecognise) {
    after_.identification.not_covered.clear();
    after_.identification.not_detected.push_back({"nitazenes", 0.1, false, true});
    ASSERT_EQ(found().limits.size(), 1U);
    EXPECT_FALSE(found().limits[0].said.before.covered);
    EXPECT_TRUE(found().limits[0].said.after.covered);
}

TEST_F(Changes, ShowEveryFlag) {
    after_.identification.unknown.present = true;
    after_.identification.quality.usable = false;
    after_.verdict.sign = Sign::dangerous;
    EXPECT_TRUE(json()["unknown"]["after"].get<bool>());
    EXPECT_FALSE(json()["usable"]["after"].get<bool>());
    EXPECT_EQ(json()["sign"]["after"], "dangerous");
}

}  // namespace
}  // namespace singel::acquisition
