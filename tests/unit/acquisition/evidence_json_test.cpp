#include <cmath>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "acquisition/record_json.hpp"
#include "tests/unit/acquisition/a_result.hpp"

namespace singel::acquisition {
namespace {

using Json = nlohmann::json;
using spectra::identify::Account;
using spectra::identify::BandSays;
using spectra::identify::NoLimit;
using spectra::identify::RivalFit;

class Evidence : public ::testing::Test {
protected:
    void SetUp() override {
        Account account;
        account.unit = spectra::core::Ordinate::counts;
        account.bands = {{555.0, 100.0, 95.0, 4.0, BandSays::for_it, {"theophylline"}},
                         {1327.0, 80.0, 2.0, 4.0, BandSays::against_it, {}}};
        account.rivals = {{"theophylline", 3.5, RivalFit::as_well, true}};
        account.worse_without = 812.0;
        account.left_with = 4.0;
        account.left_without = 31.0;
        account.residual_without = {1.0, std::nan("")};
        record_.identification.components[0].account = account;
        record_.identification.not_detected[1].no_limit = NoLimit::hidden_by_named;
        record_.identification.unknown.dips_cm1 = {642.0};
        record_.verdict = conclude(record_.identification, record_.sold_as, record_.strips, record_.skipped_strips);
    }
    records::Record record_ = testing::record(false);
};

TEST_F(Evidence, ComesBackFromTheJsonOfARecord) {
    const auto again = record_from_json(record_json(record_));
    ASSERT_TRUE(again) << again.error().sentence();
    const Account& account = *again->identification.components[0].account;
    ASSERT_EQ(account.bands.size(), 2U);
    EXPECT_EQ(account.bands[0].also, std::vector<std::string>{"theophylline"});
    EXPECT_EQ(account.bands[1].says, BandSays::against_it);
    EXPECT_EQ(account.bands[1].deviation, 4.0);
    EXPECT_EQ(account.rivals[0].fit, RivalFit::as_well);
    EXPECT_TRUE(account.rivals[0].inseparable);
    EXPECT_EQ(account.worse_without, 812.0);
    EXPECT_EQ(again->identification.not_detected[1].no_limit, NoLimit::hidden_by_named);
    EXPECT_EQ(again->identification.unknown.dips_cm1, std::vector<double>{642.0});
    EXPECT_EQ(again->identification.algorithm, record_.identification.algorithm);
}

TEST_F(Evidence, IsRefusedWithAWordThatNobodyKnows) {
    Json json = Json::parse(record_json(record_));
    json["components"][0]["evidence"]["bands"][0]["says"] = "perhaps";
    EXPECT_FALSE(record_from_json(json.dump()));
    json["components"][0]["evidence"].erase("bands");
    EXPECT_FALSE(record_from_json(json.dump()));
}

TEST_F(Evidence, IsNotMissedInARecordOfAnOlderVersion) {
    Json json = Json::parse(record_json(record_));
    json["components"][0].erase("evidence");
    json["unknown"].erase("dips_cm1");
    for (Json& one : json["not_detected"]) one.erase("no_limit_reason");
    for (Json& one : json["verdict"]["hidden"]) one.erase("no_limit_reason");
    const auto again = record_from_json(json.dump());
    ASSERT_TRUE(again) << again.error().sentence();
    EXPECT_FALSE(again->identification.components[0].account);
    EXPECT_FALSE(again->identification.not_detected[1].no_limit);
}

// A record is kept for ever: its curves can be computed again.
TEST_F(Evidence, HasCurvesOnlyWhereTheyAreAtHand) {
    EXPECT_FALSE(Json::parse(record_json(record_)).contains("curves"));
    EXPECT_FALSE(Json::parse(identification_json(record_.identification)).contains("curves"));
    auto& curves = record_.identification.curves;
    curves.axis = spectra::core::Axis::uniform(spectra::core::AxisKind::raman_shift_cm1, 300.0, 2.0, 2);
    curves.measured = curves.baseline = curves.fit = curves.residual = {1.0, std::nan("")};
    curves.components = {{1.0, 2.0}};
    const Json json = Json::parse(identification_json(record_.identification));
    EXPECT_EQ(json["curves"]["axis_cm1"], (Json{300.0, 302.0}));
    EXPECT_TRUE(json["curves"]["residual_without"]["caffeine"][1].is_null()) << "not measured";
    EXPECT_FALSE(Json::parse(record_json(record_)).contains("curves"));
}

TEST_F(Evidence, SaysInWordsWhyThereIsNoLimit) {
    Statement statement;
    statement.code = StatementCode::not_seen_limit_unknown;
    statement.substance = "heroin";
    statement.no_limit = NoLimit::noise_unknown;
    EXPECT_EQ(
        english(statement),
        "heroin: not seen, and no limit can be given (the noise of this spectrum is not known): it may be there.");
}

}  // namespace
}  // namespace singel::acquisition
