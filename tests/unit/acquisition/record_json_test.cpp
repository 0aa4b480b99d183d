#include "acquisition/record_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/unit/acquisition/a_result.hpp"

namespace singel::acquisition {
namespace {

using namespace testing;
using nlohmann::json;

TEST(IdentificationJson, HasEveryKeyOfTheContractEvenWhenItsValueIsUnknown) {
    const json result = json::parse(identification_json(caffeine()));
    for (const char* key : {"source", "technique", "simulated", "instrument", "calibration", "quality", "components",
                            "not_detected", "not_covered", "unknown", "library", "algorithm", "software"})
        EXPECT_TRUE(result.contains(key)) << key;
    const json& component = result["components"][0];
    for (const char* key :
         {"name", "group", "share", "share_low", "share_high", "certainty", "false_name_rate", "hqi", "shift_cm1"})
        EXPECT_TRUE(component.contains(key)) << key;
    EXPECT_TRUE(component["false_name_rate"].is_null());
    EXPECT_EQ(component["certainty"], "found");
    EXPECT_EQ(result["instrument"]["link"], "usb");
    EXPECT_EQ(result["calibration"]["axis"], "device");
    EXPECT_DOUBLE_EQ(result["not_detected"][0]["detection_limit_share"], 0.09);
    EXPECT_TRUE(result["not_detected"][1]["detection_limit_share"].is_null());
    EXPECT_EQ(result["not_covered"][0]["reason"], "no reference in this library");
    EXPECT_EQ(result["library"]["references"], 80);
}

TEST(IdentificationJson, SurvivesANameThatIsNoUtf8) {
    auto result = caffeine();
    result.provenance.source = "caf\xe9.csv#0";
    EXPECT_TRUE(json::accept(identification_json(result)));
}

TEST(IdentificationJson, IsOneLineWhenAsked) {
    EXPECT_EQ(identification_json(caffeine(), -1).find('\n'), std::string::npos);
}

TEST(RecordJson, ComesBackAsItWentButForFramesAndCurves) {
    const records::Record record = testing::record(false);
    const std::string text = record_json(record);
    const auto again = record_from_json(text);
    ASSERT_TRUE(again) << again.error().sentence();
    EXPECT_EQ(record_json(*again), text);
    EXPECT_EQ(again->claim_code, "7K4M-29QX");
    EXPECT_EQ(again->day, record.day);
    EXPECT_EQ(again->strips.size(), 2U);
    EXPECT_EQ(again->skipped_strips, record.skipped_strips);
    EXPECT_EQ(again->verdict.finished, record.verdict.finished);
    EXPECT_TRUE(again->frames.empty());
}

TEST(RecordJson, StaysSimulatedWhenEitherMarkIsThere) {
    json object = json::parse(record_json(testing::record(true)));
    EXPECT_TRUE(object["sample"]["claim_code"].is_null());
    object["simulated"] = false;
    EXPECT_TRUE(record_from_json(object.dump())->simulated);
    object["simulated"] = true;
    object["sample"]["simulated"] = false;
    EXPECT_TRUE(record_from_json(object.dump())->simulated);
}

TEST(RecordJson, RefusesWhatIsCutShortUnknownOrOfAnotherType) {
    const std::string text = record_json(testing::record(false), -1);
    for (std::size_t length = 0; length < text.size(); length += 37) {
        const auto result = record_from_json(text.substr(0, length));
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().fault, core::Fault::wrong_format);
    }
    json object = json::parse(text);
    object["components"][0]["certainty"] = "certain";
    EXPECT_FALSE(record_from_json(object.dump()));
    object = json::parse(text);
    object["quality"]["usable"] = "yes";
    EXPECT_FALSE(record_from_json(object.dump()));
    object = json::parse(text);
    object.erase("verdict");
    EXPECT_FALSE(record_from_json(object.dump()));
}

TEST(Day, IsReadOnlyInItsOneForm) {
    EXPECT_EQ(*day_from_text("2026-11-24"), std::chrono::year(2026) / 11 / 24);
    EXPECT_EQ(day_text(*day_from_text("2024-02-29")), "2024-02-29");
    for (const char* wrong : {"", "2026-11-4", "2026-13-01", "2025-02-29", "24-11-2026", "2026-11-2x", "2026/11/24",
                              "+026-11-24", "2026-11-241"})
        EXPECT_FALSE(day_from_text(wrong)) << wrong;
}

}  // namespace
}  // namespace singel::acquisition
